using System.Numerics;

namespace ZkExchange.Commitments.Tests;

/// <summary>One account of a small book.</summary>
sealed record SmallAccount(string Customer, int Position, AccountEntry[] Entries, byte[] Nonce, Salt Salt)
{
    public NodeDigest Leaf => AccountLeaf.Of(AccountTag.Of(Customer, Nonce), Entries, Salt);
}

/// <summary>A book of a few accounts with its trees and a statement of its root.</summary>
sealed class SmallBook
{
    readonly PlainTree[] _shards;

    SmallBook(IReadOnlyList<SmallAccount> accounts, PlainTree[] shards, SumTree tree)
    {
        Accounts = accounts;
        _shards = shards;
        Tree = tree;
        Statement = Samples.Statement with
        {
            Accounts = accounts.Count,
            Disclosed = null,
            Root = tree.Root.Digest,
            ShardHeight = tree.Shape.ShardHeight,
            ShardNodes = [.. tree.Level(tree.Shape.ShardHeight).Select(node => node.Digest)],
        };
    }

    public IReadOnlyList<SmallAccount> Accounts { get; }

    public SumTree Tree { get; }

    public Statement Statement { get; }

    public static SmallBook Of(int shardHeight, int shards, int accounts)
    {
        var life = new Salts(FileDigest.Of("life"u8).ToArray());
        var epoch = new Salts(FileDigest.Of("epoch"u8).ToArray());
        var positions = epoch.Positions(12, accounts, shards << shardHeight);
        var book = Enumerable.Range(0, accounts).Select(i => new SmallAccount(
            $"user-{i + 1}", positions[i], [new(0, (UInt128)(100 * i), (UInt128)i)], life.Nonce($"user-{i + 1}"),
            epoch.Leaf(12, (ulong)positions[i]))).ToList();
        var trees = Enumerable.Range(0, shards).Select(shard => PlainOf(book, shard, shardHeight)).ToArray();
        var summaries = trees.Select((tree, shard) => new ShardSummary(tree.Root, TotalsOf(book, shard, shardHeight)));
        var sums = SumTree.Build(
            shardHeight, [.. summaries], (level, index) => epoch.Blind(12, (ulong)level, (ulong)index));
        return new(book, trees, sums);
    }

    public InclusionPath PathOf(int position) =>
        InclusionPath.Of(_shards[position >> Statement.ShardHeight], Tree, position);

    public InclusionFile FileOf(int account) => new()
    {
        Customer = Accounts[account].Customer,
        Entries = Accounts[account].Entries,
        Nonce = new(Accounts[account].Nonce),
        Path = PathOf(Accounts[account].Position),
        Salt = Accounts[account].Salt,
        Statement = Statement.Digest,
    };

    static PlainTree PlainOf(List<SmallAccount> book, int shard, int height)
    {
        var leaves = Enumerable.Repeat(NodeDigest.Empty, 1 << height).ToArray();
        foreach (var account in book.Where(account => account.Position >> height == shard))
            leaves[account.Position & ((1 << height) - 1)] = account.Leaf;
        return PlainTree.Build(leaves);
    }

    static NodeTotals TotalsOf(List<SmallAccount> book, int shard, int height)
    {
        var inside = book.Where(account => account.Position >> height == shard).ToList();
        var equity = inside.Aggregate(UInt128.Zero, (sum, account) => sum + account.Entries[0].Equity);
        var debt = inside.Aggregate(UInt128.Zero, (sum, account) => sum + account.Entries[0].Debt);
        return new((uint)inside.Count, BigInteger.Zero, [new(equity, debt), default]);
    }
}
