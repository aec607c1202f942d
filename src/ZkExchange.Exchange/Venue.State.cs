using System.Runtime.InteropServices;
using ZkExchange.Ledger;
using ZkExchange.Matching;

namespace ZkExchange.Exchange;

// The canonical form of everything. A venue that was written and read behaves as one that never stopped.
public sealed partial class Venue
{
    /// <summary>SHA-256 of the canonical form.</summary>
    public byte[] StateHash()
    {
        var writer = new StateWriter();
        Write(writer);
        return writer.Hash();
    }

    /// <summary>Writes everything.</summary>
    public void Write(StateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Block(Parameters.Encode());
        writer.U64(Commands);
        writer.U64(_digest.Value);
        writer.U64(_nextOrder);
        writer.I64(_now);
        writer.I64(_lossWindow);
        writer.Amount(_windowLoss);
        writer.I32(_accounts.Count - 1);                         // the fund is always there
        foreach (var (name, master) in CollectionsMarshal.AsSpan(_accounts)[1..])
        {
            Text.Write(writer, name);
            writer.I32(master);
        }
        Ledger.Write(writer);
        foreach (var market in _markets)
        {
            writer.I64(market.NextFunding);
            writer.I64(market.NextSample);
            writer.I64(market.NextUnwind);
            writer.U64(market.StateActs);
            writer.Flag(market.IsSettled);
            market.Feed.Write(writer);
            if (!market.IsSpot)
                Margin.ContractOf(market.Number).Write(writer);
            market.Book.Write(writer);
        }
        WritePositions(writer);
        WriteTransfers(writer);
        writer.I32(_proposals.Count);
        foreach (var proposal in _proposals)
        {
            writer.Block(proposal.Act);
            writer.U32(proposal.Signers);
            writer.I64(proposal.Due);
        }
    }

    /// <summary>The venue that was written, or null if the bytes are none.</summary>
    public static Venue? Read(ReadOnlySpan<byte> bytes, ISignatureVerifier signatures)
    {
        var reader = new StateReader(bytes);
        var parameters = VenueParameters.TryDecode(reader.Block());
        if (parameters == null)
            return null;
        var venue = new Venue(parameters, signatures)
        {
            Commands = reader.U64(),
            _digest = new EventDigest(reader.U64()),
            _nextOrder = reader.U64(),
            _now = reader.I64(),
            _lossWindow = reader.I64(),
            _windowLoss = reader.Amount(),
        };
        var accounts = reader.Count(8);
        for (var i = 0; i < accounts; i++)
        {
            var name = Text.Read(ref reader);
            venue._accounts.Add((name, reader.I32()));
            if (!venue._names.TryAdd(name, i + 1))
                return null;
        }
        if (!venue.Ledger.TryRead(ref reader) || !venue.ReadMarkets(ref reader))
            return null;
        venue.ReadPositions(ref reader);
        venue.ReadTransfers(ref reader);
        venue.ReadProposals(ref reader);
        if (!reader.IsComplete)
            return null;
        foreach (var market in venue._markets)
            venue.PriceCollateral(market);
        venue.FindNextDue(venue._now);
        return venue;
    }

    bool ReadMarkets(ref StateReader reader)
    {
        foreach (var market in _markets)
        {
            market.NextFunding = reader.I64();
            market.NextSample = reader.I64();
            market.NextUnwind = reader.I64();
            market.StateActs = reader.U64();
            market.IsSettled = reader.Flag();
            market.Feed.Read(ref reader);
            if (!market.IsSpot)
                Margin.ContractOf(market.Number).Read(ref reader);
            var book = OrderBook.Read(ref reader, market.Spec.Rules, BookEvents);
            if (book == null)
                return false;
            market.Book = book;
            // nothing is due: it was run before the state was written
            book.Advance(_now);
            foreach (var o in book.Orders())
            {
                if (o.ClientId != 0)
                    _clients.TryAdd((o.Account, o.ClientId), (o.Id, market.Number));
            }
        }
        return true;
    }

    void WritePositions(StateWriter writer)
    {
        var used = 0;
        for (var account = 0; account < _accounts.Count; account++)
            used += Margin.HasPositions(account) ? 1 : 0;
        writer.I32(used);
        for (var account = 0; account < _accounts.Count; account++)
        {
            if (!Margin.HasPositions(account))
                continue;
            writer.I32(account);
            Margin.PositionsOf(account).Write(writer);
        }
    }

    void ReadPositions(ref StateReader reader)
    {
        var used = reader.Count(8);
        for (var i = 0; i < used; i++)
        {
            var account = reader.I32();
            if (account < 0 || account >= _accounts.Count)
            {
                reader.Fail();
                return;
            }
            Margin.PositionsOf(account).Read(ref reader);
        }
    }

    void WriteTransfers(StateWriter writer)
    {
        var keys = new UInt128[_transfers.Count];
        _transfers.Keys.CopyTo(keys, 0);
        Array.Sort(keys);
        writer.I32(keys.Length);
        foreach (var key in keys)
        {
            var t = _transfers[key];
            writer.U64((ulong)(key & ulong.MaxValue));
            writer.U64((ulong)(key >> 64));
            writer.U8((byte)t.Kind);
            writer.I32(t.Account);
            writer.I32(t.Other);
            writer.I32(t.Asset);
            writer.Amount(t.Amount);
            writer.U8((byte)t.Phase);
        }
    }

    void ReadTransfers(ref StateReader reader)
    {
        var count = reader.Count(46);
        for (var i = 0; i < count; i++)
        {
            UInt128 key = reader.U64();
            key |= (UInt128)reader.U64() << 64;
            var transfer =
                new Transfer((CommandKind)reader.U8(), reader.I32(), reader.I32(), reader.I32(), reader.Amount(),
                (TransferPhase)reader.U8());
            if (!_transfers.TryAdd(key, transfer))
                reader.Fail();
        }
    }

    void ReadProposals(ref StateReader reader)
    {
        var count = reader.Count(16);
        for (var i = 0; i < count; i++)
        {
            var act = reader.Block().ToArray();
            _proposals.Add(new Proposal(System.Security.Cryptography.SHA256.HashData(act), act)
            {
                Signers = reader.U32(),
                Due = reader.I64(),
            });
        }
    }
}
