// What the statement's asset table and pools become in the circuit: the rows of the key table and of the tier table,
// in the order in which verifier and prover write them (specs/41-circuits.md section 11).

using System.Numerics;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Shard;

/// <summary>The public tables of a shard.</summary>
public sealed class ShardTables
{
    readonly int[] _poolRank;                                  // of pools 0 .. 7 that have keys; -1 for others
    readonly Dictionary<uint, (int First, int Count)> _pledges = [];
    readonly Lazy<uint[]> _tierMessages;

    ShardTables(IReadOnlyList<AssetDefinition> assets, IReadOnlyList<string> poolNames)
    {
        Check.That(assets.Count is >= 1 and <= EntryKey.AssetsMax && poolNames.Count == EntryKey.PoolMax);
        Assets = assets.Count;
        _poolRank = new int[EntryKey.PoolMax + 1];
        for (var pool = 0; pool < _poolRank.Length; pool++)
            _poolRank[pool] = pool == 0 || poolNames[pool - 1].Length > 0 ? Pools++ : -1;

        var tiers = new List<TierRow>();
        for (var asset = 0; asset < Assets; asset++)
            tiers.Add(new((uint)asset, true, assets[asset].Weight, 0, TierRow.ValueMax, 0, -TierRow.RatioUnit));
        for (var pool = 1; pool <= EntryKey.PoolMax; pool++)
        {
            if (_poolRank[pool] < 0) continue;
            for (var asset = 0; asset < Assets; asset++) AddPledge(tiers, asset, pool, assets[asset]);
        }

        Tiers = tiers;
        _tierMessages = new(MakeTierMessages);
    }

    /// <summary>A: the number of assets.</summary>
    public int Assets { get; }

    /// <summary>Pools that have keys, pool 0 among them.</summary>
    public int Pools { get; }

    /// <summary>How many keys there are: every asset in every pool.</summary>
    public int Keys => Assets * Pools;

    /// <summary>The rows of the tier table: debts by asset, then pledges by key, each key's tiers ascending, the last
    /// one without end and worth nothing more. A key without tiers has no row: it cannot be pledged.</summary>
    public IReadOnlyList<TierRow> Tiers { get; }

    /// <summary>The tables of an asset table and seven pool names, "" = not used.</summary>
    public static ShardTables Of(IReadOnlyList<AssetDefinition> assets, IReadOnlyList<string> poolNames) =>
        new(assets, poolNames);

    /// <summary>The place of a key in ascending order, or -1 if it is none of the statement's.</summary>
    public int RankOf(uint key)
    {
        var (asset, pool) = (EntryKey.Asset(key), EntryKey.Pool(key));
        return asset < Assets && pool < _poolRank.Length && _poolRank[pool] >= 0
            ? (_poolRank[pool] * Assets) + asset
            : -1;
    }

    /// <summary>The tier of a pledge of this value; -1 if the key has none.</summary>
    public int PledgeTier(uint key, BigInteger value)
    {
        if (!_pledges.TryGetValue(key, out var rows)) return -1;
        for (var row = rows.First; row < rows.First + rows.Count; row++)
        {
            if (Tiers[row].Covers(value)) return row;
        }

        return -1;
    }

    /// <summary>The row of a debt of an asset.</summary>
    public static int DebtTier(int asset) => asset;

    /// <summary>Messages of the key table: (key, asset, rank), ascending.</summary>
    public uint[] KeyMessages()
    {
        var words = new List<uint>(Keys * KeyTable.Words);
        for (var pool = 0; pool < _poolRank.Length; pool++)
        {
            if (_poolRank[pool] < 0) continue;
            for (var asset = 0; asset < Assets; asset++)
                words.AddRange([EntryKey.Of(asset, pool), (uint)asset, (uint)RankOf(EntryKey.Of(asset, pool))]);
        }

        return [.. words];
    }

    /// <summary>Messages of the tier table, in the order of <see cref="Tiers"/>.</summary>
    public uint[] TierMessages() => [.. _tierMessages.Value];

    uint[] MakeTierMessages()
    {
        var words = new uint[Tiers.Count * ShardBuses.TierWords];
        for (var i = 0; i < Tiers.Count; i++)
            Tiers[i].WriteWords(words.AsSpan(i * ShardBuses.TierWords, ShardBuses.TierWords));
        return words;
    }

    void AddPledge(List<TierRow> rows, int asset, int pool, AssetDefinition definition)
    {
        var (first, key) = (rows.Count, EntryKey.Of(asset, pool));
        var (low, counted) = (BigInteger.Zero, BigInteger.Zero);
        foreach (var tier in definition.Tiers)
        {
            if (tier.Pool != pool) continue;
            var row = new TierRow(key, false, definition.Weight, low, tier.UpTo - low, counted, tier.Ratio);
            rows.Add(row);
            (low, counted) = (tier.UpTo, row.Counts(tier.UpTo));
        }

        if (rows.Count == first) return;
        rows.Add(new(key, false, definition.Weight, low, TierRow.ValueMax - low, counted, 0));
        _pledges.Add(key, (first, rows.Count - first));
    }
}
