// From a book to everything that is proven and published, except the proofs: positions, salts, leaves, trees, sums,
// shapes and the statement. A pure function of input and secrets; the threads it uses change nothing.

using System.Numerics;
using System.Text;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>Builds an epoch up to its statement.</summary>
public sealed class EpochBuilder
{
    const int AccountsPerPiece = 4096;

    readonly EpochInput _input;
    readonly EpochSecrets _secrets;
    readonly EpochCircuits _circuits;
    readonly Action<EpochPhase>? _progress;
    readonly CancellationToken _cancellation;
    readonly Dictionary<int, BigInteger> _shortfalls = [];

    EpochBuilder(
        EpochInput input, EpochSecrets secrets, EpochCircuits circuits, Action<EpochPhase>? progress,
        CancellationToken cancellation) =>
        (_input, _secrets, _circuits, _progress, _cancellation) = (input, secrets, circuits, progress, cancellation);

    /// <summary>Builds an epoch.</summary>
    /// <param name="input">What it is made of.</param>
    /// <param name="secrets">What is random about it.</param>
    /// <param name="circuits">The circuits that the statement names.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="EpochRefusedException">The books cannot be proven: the message says why.</exception>
    public static EpochDraft Build(
        EpochInput input, EpochSecrets secrets, EpochCircuits circuits, Action<EpochPhase>? progress = null,
        CancellationToken cancellation = default) =>
        new EpochBuilder(input, secrets, circuits, progress, cancellation).Build();

    EpochDraft Build()
    {
        if (!_secrets.IsValid)
            throw new EpochRefusedException("HostSecret", "a secret has another length or is used twice");
        var order = CheckBook();
        CheckCollateral();

        // Positions depend on the cut; should a shard of it be fuller than planned, one more shard makes room.
        var book = _input.Book;
        var salts = new Salts(_secrets.Epoch);
        var layout = Choose(_input.ShardsMin);
        var positions = salts.Positions((ulong)_input.Epoch, book.Accounts, (int)layout.Tree.Positions);
        var shards = ShardIndex.Of(positions, layout.Tree);
        while (shards.RowsMax(book) > 1L << layout.EntryRowsLog2)
        {
            layout = Choose(layout.Tree.ShardCount + 1);
            positions = salts.Positions((ulong)_input.Epoch, book.Accounts, (int)layout.Tree.Positions);
            shards = ShardIndex.Of(positions, layout.Tree);
        }

        var accounts = DeriveAccounts(positions, salts);
        var trees = BuildTrees(layout.Tree, shards, positions, accounts.Leaves, out var summaries);
        CheckTotals(summaries);
        var sums = SumTree.Build(layout.Tree.ShardHeight, summaries, (level, index) =>
            salts.Blind((ulong)_input.Epoch, (ulong)level, (ulong)index));
        var books = new EpochBooks(_input, order, positions, shards, accounts, _shortfalls, trees, sums);
        Report("planning the proofs", 0.9);
        return EpochDraft.Of(_secrets, books, _circuits, _cancellation);
    }

    ShardLayout Choose(int shardsMin)
    {
        var book = _input.Book;
        var fullest = 0;
        for (var account = 0; account < book.Accounts; account++)
            fullest = Math.Max(fullest, book.EntriesOf(account).Length);
        return ShardLayout.Choose(
            book.Accounts, (long)book.Entries + book.Accounts, fullest, _input.Profile, _input.MemoryBytesMax,
            shardsMin)
            ?? throw new EpochRefusedException(
                "HostResource", "no cut into shards fits the profile and the memory; allow more memory");
    }

