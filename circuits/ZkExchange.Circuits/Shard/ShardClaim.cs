using ZkExchange.Commitments;
using ZkExchange.Stark;

namespace ZkExchange.Circuits.Shard;

/// <summary>What the proof of a shard is about, computed from the statement alone.</summary>
public static class ShardClaim
{
    /// <summary>The claim of shard <paramref name="shard"/> = 0 .. k - 1 of a valid statement.</summary>
    public static Claim Of(Statement statement, int shard) =>
        Of(statement, shard, ShardTables.Of(statement.Assets, statement.PoolNames));

    /// <summary>The same, with the tables at hand: they are equal for all shards.</summary>
    public static Claim Of(Statement statement, int shard, ShardTables tables) => new(
        new(statement.Digest.ToArray()),
        PublicInputs(shard, statement.ShardHeight, tables.Assets),
        PublicMessages(statement.ShardHeight, tables, statement.ShardNodes[shard]),
        [.. statement.ShardShape]);

    /// <summary>[s, g, A].</summary>
    public static uint[] PublicInputs(int shard, int height, int assets)
    {
        var words = new uint[ShardPublic.Count];
        words[ShardPublic.Shard] = (uint)shard;
        words[ShardPublic.Height] = (uint)height;
        words[ShardPublic.Assets] = (uint)assets;
        return words;
    }

    /// <summary>What the verifier takes: the rows of the key table, those of the tier table, and (g + 1, shard node).
    /// </summary>
    public static uint[][] PublicMessages(int height, ShardTables tables, in NodeDigest node)
    {
        var seal = new uint[1 + NodeDigest.Length];
        seal[0] = (uint)height + 1;
        for (var i = 0; i < NodeDigest.Length; i++) seal[1 + i] = node[i].ToUInt32();
        return [tables.KeyMessages(), tables.TierMessages(), seal];
    }
}
