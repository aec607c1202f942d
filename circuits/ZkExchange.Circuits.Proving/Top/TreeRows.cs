using System.Numerics;
using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Top;

/// <summary>The rows of <see cref="TreeTable"/>, node after node.</summary>
sealed class TreeRows(Matrix trace, LookupCounts counts, HostChecks checks)
{
    long _next;

    /// <summary>Writes the node of a shard.</summary>
    public TreeNode WriteShard(int level, int index, NodeTotals totals, in Salt blind, in NodeDigest root)
    {
        var sums = WriteSums(level, index, totals, blind, null, null);
        return new(totals, WriteSeal(level, index, root, sums, TreeTable.IsShardSeal));
    }

    /// <summary>Writes the node above one or two others.</summary>
    public TreeNode WriteUpper(int level, int index, TreeNode left, TreeNode? right, in Salt blind)
    {
        var totals = right is null ? left.Totals : left.Totals + right.Totals;
        if (checks == HostChecks.On && !totals.IsValid)
            throw new WitnessException(HostReason.HostSum, $"a total of node {index} at level {level} does not fit");

        var sums = WriteSums(level, index, totals, blind, left.Totals, right?.Totals);
        var row = Row(level, index);
        row[TreeTable.IsPair] = KoalaBear.One;
        if (right is null) row[TreeTable.IsRightEmpty] = KoalaBear.One;
        row[TreeTable.Id] = KoalaBear.From((uint)totals.Assets.Count);
        for (var i = 0; i < NodeDigest.Length; i++) row[TreeTable.High + i] = sums[i];
        var pair = PermutationRows.Write(left.Digest, right?.Digest ?? NodeDigest.Empty, row);
        CopyLimbsToSums(row);
        return new(totals, WriteSeal(level, index, pair, sums, TreeTable.IsUpperSeal));
    }

    /// <summary>Fills the rest with permutations of zeros.</summary>
    public void Pad() => PermutationRows.Pad(trace, _next);

    NodeDigest WriteSums(
        int level, int index, NodeTotals totals, in Salt blind, NodeTotals? left, NodeTotals? right)
    {
        var row = Row(level, index);
        var isUpper = left is not null;
        row[isUpper ? TreeTable.IsUpperOpen : TreeTable.IsShardOpen] = KoalaBear.One;
        var state = PermutationRows.Write(
            HiddenSums.OpeningBlock(level, totals, blind), Words.Block(Words.Of(totals.BadDebt, NodeDigest.Length)),
            row);
        WriteLimbs(row);
        if (isUpper) AddChildren(row, 0, left!.BadDebt, right?.BadDebt ?? 0, TreeTable.Limbs);

        for (var i = 0; i < totals.Assets.Count; i++)
        {
            row = Row(level, index);
            row[isUpper ? TreeTable.IsUpperAsset : TreeTable.IsShardAsset] = KoalaBear.One;
            row[TreeTable.Id] = KoalaBear.From((uint)i + 1);
            state = PermutationRows.Write(state, Words.AssetBlock(i, totals.Assets[i]), row);
            WriteLimbs(row);
            if (!isUpper) continue;
            var (a, b) = (left!.Assets[i], right?.Assets[i] ?? default);
            AddChildren(row, TreeTable.EquityLimb, a.Equity, b.Equity, 2 * Amount.Words);
            AddChildren(row, TreeTable.DebtLimb, a.Debt, b.Debt, 2 * Amount.Words);
        }

        return state;
    }

    NodeDigest WriteSeal(int level, int index, in NodeDigest left, in NodeDigest sums, int kind)
    {
        var row = Row(level, index);
        row[kind] = KoalaBear.One;
        var digest = PermutationRows.Write(left, sums, row);
        CopyLimbsToSums(row);
        return digest;
    }

    Span<KoalaBear> Row(int level, int index)
    {
        var row = trace.Row(_next++);
        row[TreeTable.Level] = KoalaBear.From((uint)level);
        row[TreeTable.Parent] = KoalaBear.From((uint)index >> 1);
        row[TreeTable.Bit] = KoalaBear.From((uint)index & 1);
        return row;
    }

    // High halves and their lookups, and S = the row's own limbs until the children's are known.
    void WriteLimbs(Span<KoalaBear> row)
    {
        for (var k = 0; k < NodeDigest.Length; k++)
        {
            var word = row[TreeTable.Inputs + NodeDigest.Length + k].ToUInt32();
            row[TreeTable.High + k] = KoalaBear.From(word >> RangeTable.LimbBits);
            counts.Fifteen(word & ((1u << RangeTable.LimbBits) - 1));
            counts.Fifteen(word >> RangeTable.LimbBits);
        }

        CopyLimbsToSums(row);
    }

    static void CopyLimbsToSums(Span<KoalaBear> row)
    {
        var unit = KoalaBear.From(1u << RangeTable.LimbBits);
        for (var k = 0; k < NodeDigest.Length; k++)
        {
            var (word, high) = (row[TreeTable.Inputs + NodeDigest.Length + k], row[TreeTable.High + k]);
            row[TreeTable.Sums + 2 * k] = word - unit * high;
            row[TreeTable.Sums + 2 * k + 1] = high;
        }
    }

    static void AddChildren(Span<KoalaBear> row, int firstLimb, BigInteger left, BigInteger right, int limbs)
    {
        Span<uint> a = stackalloc uint[TreeTable.Limbs];
        Span<uint> b = stackalloc uint[TreeTable.Limbs];
        Limbs.Wrap(left, RangeTable.LimbBits, a[..limbs]);
        Limbs.Wrap(right, RangeTable.LimbBits, b[..limbs]);
        for (var j = 0; j < limbs; j++) row[TreeTable.Sums + firstLimb + j] = KoalaBear.From(a[j] + b[j]);
    }
}
