using System.Numerics;
using ZkExchange.Circuits.Parts;
using ZkExchange.Commitments;
using ZkExchange.Stark;

namespace ZkExchange.Circuits.Top;

/// <summary>What the top proof is about, computed from the statement alone.</summary>
public static class TopClaim
{
    /// <summary>The claim of a valid statement.</summary>
    public static Claim Of(Statement statement)
    {
        var (tree, assets) = (statement.Tree, statement.Assets.Count);
        return new(
            new(statement.Digest.ToArray()),
            PublicInputs(
                tree, assets, (uint)statement.Accounts, statement.Disclosed is not null, statement.Root),
            Messages(statement.ShardNodes, TopReserves.Of(statement), statement.Disclosed),
            [.. statement.TopShape]);
    }

    /// <summary>[k, g, H, A, accounts, disclosed, root].</summary>
    public static uint[] PublicInputs(TreeShape tree, int assets, uint accounts, bool disclosed, NodeDigest root)
    {
        var words = new uint[TopPublic.Count];
        words[TopPublic.Shards] = (uint)tree.ShardCount;
        words[TopPublic.ShardHeight] = (uint)tree.ShardHeight;
        words[TopPublic.Height] = (uint)tree.Height;
        words[TopPublic.Assets] = (uint)assets;
        words[TopPublic.Accounts] = accounts;
        words[TopPublic.Disclosed] = disclosed ? 1u : 0;
        for (var i = 0; i < NodeDigest.Length; i++) words[TopPublic.Root + i] = root[i].ToUInt32();
        return words;
    }

    /// <summary>Shards, reserves, bound, disclosed totals, disclosed bad debt.</summary>
    /// <param name="shardNodes">In order.</param>
    /// <param name="reserves">Of the assets in order.</param>
    /// <param name="disclosed">Null: the totals stay hidden.</param>
    public static uint[][] Messages(
        IReadOnlyList<NodeDigest> shardNodes, TopReserves reserves, DisclosedTotals? disclosed) =>
        [
            Shards(shardNodes), Reserves(reserves), Bound(reserves.BadDebtBound), Totals(disclosed), BadDebt(disclosed),
        ];

    static uint[] Shards(IReadOnlyList<NodeDigest> nodes)
    {
        const int words = 1 + NodeDigest.Length;
        var messages = new uint[nodes.Count * words];
        for (var s = 0; s < nodes.Count; s++)
        {
            messages[s * words] = (uint)s;
            for (var i = 0; i < NodeDigest.Length; i++) messages[s * words + 1 + i] = nodes[s][i].ToUInt32();
        }

        return messages;
    }

    static uint[] Reserves(TopReserves reserves)
    {
        var messages = new uint[reserves.Assets.Count * TopBuses.ReserveWords];
        for (var i = 0; i < reserves.Assets.Count; i++)
        {
            var message = messages.AsSpan(i * TopBuses.ReserveWords, TopBuses.ReserveWords);
            message[0] = (uint)i;
            var asset = reserves.Assets[i];
            var free = (BigInteger)asset.Amount - asset.Insurance;
            Limbs.Split(free, RangeTable.LimbBits, message.Slice(1, ReserveTable.AmountLimbs));
            Limbs.Split(asset.NettingCap, RangeTable.LimbBits, message[(1 + ReserveTable.AmountLimbs)..]);
        }

        return messages;
    }

    static uint[] Bound(BigInteger bound)
    {
        var message = new uint[TopBuses.BoundWords];
        Limbs.Split(bound, RangeTable.LimbBits, message);
        return message;
    }

    static uint[] Totals(DisclosedTotals? disclosed)
    {
        if (disclosed is null) return [];
        var messages = new uint[disclosed.Totals.Count * TopBuses.DisclosedWords];
        for (var i = 0; i < disclosed.Totals.Count; i++)
        {
            var message = messages.AsSpan(i * TopBuses.DisclosedWords, TopBuses.DisclosedWords);
            message[0] = (uint)i;
            Limbs.Split(disclosed.Totals[i].Equity, Amount.WordBits, message.Slice(1, Amount.Words));
            Limbs.Split(disclosed.Totals[i].Debt, Amount.WordBits, message[(1 + Amount.Words)..]);
        }

        return messages;
    }

    static uint[] BadDebt(DisclosedTotals? disclosed)
    {
        if (disclosed is null) return [];
        var message = new uint[NodeDigest.Length];
        Limbs.Split(disclosed.BadDebt, Amount.WordBits, message);
        return message;
    }
}
