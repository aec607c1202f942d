using ZkExchange.Circuits.Epoch;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>An epoch that is stated and not yet proven.</summary>
/// <param name="Secrets">What is random about it.</param>
/// <param name="Books">Who has which place.</param>
/// <param name="Statement">What is claimed; keeps every rule.</param>
/// <param name="Report">The bytes of reserves.json, or null.</param>
public sealed record EpochDraft(EpochSecrets Secrets, EpochBooks Books, Statement Statement, byte[]? Report)
{
    /// <summary>States what the books amount to.</summary>
    /// <exception cref="EpochRefusedException">No verifier would accept the statement.</exception>
    public static EpochDraft Of(
        EpochSecrets secrets, EpochBooks books, EpochCircuits circuits, CancellationToken cancellation = default)
    {
        var input = books.Input;
        var (root, tree) = (books.Sums.Root, books.Sums.Shape);
        var report = ReportOf(input);
        var statement = new Statement
        {
            Accounts = input.Book.Accounts,
            Assets = input.Table.Assets,
            Disclosed = input.Discloses ? new(root.Totals.BadDebt, root.Totals.Assets) : null,
            Environment = input.Environment,
            Epoch = input.Epoch,
            Exchange = input.Exchange,
            Excluded = input.Excluded,
            PoolNames = input.Table.Pools,
            Previous = input.Previous,
            Profile = input.Profile.Name,
            Reserves = input.Reserves is { } reserves && report is not null
                ? new(reserves.Assets, FileDigest.Of(report), reserves.Time)
                : null,
            Root = root.Digest,
            ShardHeight = tree.ShardHeight,
            ShardNodes = [.. books.Sums.Level(tree.ShardHeight).Select(node => node.Digest)],
            ShardShape = ShardShapeOf(books, cancellation),
            Signer = input.Signer,
            Snapshot = input.Snapshot,
            Supersedes = input.Supersedes,
            TopShape = TopTrace.HeightsLog2(tree, input.Table.Assets.Count, input.Profile.HeightLog2Min),
            ValueScale = input.Table.ValueScale,
            ValueUnit = input.Table.ValueUnit,
            Keys = new(HashOf(circuits.Shard), HashOf(circuits.Top)),
        };
        var refusal = statement.Validate();
        return refusal.IsRefused
            ? throw new EpochRefusedException("HostParams", $"the statement would break a rule: {refusal}")
            : new(secrets, books, statement, report);
    }

    static byte[]? ReportOf(EpochInput input)
    {
        if (input.Reserves is not { } reserves) return null;
        var report = new ReservesReport
        {
            Environment = input.Environment,
            Epoch = input.Epoch,
            Exchange = input.Exchange,
            Rows = [.. reserves.Rows.Order(Comparer<ReserveRow>.Create(ReservesReport.Order))],
            Time = reserves.Time,
        };
        var refusal = report.Validate();
        return refusal.IsRefused
            ? throw new EpochRefusedException("HostParams", $"the reserves report would break a rule: {refusal}")
            : report.Write();
    }

    // One shape for all shards: the tallest height of each table.
    static byte[] ShardShapeOf(EpochBooks books, CancellationToken cancellation)
    {
        var input = books.Input;
        var tables = ShardTables.Of(input.Table.Assets, input.Table.Pools);
        var shapes = new byte[books.Shards.Count][];
        Pieces.For(shapes.Length, input.Threads, Plan, cancellation);
        return shapes.Aggregate((left, right) => ShardPlan.Taller(left, right));

        void Plan(int shard) =>
            shapes[shard] = ShardPlan.Of(books.WitnessOf(shard), tables).HeightsLog2(input.Profile.HeightLog2Min);
    }

    static FileDigest HashOf(VerifyingKey key) => new(key.Hash.ToArray());
}
