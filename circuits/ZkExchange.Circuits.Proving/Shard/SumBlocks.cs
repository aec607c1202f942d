using System.Numerics;
using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>The sums of limbs by (id, block), filled one contribution at a time.</summary>
sealed class SumBlocks
{
    const uint LimbMask = (1u << RangeTable.LimbBits) - 1;
    const int AmountLimbs = Amount.Bits / RangeTable.LimbBits;

    readonly List<Block>[] _blocks;                            // [id]

    /// <summary>One empty block for each id.</summary>
    public SumBlocks(int ids)
    {
        _blocks = new List<Block>[ids];
        for (var id = 0; id < ids; id++) _blocks[id] = [new()];
    }

    /// <summary>Blocks of all ids.</summary>
    public int Count => _blocks.Sum(blocks => blocks.Count);

    /// <summary>Blocks of an id, in order.</summary>
    public IReadOnlyList<Block> Of(int id) => _blocks[id];

    /// <summary>How many ids there are.</summary>
    public int Ids => _blocks.Length;

    /// <summary>Adds an entry's equity; returns its block.</summary>
    public int AddEquity(int asset, UInt128 amount) =>
        asset < Ids - 1 ? AddEquityOf(1 + asset, amount) : 0;

    /// <summary>Adds a valued debt: of each word of 30 bits the low twenty to one limb, the high ten times 2^5 to the
    /// next. Returns its block.</summary>
    public int AddDebt(int asset, UInt128 amount) =>
        asset < Ids - 1 ? AddDebtOf(1 + asset, amount) : 0;

    /// <summary>Adds declared bad debt; returns its block.</summary>
    public int AddBadDebt(BigInteger amount)
    {
        var block = Open(0);
        Span<uint> limbs = stackalloc uint[SumTable.Limbs];
        Limbs.Wrap(amount, RangeTable.LimbBits, limbs);
        for (var j = 0; j < limbs.Length; j++) block.Sums[j] += limbs[j];
        return _blocks[0].Count - 1;
    }

    /// <summary>The totals of all blocks.</summary>
    public NodeTotals Totals(uint accounts)
    {
        var assets = new AssetTotals[Ids - 1];
        for (var i = 0; i < assets.Length; i++)
        {
            assets[i] = new(
                (UInt128)Total(1 + i, SumTable.EquityLimb),
                (UInt128)Total(1 + i, SumTable.DebtLimb));
        }

        return new(accounts, Total(0, 0, SumTable.Limbs), assets);
    }

    BigInteger Total(int id, int firstLimb, int limbs = AmountLimbs)
    {
        var total = BigInteger.Zero;
        foreach (var block in _blocks[id])
        {
            for (var j = 0; j < limbs; j++)
                total += (BigInteger)block.Sums[firstLimb + j] << (RangeTable.LimbBits * j);
        }

        return total;
    }

    int AddEquityOf(int id, UInt128 amount)
    {
        var sums = Open(id).Sums;
        for (var j = 0; j < AmountLimbs; j++, amount >>= RangeTable.LimbBits)
            sums[SumTable.EquityLimb + j] += (uint)amount & LimbMask;
        return _blocks[id].Count - 1;
    }

    int AddDebtOf(int id, UInt128 amount)
    {
        var sums = Open(id, ValueTable.DebtUnits).Sums;
        for (var k = 0; k < Amount.Words; k++, amount >>= Amount.WordBits)
        {
            sums[SumTable.DebtLimb + 2 * k] += (uint)amount & 0xFFFFF;
            sums[SumTable.DebtLimb + 2 * k + 1] += ((uint)amount >> 15) & 0x7FE0;
        }

        return _blocks[id].Count - 1;
    }

    Block Open(int id, int units = 1)
    {
        var blocks = _blocks[id];
        if (blocks[^1].Count + units > ShardPlan.BlockMax) blocks.Add(new() { Count = 1 });
        blocks[^1].Count += units;
        return blocks[^1];
    }

    /// <summary>Two rows of the sum table: units, one of them for the total of the block before, and the sums of limbs
    /// without it, each below 2^30.</summary>
    internal sealed class Block
    {
        public int Count { get; set; }

        public uint[] Sums { get; } = new uint[SumTable.Limbs];
    }
}
