// From the form of a block to a method. Its body handles one vector of points and is run for each vector of the tile;
// values stay in locals, that is, in registers as far as they go. Formulas and bounds are those of Tile512.

using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>Writes the code of one block.</summary>
/// <remarks>Methods whose names begin with Push leave a vector on the stack; the others take theirs from it.</remarks>
sealed class BlockEmitter
{
    /// <summary>A plane is read again instead of kept if its next use is further away than that, in steps.</summary>
    const int NearSteps = 12;

    // Where the odd words of two vectors come from, in turn. Pinned: emitted code holds the address.
    static readonly uint[] s_upperHalves = Indices();

    readonly LaneCalls _lanes;
    readonly BlockStep[] _steps;
    readonly ILGenerator _il;
    readonly DynamicMethod _method;
    readonly LocalBuilder _modulus;
    readonly LocalBuilder _inverse;
    readonly LocalBuilder _upperHalves;
    readonly LocalBuilder[] _values;                         // of steps
    readonly Dictionary<int, LocalBuilder> _kept = [];       // of slots
    int _step;
    int _constants;

    /// <param name="lanes">The instructions.</param>
    /// <param name="form">The block.</param>
    public BlockEmitter(LaneCalls lanes, BlockForm form)
    {
        _lanes = lanes;
        _steps = form.Steps;
        _values = new LocalBuilder[_steps.Length];
        _method = new(
            nameof(TileBlock), typeof(void), [typeof(byte*), typeof(nint*), typeof(uint*)],
            typeof(BlockEmitter).Module, skipVisibility: true);
        _il = _method.GetILGenerator();
        _modulus = _il.DeclareLocal(lanes.Words);
        _inverse = _il.DeclareLocal(lanes.Words);
        _upperHalves = _il.DeclareLocal(lanes.Words);
    }

