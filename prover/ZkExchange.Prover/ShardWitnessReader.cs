using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Commitments;
using ZkExchange.Prover.Rpc.V1;

namespace ZkExchange.Prover;

/// <summary>Gathers the accounts of a shard from their columns.</summary>
/// <remarks>Lengths and ranges are checked here; keys, order and collateral are for the trace writer, which knows them.
/// </remarks>
sealed class ShardWitnessReader
{
    readonly int _height;
    readonly int _accountsDue;
    readonly int _entriesDue;
    readonly Salt _blind;
    readonly List<ShardAccount> _accounts = [];
    int _entries;

    /// <param name="height">g.</param>
    /// <param name="subject">The counts, already known to fit.</param>
    public ShardWitnessReader(int height, ShardSubject subject)
    {
        _height = height;
        _accountsDue = (int)subject.Accounts;
        _entriesDue = (int)subject.Entries;
        _blind = Witnesses.Salt("header.shard.blind", subject.Blind.Span);
    }

    public void Add(AccountBatch batch)
    {
        var count = batch.Positions.Count;
        if (count == 0) throw Witnesses.Invalid("a batch without accounts");
        if (count > _accountsDue - _accounts.Count) throw Witnesses.Invalid("more accounts than announced");
        var entries = CheckColumns(batch);
        if (entries > _entriesDue - _entries) throw Witnesses.Invalid("more entries than announced");

        var (first, bad) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var badDebt = System.Numerics.BigInteger.Zero;
            if (bad < batch.BadDebtRows.Count && batch.BadDebtRows[bad] == i)
            {
                badDebt = Witnesses.BadDebt(
                    "bad_debts", Cell(batch.BadDebts.Span, bad, AccountBatchWriter.BadDebtBytes));
                bad++;
            }

            var position = batch.Positions[i];
            if (position >> _height != 0) throw Witnesses.Invalid($"position {position} is outside the shard");
            var length = (int)batch.EntryCounts[i];
            _accounts.Add(new(
                (int)position,
                Witnesses.Digest("tags", Cell(batch.Tags.Span, i, NodeDigest.Bytes)),
                Witnesses.Salt("salts", Cell(batch.Salts.Span, i, Salt.Bytes)),
                Entries(batch, first, length),
                badDebt));
            first += length;
        }

        if (bad < batch.BadDebtRows.Count) throw Witnesses.Invalid("bad_debt_rows: not ascending, or no row");
        _entries += entries;
    }

    /// <exception cref="RpcException">InvalidArgument: something is missing.</exception>
    public ShardWitness Complete()
    {
        Witnesses.RequireLength("accounts", _accounts.Count, _accountsDue);
        Witnesses.RequireLength("entries", _entries, _entriesDue);
        return new(_height, _accounts, _blind);
    }

    static int CheckColumns(AccountBatch batch)
    {
        var count = batch.Positions.Count;
        Witnesses.RequireLength("entry_counts", batch.EntryCounts.Count, count);
        Witnesses.RequireLength("tags", batch.Tags.Length, (long)NodeDigest.Bytes * count);
        Witnesses.RequireLength("salts", batch.Salts.Length, (long)Salt.Bytes * count);
        Witnesses.RequireLength(
            "bad_debts", batch.BadDebts.Length, (long)AccountBatchWriter.BadDebtBytes * batch.BadDebtRows.Count);
        long sum = 0;
        foreach (var length in batch.EntryCounts)
        {
            if (length == 0) throw Witnesses.Invalid("entry_counts: an account has at least one entry");
            sum += length;                                   // at most 2^24 counts below 2^32
        }

        Witnesses.RequireLength("keys", batch.Keys.Count, sum);
        Witnesses.RequireLength("equities", batch.Equities.Length, AccountBatchWriter.AmountBytes * sum);
        Witnesses.RequireLength("debts", batch.Debts.Length, AccountBatchWriter.AmountBytes * sum);
        return batch.Keys.Count;
    }

    static AccountEntry[] Entries(AccountBatch batch, int first, int length)
    {
        var entries = new AccountEntry[length];
        var equities = batch.Equities.Span;
        var debts = batch.Debts.Span;
        for (var i = 0; i < length; i++)
        {
            entries[i] = new(
                batch.Keys[first + i],
                Witnesses.Amount("equities", Cell(equities, first + i, AccountBatchWriter.AmountBytes)),
                Witnesses.Amount("debts", Cell(debts, first + i, AccountBatchWriter.AmountBytes)));
        }

        return entries;
    }

    static ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> column, int index, int length) =>
        column.Slice(index * length, length);
}
