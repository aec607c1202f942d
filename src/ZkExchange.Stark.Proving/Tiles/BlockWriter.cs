using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>Takes a run of steps apart into its form and its data.</summary>
sealed class BlockWriter
{
    readonly List<nint> _slots = [];
    readonly List<uint> _constants = [];
    readonly Dictionary<int, int> _places = [];              // of a plane: a step of the block, or a slot's complement

    /// <param name="plan">The program.</param>
    /// <param name="lastUse">For each step the last that reads its value.</param>
    /// <param name="from">The first step.</param>
    /// <param name="to">The step behind the last.</param>
    public BlockWriter(TileCompiler plan, int[] lastUse, int from, int to)
    {
        var steps = new BlockStep[to - from];
        for (var i = from; i < to; i++)
        {
            var step = plan.Steps[i];
            var form = WriteConstant(step);
            int[] operands = [.. plan.OperandsOf(step).Select(PlaceOf)];
            steps[i - from] = new(step.Kind, lastUse[i] >= to ? AddSlot(step.Target) : -1, form, operands);
            _places[step.Target] = i - from;
        }

        Form = new(steps);
    }

    public BlockForm Form { get; }

    /// <summary>The planes that are read and written, as offsets in bytes.</summary>
    public IReadOnlyList<nint> Slots => _slots;

    /// <summary>What its steps take in turn.</summary>
    public IReadOnlyList<uint> Constants => _constants;

    int PlaceOf(int plane)
    {
        if (!_places.TryGetValue(plane, out var place)) _places.Add(plane, place = ~AddSlot(plane));
        return place;
    }

    int AddSlot(int plane)
    {
        _slots.Add((nint)plane * Tile.Points * sizeof(uint));
        return _slots.Count - 1;
    }

    ConstantForm WriteConstant(in Step step)
    {
        var residue = (uint)step.Right;
        if (step.Kind is StepKind.AddConstant or StepKind.SubtractFromConstant or StepKind.Fill)
            _constants.Add(residue);
        else if (step.Kind == StepKind.CubeSum)
            _constants.Add(residue - KoalaBear.Modulus);     // x + c - p is in [-p, p): signed products take it

        if (step.Kind is not (StepKind.MultiplyConstant or StepKind.MultiplyAdd)) return default;

        var form = ConstantForm.Of(KoalaBear.FromResidue(residue));
        if (form.Shift > 0) _constants.AddRange([(1U << form.Shift) - 1, ConstantForm.ShiftFactor(form.Shift)]);
        else if (form.Multiple == 0) _constants.AddRange([residue, residue * KoalaBear.ModulusInverse]);
        return form;
    }
}
