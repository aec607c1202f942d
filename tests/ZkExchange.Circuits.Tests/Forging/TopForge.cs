using System.Numerics;
using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Proving;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Tests.Forging;

/// <summary>A top proof that can be altered.</summary>
sealed class TopForge : Forge
{
    public const int Tree = TopCircuit.TreeTableIndex;
    public const int Reserve = TopCircuit.ReserveTableIndex;
    public const int RangeRows = TopCircuit.RangeTableIndex;

    /// <summary>Stands for limb 0 of in[8] .. in[15] where limbs are forced.</summary>
    public const int LimbColumn = 10_000;

    readonly Bus _totals = TopCircuit.Definition.Buses.Single(bus => bus.Kind == BusKind.Sum);

    public TopForge(TopWitness witness, TopReserves reserves, Action<byte[]>? heights = null)
        : base(TopCircuit.Definition)
    {
        var heightsLog2 = TopTrace.HeightsLog2(witness.Shape, witness.Assets, 5);
        heights?.Invoke(heightsLog2);
        var traces = TopTrace.Write(witness, reserves, heightsLog2, HostChecks.Off);
        Tables = traces.Tables;
        PublicInputs = TopClaim.PublicInputs(witness.Shape, witness.Assets, traces.Totals.Accounts, false, traces.Root);
        PublicMessages = TopClaim.Messages(traces.ShardNodes, reserves, null);
    }

    /// <summary>Slacks are left as they are.</summary>
    public bool KeepsSlack { get; set; }

    /// <summary>The root's totals in the comparison are left as they are.</summary>
    public bool KeepsTotals { get; set; }

    /// <summary>Children, root and shards' nodes are left as they are.</summary>
    public bool KeepsLinks { get; set; }

    /// <summary>The sums of children are left as they are.</summary>
    public bool KeepsSums { get; set; }

    public override void Complete()
    {
        for (var r = 0; r < Tables[Tree]!.Rows; r++) CompleteRow(r);
        var sums = SumsOf(_totals);
        if (!KeepsLinks) CompleteClaim(sums);
        CompleteReserves(sums);
        Recount();
    }

    void CompleteRow(int r)
    {
        var isUpper = Is(r, TreeTable.IsUpperOpen) || Is(r, TreeTable.IsUpperAsset);
        var isAsset = Is(r, TreeTable.IsShardAsset) || Is(r, TreeTable.IsUpperAsset);
        if (isUpper && !KeepsSums) AddChildren(r, isAsset);
        if (isAsset && r > 0) Link(r, TreeTable.Inputs, i => Out(Tree, r - 1, i));
        if (Is(r, TreeTable.IsShardSeal) && r > 0) Link(r, 8, i => Out(Tree, r - 1, i));
        if (Is(r, TreeTable.IsPair))
        {
            if (r > 0) Link(r, TreeTable.High, i => Out(Tree, r - 1, i));
            if (!KeepsLinks) LinkChildren(r);
        }

        if (Is(r, TreeTable.IsUpperSeal) && r > 0)
        {
            Link(r, 0, i => Out(Tree, r - 1, i));
            Link(r, 8, i => Get(Tree, r - 1, TreeTable.High + i));
        }

        if (!isUpper) CopyLimbs(r);
        Rehash(Tree, r);
    }

    bool Is(long row, int column) => Get(Tree, row, column) != KoalaBear.Zero;

    void Link(int r, int column, Func<int, KoalaBear> word)
    {
        for (var i = 0; i < 8; i++) Put(Tree, r, column + i, word(i));
    }

    void LinkChildren(int r)
    {
        var (level, index) = (Signed(Tree, r, TreeTable.Level), IndexOf(r));
        for (var side = 0; side < 2; side++)
        {
            for (var child = 0; child < r; child++)
            {
                if (!Is(child, TreeTable.IsShardSeal) && !Is(child, TreeTable.IsUpperSeal)) continue;
                if (Signed(Tree, child, TreeTable.Level) != level - 1 || IndexOf(child) != 2 * index + side) continue;
                var at = child;
                Link(r, 8 * side, i => Out(Tree, at, i));
            }

            for (var i = 0; i < 8 && Is(r, TreeTable.IsRightEmpty) && side == 1; i++)
                Put(Tree, r, 8 + i, NodeDigest.Empty[i]);
        }
    }

    long IndexOf(long r) => 2 * Signed(Tree, r, TreeTable.Parent) + Signed(Tree, r, TreeTable.Bit);

