using System.Security.Cryptography;
using ZkExchange.Ledger;

namespace ZkExchange.Exchange;

/// <summary>Everything that governance decides, as one value with one encoding and one hash.</summary>
/// <remarks>
/// A new set replaces the whole of the old one. Assets and instruments may be added at the end and never change what
/// they are.
/// </remarks>
public sealed record VenueParameters
{
    /// <summary>Counts the sets, from 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The asset that contracts are settled in.</summary>
    public int SettlementAsset { get; init; }

    public required IReadOnlyList<AssetSpec> Assets { get; init; }

    public required IReadOnlyList<InstrumentSpec> Instruments { get; init; }

    /// <summary>Public keys of the price sources, in the form the verifier wants.</summary>
    public IReadOnlyList<byte[]> Sources { get; init; } = [];

    /// <summary>Public keys of those who govern.</summary>
    public IReadOnlyList<byte[]> Signers { get; init; } = [];

    /// <summary>So many of them must agree.</summary>
    public int Threshold { get; init; } = 1;

    /// <summary>Nanoseconds between agreement and effect.</summary>
    public long Timelock { get; init; }

    /// <summary>Woken orders that one command may run; the rest waits for the next.</summary>
    public int FollowUpsMax { get; init; } = 64;

    /// <summary>Pools that one risk pass may liquidate; the rest waits for the next.</summary>
    public int LiquidationsMax { get; init; } = 20;

    /// <summary>The most the insurance fund may lose at the mark by one takeover.</summary>
    public Int128 TakeoverLossMax { get; init; } = Amounts.Limit;

    /// <summary>The most it may lose so in one window.</summary>
    public Int128 TakeoverWindowLossMax { get; init; } = Amounts.Limit;

    /// <summary>Length of the windows in nanoseconds; they begin at its multiples.</summary>
    public long TakeoverWindow { get; init; } = 60_000_000_000;

    /// <summary>The canonical bytes.</summary>
    public byte[] Encode()
    {
        var writer = new StateWriter();
        writer.I32(Version);
        writer.I32(SettlementAsset);
        writer.I32(Assets.Count);
        foreach (var asset in Assets)
            asset.Write(writer);
        writer.I32(Instruments.Count);
        foreach (var instrument in Instruments)
            instrument.Write(writer);
        WriteKeys(writer, Sources);
        WriteKeys(writer, Signers);
        writer.I32(Threshold);
        writer.I64(Timelock);
        writer.I32(FollowUpsMax);
        writer.I32(LiquidationsMax);
        writer.Amount(TakeoverLossMax);
        writer.Amount(TakeoverWindowLossMax);
        writer.I64(TakeoverWindow);
        return writer.Bytes.ToArray();
    }

    /// <summary>SHA-256 of the canonical bytes.</summary>
    public byte[] Hash() => SHA256.HashData(Encode());

    /// <summary>The set with these bytes, or null if they are not exactly the encoding of a valid one.</summary>
    public static VenueParameters? TryDecode(ReadOnlySpan<byte> bytes)
    {
        var reader = new StateReader(bytes);
        var version = reader.I32();
        var settlementAsset = reader.I32();
        var assets = new AssetSpec[reader.Count(13)];
        for (var i = 0; i < assets.Length; i++)
            assets[i] = AssetSpec.Read(ref reader);
        var instruments = new InstrumentSpec[reader.Count(100)];
        for (var i = 0; i < instruments.Length; i++)
            instruments[i] = InstrumentSpec.Read(ref reader);
        var read = new VenueParameters
        {
            Version = version,
            SettlementAsset = settlementAsset,
            Assets = assets,
            Instruments = instruments,
            Sources = ReadKeys(ref reader),
            Signers = ReadKeys(ref reader),
            Threshold = reader.I32(),
            Timelock = reader.I64(),
            FollowUpsMax = reader.I32(),
            LiquidationsMax = reader.I32(),
            TakeoverLossMax = reader.Amount(),
            TakeoverWindowLossMax = reader.Amount(),
            TakeoverWindow = reader.I64(),
        };
        return reader.IsComplete && read.IsValid() ? read : null;
    }

    /// <summary>True if every number is in range and every reference leads somewhere.</summary>
    public bool IsValid()
    {
        if (Version < 1 || SettlementAsset < 0 || SettlementAsset >= Assets.Count || Assets.Count > 64
            || Instruments.Count > 256 || Threshold < 0 || Threshold > Signers.Count
            || Timelock is < 0 or >= Margin.ContractRisk.DurationLimit || HasTwins(Sources) || HasTwins(Signers)
            || Sources.Count > Margin.PriceFeed.SourcesMax || Signers.Count > 32
            || FollowUpsMax is < 1 or > 10_000 || LiquidationsMax is < 1 or > 10_000
            || TakeoverLossMax < 0 || TakeoverLossMax > Amounts.Limit || TakeoverWindowLossMax < 0
            || TakeoverWindowLossMax > Amounts.Limit || TakeoverWindow is <= 0 or >= Margin.ContractRisk.DurationLimit)
            return false;
        foreach (var asset in Assets)
        {
            if (!asset.IsValid())
                return false;
        }
        for (var i = 0; i < Instruments.Count; i++)
        {
            if (!Instruments[i].IsValid(i, Assets.Count, SettlementAsset))
                return false;
        }
        return true;
    }

    /// <summary>
    /// True if a set may follow this one: the next version, and nothing that exists becomes something else.
    /// </summary>
    public bool MayBecome(VenueParameters next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (next.Version != Version + 1 || next.SettlementAsset != SettlementAsset
            || next.Assets.Count < Assets.Count || next.Instruments.Count < Instruments.Count)
            return false;
        for (var i = 0; i < Assets.Count; i++)
        {
            if (!string.Equals(next.Assets[i].Symbol, Assets[i].Symbol, StringComparison.Ordinal)
                || next.Assets[i].Decimals != Assets[i].Decimals)
                return false;
        }
        for (var i = 0; i < Instruments.Count; i++)
        {
            var (a, b) = (Instruments[i], next.Instruments[i]);
            if (!string.Equals(a.Symbol, b.Symbol, StringComparison.Ordinal) || a.Rules.Kind != b.Rules.Kind
                || a.Rules.QuotePerTickLot != b.Rules.QuotePerTickLot || a.BaseAsset != b.BaseAsset
                || a.QuoteAsset != b.QuoteAsset || a.BasePerLot != b.BasePerLot || a.Expiry != b.Expiry)
                return false;
        }
        return true;
    }

    // One key is one voice, however often it is named.
    static bool HasTwins(IReadOnlyList<byte[]> keys)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (keys[i].AsSpan().SequenceEqual(keys[j]))
                    return true;
            }
        }
        return false;
    }

    static void WriteKeys(StateWriter writer, IReadOnlyList<byte[]> keys)
    {
        writer.I32(keys.Count);
        foreach (var key in keys)
            writer.Block(key);
    }

    static byte[][] ReadKeys(ref StateReader reader)
    {
        var keys = new byte[reader.Count(4)][];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = reader.Block().ToArray();
        return keys;
    }
}
