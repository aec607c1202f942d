using System.Numerics;
using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;
using ZkExchange.Forgery.Books;

namespace ZkExchange.Forgery.Fuzzing;

/// <summary>Good documents to begin with.</summary>
static class Samples
{
    const int Height = 2;
    const int Shards = 3;
    const int Customers = 7;
    const string Time = "2026-11-20T00:00:00Z";

    static readonly Salts s_salts = new(FileDigest.Of("forgery"u8).ToArray());

    static readonly AccountEntry[] s_entries =
        [SmallBook.Free(0, 77, 1), SmallBook.Free(2, 5), SmallBook.Pledge(0, 1, 2)];

    /// <summary>A reserves report of the statement's totals.</summary>
    public static ReservesReport Report { get; } = new()
    {
        Environment = ExchangeEnvironment.Test,
        Epoch = 3,
        Exchange = "Forgery",
        Rows = [new("a1", 1000, "GOLD", "chain", ""), new("a2", 1, "SILVER", "chain", "")],
        Time = Time,
    };

    /// <summary>A statement of a tree of seven customers.</summary>
    public static Statement Statement { get; } = MakeStatement(out s_tree, out s_shards);

    static readonly SumTree s_tree;
    static readonly PlainTree[] s_shards;

    /// <summary>The file of customer 4.</summary>
    public static InclusionFile Inclusion { get; } = new()
    {
        Customer = Name(4),
        Entries = s_entries,
        Nonce = new(s_salts.Nonce(Name(4))),
        Path = InclusionPath.Of(s_shards[4 >> Height], s_tree, 4),
        Salt = s_salts.Leaf(3, 4),
        Statement = Statement.Digest,
    };

    static string Name(int customer) => $"customer-{customer}";

    static Statement MakeStatement(out SumTree tree, out PlainTree[] shards)
    {
        shards = new PlainTree[Shards];
        var summaries = new ShardSummary[Shards];
        for (var shard = 0; shard < Shards; shard++)
        {
            var leaves = new NodeDigest[1 << Height];
            Array.Fill(leaves, NodeDigest.Empty);
            var first = shard << Height;
            var count = Math.Clamp(Customers - first, 0, leaves.Length);
            for (var i = 0; i < count; i++)
            {
                var name = Name(first + i);
                leaves[i] = AccountLeaf.Of(
                    AccountTag.Of(name, s_salts.Nonce(name)), s_entries, s_salts.Leaf(3, (ulong)(first + i)));
            }

            shards[shard] = PlainTree.Build(leaves);
            var times = (UInt128)count;
            summaries[shard] = new(shards[shard].Root, new(
                (uint)count, BigInteger.Zero, [new(79 * times, times), default, new(5 * times, 0), default]));
        }

        tree = SumTree.Build(Height, summaries, (level, index) => s_salts.Blind(3, (ulong)level, (ulong)index));
        return new()
        {
            Accounts = Customers,
            Assets = SmallBook.Assets,
            Environment = ExchangeEnvironment.Test,
            Epoch = 3,
            Exchange = "Forgery",
            PoolNames = SmallBook.Pools,
            Previous = default,
            Profile = "S100",
            Reserves = new(
                [new(1000, 10, 0), new(1, 0, 0), new(0, 0, 0), new(0, 0, 0)], FileDigest.Of(Report.Write()), Time),
            Root = tree.Root.Digest,
            ShardHeight = Height,
            ShardNodes = [.. tree.Level(Height).Select(node => node.Digest)],
            ShardShape = [14, 14, 14, 14, 14, 14, 14],
            Snapshot = Time,
            TopShape = [14, 14, 14],
            ValueScale = 6,
            ValueUnit = "USD",
            Keys = new(new(ShardCircuit.Key.Hash.ToArray()), new(TopCircuit.Key.Hash.ToArray())),
        };
    }
}