    /// <summary>The compiled block.</summary>
    public TileBlock Emit()
    {
        var end = _il.DeclareLocal(typeof(byte*));
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldc_I4, Tile.Points * sizeof(uint));
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, end);
        SetEverywhere(_modulus, KoalaBear.Modulus);
        SetEverywhere(_inverse, KoalaBear.ModulusInverse);
        if (_lanes.Merge is not null)
        {
            _il.Emit(OpCodes.Ldc_I8, (long)Marshal.UnsafeAddrOfPinnedArrayElement(s_upperHalves, 0));
            _il.Emit(OpCodes.Conv_U);
            Call(_lanes.Load);
            _il.Emit(OpCodes.Stloc, _upperHalves);
        }

        var top = _il.DefineLabel();
        _il.MarkLabel(top);
        for (_step = 0; _step < _steps.Length; _step++) EmitStep(_steps[_step]);
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldc_I4, _lanes.Bytes);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Starg_S, (byte)0);
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldloc, end);
        _il.Emit(OpCodes.Blt_Un, top);
        _il.Emit(OpCodes.Ret);
        return _method.CreateDelegate<TileBlock>();
    }

    void EmitStep(BlockStep step)
    {
        PushValue(step);
        _values[_step] = Set(_lanes.Words);
        if (step.Slot < 0) return;

        PushAddress(step.Slot);
        Get(_values[_step]);
        Call(_lanes.Store);
    }

    void PushValue(BlockStep step)
    {
        var operands = step.Operands;
        switch (step.Kind)
        {
            case StepKind.Add or StepKind.Subtract or StepKind.Multiply:
                Push(operands[0]);
                Push(operands[1]);
                if (step.Kind == StepKind.Add) AddModular();
                else if (step.Kind == StepKind.Subtract) SubtractModular();
                else Multiply();
                break;
            case StepKind.AddConstant:
                Push(operands[0]);
                PushConstant();
                AddModular();
                break;
            case StepKind.SubtractFromConstant:
                PushConstant();
                Push(operands[0]);
                SubtractModular();
                break;
            case StepKind.Cube:
                Push(operands[0]);
                Cube();
                break;
            case StepKind.CubeSum:
                Push(operands[0]);
                PushConstant();
                Call(_lanes.Add);
                Cube();
                break;
            case StepKind.Chain:
                PushSum(operands);
                break;
            case StepKind.MultiplyConstant or StepKind.MultiplyAdd:
                PushMultiple(step);
                break;
            default:
                Check.That(step.Kind == StepKind.Fill);
                PushConstant();
                break;
        }
    }

    /// <summary>c x, or y + c x.</summary>
    void PushMultiple(BlockStep step)
    {
        var isSum = step.Kind == StepKind.MultiplyAdd;
        var isNegative = step.Form.IsNegative;
        if (isSum) Push(step.Operands[1]);
        else if (isNegative) PushZero();
        Push(step.Operands[0]);
        Scale(step.Form);
        if (isNegative) SubtractModular();
        else if (isSum) AddModular();
    }

    /// <summary>An operand.</summary>
    void Push(int operand)
    {
        if (operand >= 0)
        {
            Get(_values[operand]);
            return;
        }

        if (!_kept.TryGetValue(operand, out var kept))
        {
            PushAddress(~operand);
            Call(_lanes.Load);
            if (!IsUsedSoon(operand)) return;

            kept = Set(_lanes.Words);
            _kept.Add(operand, kept);
        }
        else if (!IsUsedSoon(operand))
        {
            _kept.Remove(operand);
        }

        Get(kept);
    }

    bool IsUsedSoon(int operand)
    {
        for (var i = _step + 1; i < _steps.Length && i <= _step + NearSteps; i++)
        {
            if (Array.IndexOf(_steps[i].Operands, operand) >= 0) return true;
        }

        return false;
    }

    /// <summary>The next constant, everywhere.</summary>
    void PushConstant()
    {
        _il.Emit(OpCodes.Ldarg_2);
        _il.Emit(OpCodes.Ldc_I4, _constants++ * sizeof(uint));
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldind_U4);
        Call(_lanes.Broadcast);
    }

    void PushZero()
    {
        _il.Emit(OpCodes.Ldc_I4_0);
        Call(_lanes.Broadcast);
    }

    void PushAddress(int slot)
    {
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldarg_1);
        _il.Emit(OpCodes.Ldc_I4, slot * sizeof(long));
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldind_I);
        _il.Emit(OpCodes.Add);
    }

    /// <summary>A sum as a tree: neighbours first, so that additions do not wait for each other.</summary>
    void PushSum(ReadOnlySpan<int> operands)
    {
        if (operands.Length == 1)
        {
            Push(operands[0]);
            return;
        }

        PushSum(operands[..(operands.Length / 2)]);
        PushSum(operands[(operands.Length / 2)..]);
        AddModular();
    }

    /// <summary>a + b, or a + b - p, which is huge below zero.</summary>
    void AddModular()
    {
        Call(_lanes.Add);
        var sum = Set(_lanes.Words);
        Get(sum);
        Get(sum);
        Get(_modulus);
        Call(_lanes.Subtract);
        Call(_lanes.Min);
    }

    /// <summary>a - b, which is huge below zero, or a - b + p.</summary>
    void SubtractModular()
    {
        Call(_lanes.Subtract);
        Canonicalise();
    }

    /// <summary>-p &lt; t &lt; p to [0, p).</summary>
    void Canonicalise()
    {
        var value = Set(_lanes.Words);
        Get(value);
        Get(value);
        Get(_modulus);
        Call(_lanes.Add);
        Call(_lanes.Min);
    }

    void Multiply()
    {
        var right = Set(_lanes.Words);
        var left = Set(_lanes.Words);
        PushEven(left);
        PushEven(right);
        Call(_lanes.MultiplyEven);
        Reduce();
        PushOdd(left);
        PushOdd(right);
        Call(_lanes.MultiplyEven);
        Reduce();
        MergeHalves();
    }

    /// <summary>The cube of a value in [-p, p). The halves stay apart between the two products.</summary>
    void Cube()
    {
        var value = Set(_lanes.Words);
        PushOdd(value);
        var odd = Set(_lanes.Ints);
        foreach (var half in (ReadOnlySpan<LocalBuilder>)[value, odd])
        {
            PushEven(half);
            PushEven(half);
            Call(_lanes.MultiplyEven);
            Reduce();
            Call(_lanes.FloatsOfWide);
            Call(_lanes.DuplicateOdd);
            Call(_lanes.IntsOfFloats);
            PushEven(half);
            Call(_lanes.MultiplyEven);
            Reduce();
        }

        MergeHalves();
    }

    /// <summary>|c| x.</summary>
    void Scale(ConstantForm form)
    {
        if (form.Shift > 0)
        {
            var value = Set(_lanes.Words);
            Get(value);
            _il.Emit(OpCodes.Ldc_I4, form.Shift);
            Call(_lanes.ShiftRight);
            Get(value);
            PushConstant();
            Call(_lanes.And);
            PushConstant();
            Call(_lanes.MultiplyLow);
            SubtractModular();
        }
        else if (form.Multiple == 0)
        {
            ScaleByProduct();
        }
        else if (form.Multiple > 1)
        {
            var value = Set(_lanes.Words);
            Get(value);
            Get(value);
            AddModular();
            if (form.Multiple == 2) return;

            var two = Set(_lanes.Words);
            Get(two);
            Get(form.Multiple == 3 ? value : two);
            AddModular();
        }
    }

    /// <summary>Montgomery's product with a constant c, c / p (mod 2^32) beside it.</summary>
    void ScaleByProduct()
    {
        var value = Set(_lanes.Words);
        PushConstant();
        var factor = Set(_lanes.Words);
        Get(value);
        PushConstant();
        Call(_lanes.MultiplyLow);
        var quotient = Set(_lanes.Words);
        PushEven(value);
        PushEven(factor);
        Call(_lanes.MultiplyEven);
        PushEven(quotient);
        PushEven(_modulus);
        Call(_lanes.MultiplyEven);
        Call(_lanes.SubtractWide);
        PushOdd(value);
        PushEven(factor);
        Call(_lanes.MultiplyEven);
        PushOdd(quotient);
        PushEven(_modulus);
        Call(_lanes.MultiplyEven);
        Call(_lanes.SubtractWide);
        MergeHalves();
    }

    /// <summary>A signed product less the multiple of p that clears its low half.</summary>
    void Reduce()
    {
        var product = Set(_lanes.Wide);
        Get(product);
        Get(product);
        Call(_lanes.IntsOfWide);
        PushEven(_inverse);
        Call(_lanes.MultiplyEven);
        Call(_lanes.IntsOfWide);
        PushEven(_modulus);
        Call(_lanes.MultiplyEven);
        Call(_lanes.SubtractWide);
    }

    /// <summary>A local as a factor of its even words.</summary>
    void PushEven(LocalBuilder value)
    {
        Get(value);
        if (value.LocalType == _lanes.Words) Call(_lanes.IntsOfWords);
    }

    /// <summary>A local as a factor of its odd words.</summary>
    void PushOdd(LocalBuilder value)
    {
        Get(value);
        Call(_lanes.FloatsOfWords);
        Call(_lanes.DuplicateOdd);
        Call(_lanes.IntsOfFloats);
    }

    /// <summary>The upper halves of even and odd words, in (-p, p), as words of [0, p).</summary>
    void MergeHalves()
    {
        Call(_lanes.WordsOfWide);
        var odd = Set(_lanes.Words);
        if (_lanes.Merge is not null)
        {
            Call(_lanes.WordsOfWide);
            Get(_upperHalves);
            Get(odd);
            Call(_lanes.Merge);
        }
        else
        {
            const int oddWords = 0xAA;
            Call(_lanes.FloatsOfWide);
            Call(_lanes.DuplicateOdd);
            Call(_lanes.WordsOfFloats);
            Get(odd);
            _il.Emit(OpCodes.Ldc_I4, oddWords);
            Call(_lanes.Blend!);
        }

        Canonicalise();
    }

    void SetEverywhere(LocalBuilder local, uint value)
    {
        _il.Emit(OpCodes.Ldc_I4, (int)value);
        Call(_lanes.Broadcast);
        _il.Emit(OpCodes.Stloc, local);
    }

    static uint[] Indices()
    {
        var indices = GC.AllocateArray<uint>(Matrix.Lanes, pinned: true);
        for (var i = 0U; i < indices.Length; i++) indices[i] = i % 2 == 0 ? i + 1 : i + Matrix.Lanes;
        return indices;
    }

    void Call(MethodInfo method) => _il.Emit(OpCodes.Call, method);

    void Get(LocalBuilder local) => _il.Emit(OpCodes.Ldloc, local);

    /// <summary>What is on the stack, in a local of its own.</summary>
    LocalBuilder Set(Type type)
    {
        var local = _il.DeclareLocal(type);
        _il.Emit(OpCodes.Stloc, local);
        return local;
    }
}