    void AddChildren(int r, bool isAsset)
    {
        var key = Key(Signed(Tree, r, TreeTable.Level), IndexOf(r), Signed(Tree, r, TreeTable.Id));
        var sum = SumsOf(_totals).GetValueOrDefault(key) ?? new KoalaBear[TopBuses.TotalWeights];
        if (!isAsset) Put(Tree, r, TreeTable.AccountsWord, sum[16]);
        var inverse = Element(1 << 15).Inverse();
        var carry = KoalaBear.Zero;
        for (var j = 0; j < 16; j++)
        {
            if (isAsset && j < 2)
            {
                sum[j] = j == 0 ? Get(Tree, r, 8) : KoalaBear.Zero;
                if (Forced.TryGetValue((Tree, r, TreeTable.Sums + j), out var free)) sum[j] = free;
            }

            Put(Tree, r, TreeTable.Sums + j, sum[j]);
            var total = Get(Tree, r, TreeTable.Sums + j) + carry;
            var limb = j == 15 ? total : Element(total.ToUInt32() & 0x7FFF);
            if (Forced.TryGetValue((Tree, r, LimbColumn + j), out var forced)) limb = forced;
            carry = (total - limb) * inverse;
            if (j % 2 == 1) Put(Tree, r, TreeTable.High + j / 2, limb);
            var word = j % 2 == 0 ? limb : Get(Tree, r, 8 + j / 2) + Element(1 << 15) * limb;
            Tables[Tree]![r, 8 + j / 2] = word;
        }
    }

    void CopyLimbs(int r)
    {
        for (var k = 0; k < 8; k++)
        {
            var (word, high) = (Get(Tree, r, 8 + k), Get(Tree, r, TreeTable.High + k));
            Put(Tree, r, TreeTable.Sums + 2 * k, word - Element(1 << 15) * high);
            Put(Tree, r, TreeTable.Sums + 2 * k + 1, high);
        }
    }

    // Root, accounts and shards' nodes are what the rows say, wherever the claim names them.
    void CompleteClaim(Dictionary<string, KoalaBear[]> sums)
    {
        var height = PublicInputs[TopPublic.Height];
        PublicInputs[TopPublic.Accounts] =
            (sums.GetValueOrDefault(Key(height + 1, 0, 0))?[16] ?? KoalaBear.Zero).ToUInt32();
        for (var r = 0; r < Tables[Tree]!.Rows; r++)
        {
            var isShard = Is(r, TreeTable.IsShardSeal);
            if (!isShard && !Is(r, TreeTable.IsUpperSeal)) continue;
            var index = IndexOf(r);
            for (var i = 0; i < 8; i++)
            {
                var word = Out(Tree, r, i).ToUInt32();
                if (Signed(Tree, r, TreeTable.Level) == height && index == 0) PublicInputs[TopPublic.Root + i] = word;
                if (isShard && index >= 0 && 9 * index < PublicMessages[0].Length)
                    PublicMessages[0][9 * index + 1 + i] = word;
            }
        }
    }

    void CompleteReserves(Dictionary<string, KoalaBear[]> sums)
    {
        for (var r = 0; r < Tables[Reserve]!.Rows; r++)
        {
            var isAsset = Get(Reserve, r, ReserveTable.IsAsset) != KoalaBear.Zero;
            if (!isAsset && r > 0) continue;
            var key = Key(PublicInputs[TopPublic.Height] + 1, 0, Signed(Reserve, r, ReserveTable.Id));
            var sum = sums.GetValueOrDefault(key) ?? new KoalaBear[TopBuses.TotalWeights];
            for (var j = 0; j < 16 && !KeepsTotals; j++) Put(Reserve, r, ReserveTable.Totals + j, sum[j]);
            if (KeepsSlack) continue;
            if (r == 0)
            {
                Slack(r, 0, 16, Integer(r, ReserveTable.Published, 16) - Integer(r, ReserveTable.Totals, 16));
                continue;
            }

            var free = Integer(r, ReserveTable.Published, 6) - Integer(r, ReserveTable.Totals + 2, 6);
            Slack(r, 0, 6, free + Integer(r, ReserveTable.Totals + 8, 6));
            Slack(r, 6, 6, free + Integer(r, ReserveTable.Published + 6, 6));
        }
    }

    void Slack(int r, int at, int count, BigInteger value)
    {
        Span<uint> limbs = new uint[16];
        Limbs.Wrap(value, 15, limbs[..count]);
        for (var j = 0; j < count; j++) Put(Reserve, r, ReserveTable.Slack + at + j, Element(limbs[j]));
    }

    BigInteger Integer(long row, int column, int limbs)
    {
        var value = BigInteger.Zero;
        for (var j = limbs - 1; j >= 0; j--) value = (value << 15) + Signed(Reserve, row, column + j);
        return value;
    }
}
