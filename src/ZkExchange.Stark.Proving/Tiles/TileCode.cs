// The steps of a program as machine code. They are cut where few values are alive, so that blocks are short enough for
// a compiler to keep values in registers; what one block leaves for another goes through a plane. Blocks of one form
// share their code: the places at which rounds are cut follow from the steps alone, so the rounds of a permutation
// become one block each, and the same one.

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ZkExchange.Stark.Air;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>Emitted code for the steps of one program.</summary>
/// <remarks>Shared by threads: all state is in the tile.</remarks>
sealed unsafe class TileCode
{
    // Fewer points than these take less time than emitting.
    const long PointsMin = 1 << 18;

    // Many times the blocks of all circuits. Constants that are public inputs can change a form, and a service that
    // runs for years must not keep every one it met.
    const int BlocksMax = 1024;

    // In instructions a vector.
    const int CostMin = 100;
    const int CostMax = 760;

    const int Forever = int.MaxValue;

    static readonly ConcurrentDictionary<(string Key, int Bytes), Lazy<TileBlock>> s_blocks = new();

    // The points of each graph so far.
    static readonly ConditionalWeakTable<ConstraintGraph, StrongBox<long>> s_points = [];

    readonly TileCompiler _plan;
    readonly LaneCalls _lanes;
    readonly int[] _lastUse;                                 // of the value of each step: a step, or Forever
    readonly List<Piece> _pieces = [];
    readonly nint[] _slots;
    readonly int[] _constants;

    /// <summary>Emits, or finds, the code of every block.</summary>
    /// <param name="plan">The program.</param>
    /// <param name="kept">Where values are that are read after the last step, beside constraints.</param>
    /// <param name="lanes">The instructions.</param>
    public TileCode(TileCompiler plan, IReadOnlyList<Operand> kept, LaneCalls lanes)
    {
        _plan = plan;
        _lanes = lanes;
        _lastUse = LastUses(plan, kept);
        var (slots, constants) = (new List<int>(), new List<int>());
        var from = 0;
        foreach (var to in Cut())
        {
            var block = new BlockWriter(plan, _lastUse, from, to);
            _pieces.Add(new(CodeOf(block.Form), slots.Count, constants.Count));
            slots.AddRange(block.Slots);
            constants.AddRange(block.Constants);
            from = to;
        }

        _slots = new nint[slots.Count + 1];
        for (var i = 0; i < slots.Count; i++) _slots[i] = (nint)slots[i] * Tile.Points * sizeof(uint);
        _constants = [.. constants, 0];
    }

    /// <summary>The instructions for a program that is going to run at some points, or null if code does not pay yet:
    /// that of one short table does not, but that of many shards does.</summary>
    /// <param name="graph">The graph of the program.</param>
    /// <param name="points">How many.</param>
    public static LaneCalls? LanesFor(ConstraintGraph graph, long points)
    {
        var met = s_points.GetOrCreateValue(graph);
        return Interlocked.Add(ref met.Value, points) < PointsMin ? null : LaneCalls.Selected;
    }

    /// <summary>How many blocks there are.</summary>
    public int Blocks => _pieces.Count;

    /// <summary>How many of them are code of their own.</summary>
    public int DistinctBlocks => _pieces.DistinctBy(piece => piece.Code).Count();

    /// <summary>Evaluates the steps.</summary>
    /// <param name="planes">Plane 0, its columns loaded.</param>
    /// <param name="ahead">Rows that are read later; asked for between the blocks.</param>
    /// <param name="lines">How many lines these are.</param>
    public void Run(uint* planes, RowsAhead ahead, int lines)
    {
        var share = lines / Math.Max(1, _pieces.Count) + 1;
        fixed (nint* slots = _slots)
        fixed (int* constants = _constants)
        {
            foreach (var piece in _pieces)
            {
                ahead.Ask(share);
                piece.Code((byte*)planes, slots + piece.FirstSlot, (uint*)constants + piece.FirstConstant);
            }
        }
    }

    TileBlock CodeOf(BlockForm form)
    {
        if (s_blocks.Count >= BlocksMax) s_blocks.Clear();
        return s_blocks
            .GetOrAdd((form.Key, _lanes.Bytes), _ => new(() => new BlockEmitter(_lanes, form).Emit())).Value;
    }

    /// <summary>For each step the last that reads its value.</summary>
    static int[] LastUses(TileCompiler plan, IReadOnlyList<Operand> kept)
    {
        var last = new int[plan.Steps.Length];
        var writers = new int[plan.Planes];
        Array.Fill(writers, -1);
        for (var i = 0; i < last.Length; i++)
        {
            foreach (var plane in plan.OperandsOf(plan.Steps[i]))
            {
                if (writers[plane] >= 0) last[writers[plane]] = i;
            }

            writers[plan.Steps[i].Target] = i;
        }

        foreach (var operand in kept) Keep(operand.Plane);
        foreach (var sum in plan.Sums)
        {
            foreach (var plane in sum.Planes) Keep(plane);
        }

        return last;

        void Keep(int plane)
        {
            if (plane >= 0 && writers[plane] >= 0) last[writers[plane]] = Forever;
        }
    }

    /// <summary>Where runs of steps end that cost neither too little nor too much: where the fewest values are alive,
    /// and the first of such places.</summary>
    List<int> Cut()
    {
        var steps = _plan.Steps;
        var alive = new int[steps.Length + 1];
        for (var i = 0; i < steps.Length; i++)
        {
            for (var k = i + 1; _lastUse[i] != Forever && k <= _lastUse[i]; k++) alive[k]++;
        }

        var ends = new List<int>();
        for (var from = 0; from < steps.Length; from = ends[^1])
        {
            var (best, cost) = (steps.Length, 0);
            for (var to = from + 1; to <= steps.Length; to++)
            {
                cost += CostOf(steps[to - 1]);
                if (cost > CostMax && best < steps.Length) break;
                if (cost >= CostMin && (best == steps.Length || alive[to] < alive[best])) best = to;
                if (cost > CostMax) break;
            }

            ends.Add(best);
        }

        return ends;
    }

    static int CostOf(Step step) => step.Kind switch
    {
        StepKind.Cube or StepKind.CubeSum => 24,
        StepKind.Multiply => 13,
        StepKind.MultiplyConstant => 9,
        StepKind.MultiplyAdd => 10,
        StepKind.Chain => 3 * step.Right,
        _ => 3,
    };

    sealed record Piece(TileBlock Code, int FirstSlot, int FirstConstant);
}
