using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>Takes a run of steps apart into its form and its data.</summary>
sealed class BlockWriter
{
    readonly List<int> _slots = [];
    readonly List<int> _constants = [];
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
            var operands = plan.OperandsOf(step);
            for (var k = 0; k < operands.Length; k++) operands[k] = PlaceOf(operands[k]);
            steps[i - from] = new(step.Kind, lastUse[i] >= to ? AddSlot(step.Target) : -1, form, operands);
            _places[step.Target] = i - from;
        }

        Form = new(steps);
    }

    public BlockForm Form { get; }

    /// <summary>The planes that are read and written.</summary>
    public IReadOnlyList<int> Slots => _slots;

    /// <summary>The words that its steps take in turn.</summary>
    public IReadOnlyList<int> Constants => _constants;

    int PlaceOf(int plane)
    {
        if (!_places.TryGetValue(plane, out var place)) _places.Add(plane, place = ~AddSlot(plane));
        return place;
    }

    int AddSlot(int plane)
    {
        _slots.Add(plane);
        return _slots.Count - 1;
    }

    ConstantForm WriteConstant(Step step)
    {
        var residue = step.Right;
        if (step.Kind is StepKind.AddConstant or StepKind.SubtractFromConstant or StepKind.Fill)
            _constants.Add(residue);
        else if (step.Kind == StepKind.CubeSum)
            _constants.Add(residue - (int)KoalaBear.Modulus);    // x + c - p is in [-p, p): signed products take it

        if (step.Kind is not (StepKind.MultiplyConstant or StepKind.MultiplyAdd)) return default;

        var form = ConstantForm.Of(KoalaBear.FromResidue((uint)residue));
        if (form.Shift > 0)
        {
            _constants.Add((1 << form.Shift) - 1);
            _constants.Add((int)ConstantForm.ShiftFactor(form.Shift));
        }
        else if (form.Multiple == 0)
        {
            _constants.Add(residue);
            _constants.Add((int)((uint)residue * KoalaBear.ModulusInverse));
        }

        return form;
    }
}