    // Returns the accounts by id. Ids are distinct, entries well-formed, keys those of the table.
    int[] CheckBook()
    {
        Report("checking the books", 0);
        var book = _input.Book;
        if (book.Accounts is 0 or >= 1 << NodeTotals.AccountsBits)
            throw new EpochRefusedException("HostCount", "there is no account, or more than 2^30");

        for (var account = 0; account < book.Accounts; account++)
        {
            var entries = book.EntriesOf(account);
            if (!AccountLeaf.IsWellFormed(entries))
                throw new EpochRefusedException("HostRange", $"the entries of {Name(account)} are not well-formed");
            foreach (ref readonly var entry in entries)
            {
                var pool = EntryKey.Pool(entry.Key);
                if (EntryKey.Asset(entry.Key) < _input.Table.Assets.Count
                    && (pool == 0 || _input.Table.Pools[pool - 1].Length > 0))
                    continue;
                throw new EpochRefusedException("HostRange", $"an entry of {Name(account)} has an unknown key");
            }
        }

        var order = new int[book.Accounts];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) => book.Id(a).SequenceCompareTo(book.Id(b)));
        for (var i = 0; i < order.Length; i++)
        {
            if (!AccountTag.IsCustomerId(Name(order[i])))
                throw new EpochRefusedException("HostIdentity", $"account {order[i]} has an id in no allowed form");
            if (i > 0 && book.Id(order[i]).SequenceEqual(book.Id(order[i - 1])))
                throw new EpochRefusedException("HostIdentity", $"{Name(order[i])} has two accounts");
        }

        return order;
    }

    void CheckCollateral()
    {
        Report("comparing debts with collateral", 0.02);
        var book = _input.Book;
        for (var account = 0; account < book.Accounts; account++)
        {
            var shortfall = Collateral.Shortfall(_input.Table, book.EntriesOf(account));
            if (shortfall.IsZero) continue;
            if (!_input.DeclaresBadDebt)
                throw new EpochRefusedException(
                    "HostDebt",
                    $"{Name(account)} owes more than the collateral counts for, and no bad debt is declared");
            _shortfalls.Add(account, shortfall);
        }
    }

    // What section 4 f of the statement compares, so that a proof is not begun that cannot end.
    void CheckTotals(IReadOnlyList<ShardSummary> shards)
    {
        var totals = NodeTotals.Zero(_input.Table.Assets.Count);
        foreach (var shard in shards) totals += shard.Totals; // At most 2^16 times 2^90.
        for (var i = 0; i < totals.Assets.Count; i++) CheckTotal(i, totals.Assets[i]);
        if (!totals.IsValid) throw new EpochRefusedException("HostSum", "the bad debt is 2^240 or more");

        var funds = BigInteger.Zero;
        for (var i = 0; i < totals.Assets.Count; i++)
        {
            var asset = _input.Table.Assets[i];
            var (equity, debt) = totals.Assets[i];
            if (_input.Reserves is null) continue;
            var (amount, insurance, cap) = _input.Reserves.Assets[i];
            funds += (BigInteger)insurance * asset.Weight;
            if (equity + insurance <= amount + UInt128.Min(debt, cap)) continue;
            throw new EpochRefusedException("HostSum",
                $"the reserves of '{asset.Symbol}' do not cover what is owed: {equity} units are owed, {insurance} are "
                + $"set aside as fund, {amount} are there and {UInt128.Min(debt, cap)} of debts may stand in");
        }

        if (_input.Reserves is not null && totals.BadDebt > Collateral.RatioScale * funds)
            throw new EpochRefusedException("HostDebt", "the insurance funds do not cover the declared bad debt");
    }

    AccountSecrets DeriveAccounts(int[] positions, Salts epochSalts)
    {
        Report("deriving nonces and salts", 0.05);
        var book = _input.Book;
        var account = new Salts(_secrets.Account);
        var (tags, salts, leaves) =
            (new NodeDigest[book.Accounts], new Salt[book.Accounts], new NodeDigest[book.Accounts]);
        var pieces = (book.Accounts + AccountsPerPiece - 1) / AccountsPerPiece;
        Pieces.For(pieces, _input.Threads, piece =>
        {
            var first = piece * AccountsPerPiece;
            var count = Math.Min(AccountsPerPiece, book.Accounts - first);
            Span<char> id = stackalloc char[AccountTag.IdBytesMax];
            var batch = new TagBatch(count);
            for (var i = first; i < first + count; i++)
            {
                var name = id[..Encoding.ASCII.GetChars(book.Id(i), id)];
                batch.Add(name, account.Nonce(name));
                salts[i] = epochSalts.Leaf((ulong)_input.Epoch, (ulong)positions[i]);
            }

            batch.Finish(tags.AsSpan(first, count));
            LeafBatch.Write(book, first, count, tags, salts, leaves);
        }, _cancellation);
        return new(tags, salts, leaves);
    }

    PlainTree[] BuildTrees(
        TreeShape shape, ShardIndex shards, int[] positions, NodeDigest[] leaves, out ShardSummary[] summaries)
    {
        Report("hashing the trees", 0.5);
        var trees = new PlainTree[shape.ShardCount];
        summaries = new ShardSummary[shape.ShardCount];
        for (var shard = 0; shard < trees.Length; shard++)
        {
            _cancellation.ThrowIfCancellationRequested();
            var level = new NodeDigest[1 << shape.ShardHeight];
            Array.Fill(level, NodeDigest.Empty);
            foreach (var account in shards.AccountsOf(shard))
                level[positions[account] & ((1 << shape.ShardHeight) - 1)] = leaves[account];

            trees[shard] = PlainTree.Build(level, _input.Threads);
            summaries[shard] = new(trees[shard].Root, TotalsOf(shards.AccountsOf(shard)));
            Report("hashing the trees", 0.5 + (0.5 * (shard + 1) / trees.Length));
        }

        return trees;
    }

    NodeTotals TotalsOf(ReadOnlySpan<int> accounts)
    {
        var sums = new AssetTotals[_input.Table.Assets.Count];
        var badDebt = BigInteger.Zero;
        foreach (var account in accounts)
        {
            foreach (ref readonly var entry in _input.Book.EntriesOf(account))
            {
                ref var sum = ref sums[EntryKey.Asset(entry.Key)];
                sum = new(sum.Equity + entry.Equity, sum.Debt + entry.Debt);
            }

            if (_shortfalls.TryGetValue(account, out var shortfall)) badDebt += shortfall;
        }

        // 2^24 accounts of 8 * 2^16 entries below 2^90 stay below 2^128: nothing wrapped. Accepted is below 2^90.
        for (var i = 0; i < sums.Length; i++) CheckTotal(i, sums[i]);
        return new((uint)accounts.Length, badDebt, sums);
    }

    void CheckTotal(int asset, AssetTotals total)
    {
        if (Amount.IsValid(total.Equity) && Amount.IsValid(total.Debt)) return;
        throw new EpochRefusedException("HostSum",
            $"the total of '{_input.Table.Assets[asset].Symbol}' is 2^90 units or more; give the asset fewer decimals");
    }

    string Name(int account) => Encoding.ASCII.GetString(_input.Book.Id(account));

    void Report(string phase, double fraction) => _progress?.Invoke(new(phase, fraction));
}
