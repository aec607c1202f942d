// From a book to everything that is proven and published, except the proofs: positions, salts, leaves, trees, sums,
// shapes and the statement. A pure function of input and secrets; the threads it uses change nothing.

using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>Builds an epoch up to its statement.</summary>
public sealed class EpochBuilder
{
    const int AccountsPerPiece = 4096;

    readonly EpochInput _input;
    readonly EpochSecrets _secrets;
    readonly Action<EpochPhase>? _progress;
    readonly CancellationToken _cancellation;

    EpochBuilder(
        EpochInput input, EpochSecrets secrets, Action<EpochPhase>? progress, CancellationToken cancellation) =>
        (_input, _secrets, _progress, _cancellation) = (input, secrets, progress, cancellation);

    /// <summary>Builds an epoch.</summary>
    /// <param name="input">What it is made of.</param>
    /// <param name="secrets">What is random about it.</param>
    /// <param name="circuits">The circuits that the statement names.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="EpochRefusedException">The books cannot be proven: the message says why.</exception>
    public static EpochDraft Build(
        EpochInput input, EpochSecrets secrets, EpochCircuits circuits, Action<EpochPhase>? progress = null,
        CancellationToken cancellation = default)
    {
        var books = BuildBooks(input, secrets, progress, cancellation);
        progress?.Invoke(new("planning the proofs", 0.9));
        return EpochDraft.Of(secrets, books, circuits, cancellation);
    }

    /// <summary>Builds the tree of an epoch and stops before its statement.</summary>
    /// <inheritdoc cref="Build(EpochInput, EpochSecrets, EpochCircuits, Action{EpochPhase}?, CancellationToken)"/>
    public static EpochBooks BuildBooks(
        EpochInput input, EpochSecrets secrets, Action<EpochPhase>? progress = null,
        CancellationToken cancellation = default) =>
        new EpochBuilder(input, secrets, progress, cancellation).BuildBooks();

    EpochBooks BuildBooks()
    {
        if (!_secrets.IsValid)
            throw new EpochRefusedException("HostSecret", "a secret has another length or is used twice");
        Report("checking the books", 0);
        var order = BookChecks.CheckAccounts(_input, _cancellation);
        Report("comparing debts with collateral", 0.02);
        var shortfalls = BookChecks.Shortfalls(_input, _cancellation);

        Report("drawing positions", 0.03);

        // Positions depend on the cut; should a shard of it be fuller than planned, one more shard makes room.
        var size = BookSize.Of(_input.Book, ShardTables.Of(_input.Table.Assets, _input.Table.Pools));
        var salts = new Salts(_secrets.Epoch);
        var (layout, positions, shards) = Place(size, salts, _input.ShardsMin);
        while (!layout.Holds(new(shards.RowsMax(_input.Book), layout.Tree.ShardHeight, 0, 0), size.Tables))
            (layout, positions, shards) = Place(size, salts, layout.Tree.ShardCount + 1);

        var accounts = DeriveAccounts(positions, salts);
        Report("adding up", 0.45);
        var totals = ShardTotals.Of(_input, positions, shards, layout.Tree, shortfalls);
        CheckTotals(totals);
        var trees = BuildTrees(layout.Tree, shards, positions, accounts.Leaves);
        var summaries = trees.Select((tree, shard) => new ShardSummary(tree.Root, totals[shard])).ToArray();
        var sums = SumTree.Build(layout.Tree.ShardHeight, summaries, (level, index) =>
            salts.Blind((ulong)_input.Epoch, (ulong)level, (ulong)index));
        return new(_input, order, positions, shards, accounts, shortfalls, trees, sums);
    }

    (ShardLayout Layout, int[] Positions, ShardIndex Shards) Place(BookSize size, Salts salts, int shardsMin)
    {
        var layout = ShardLayout.Choose(size, _input.Profile, _input.MemoryBytesMax, shardsMin)
            ?? throw new EpochRefusedException("HostResource", Resources(size));
        var positions = salts.Positions((ulong)_input.Epoch, size.Accounts, (int)layout.Tree.Positions);
        return (layout, positions, ShardIndex.Of(positions, layout.Tree));
    }

    string Resources(BookSize size)
    {
        var least = ShardLayout.MemoryBytesMin(size, _input.Profile);
        return least > _input.MemoryBytesMax && least < long.MaxValue
            ? $"to prove this book takes {(least >> 20) + 1} MB of memory, {_input.MemoryBytesMax >> 20} MB are allowed"
            : "no cut into shards fits the profile";
    }

    // What section 4 f of the statement compares, so that a proof is not begun that cannot end.
    void CheckTotals(IReadOnlyList<NodeTotals> shards)
    {
        var totals = NodeTotals.Zero(_input.Table.Assets.Count);
        foreach (var shard in shards)
        {
            for (var i = 0; i < shard.Assets.Count; i++) CheckTotal(i, shard.Assets[i]);
            totals += shard;                                   // at most 2^16 times 2^90
        }

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
            var nonces = new byte[count * AccountTag.NonceBytes];
            Derivation.Nonces(account, book, [.. Enumerable.Range(first, count)], nonces);
            Derivation.Salts(epochSalts, (ulong)_input.Epoch, positions.AsSpan(first, count), salts.AsSpan(first));
            WriteTags(first, nonces, tags.AsSpan(first, count));
            CryptographicOperations.ZeroMemory(nonces);
            LeafBatch.Write(book, first, count, tags, salts, leaves);
        }, _cancellation);
        return new(tags, salts, leaves);
    }

    void WriteTags(int first, ReadOnlySpan<byte> nonces, Span<NodeDigest> tags)
    {
        Span<char> id = stackalloc char[AccountTag.IdBytesMax];
        var batch = new TagBatch(tags.Length);
        for (var i = 0; i < tags.Length; i++)
        {
            var length = Encoding.ASCII.GetChars(_input.Book.Id(first + i), id);
            batch.Add(id[..length], nonces.Slice(i * AccountTag.NonceBytes, AccountTag.NonceBytes));
        }

        batch.Finish(tags);
    }

    PlainTree[] BuildTrees(TreeShape shape, ShardIndex shards, int[] positions, NodeDigest[] leaves)
    {
        Report("hashing the trees", 0.5);
        var trees = new PlainTree[shape.ShardCount];
        for (var shard = 0; shard < trees.Length; shard++)
        {
            _cancellation.ThrowIfCancellationRequested();
            var members = shards.AccountsOf(shard).ToArray();
            trees[shard] = PlainTree.Build(shape.ShardHeight, members.Length, Place, _input.Threads);
            Report("hashing the trees", 0.5 + (0.4 * (shard + 1) / trees.Length));

            (int Position, NodeDigest Leaf) Place(int member) =>
                (positions[members[member]] & ((1 << shape.ShardHeight) - 1), leaves[members[member]]);
        }

        return trees;
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
