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
        PublicInputs(shard, statement.ShardHeight, tables.Assets, statement.ShardNodes[shard]),
        [tables.KeyMessages(), tables.TierMessages()],
        [.. statement.ShardShape]);

    /// <summary>[s, g, A, shard node].</summary>
    public static uint[] PublicInputs(int shard, int height, int assets, NodeDigest node)
    {
        var words = new uint[ShardPublic.Count];
        words[ShardPublic.Shard] = (uint)shard;
        words[ShardPublic.Height] = (uint)height;
        words[ShardPublic.Assets] = (uint)assets;
        for (var i = 0; i < NodeDigest.Length; i++) words[ShardPublic.Node + i] = node[i].ToUInt32();
        return words;
    }
}
