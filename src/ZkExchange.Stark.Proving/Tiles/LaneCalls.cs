using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ZkExchange.Fields.Kernels;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>The intrinsics that emitted code is made of, in one width: each is one instruction, or none.</summary>
sealed class LaneCalls
{
    unsafe delegate TVector Loads<TVector>(uint* words);

    unsafe delegate void Stores<TVector>(uint* words, TVector vector);

    /// <summary>The set of the process, or null where there are no lanes or no code may be emitted.</summary>
    public static LaneCalls? Selected { get; } = Of(KernelChoice.Selected);

    /// <summary>Bytes of a vector.</summary>
    public required int Bytes { get; init; }

    /// <summary>A vector of words of 32 bits.</summary>
    public required Type Words { get; init; }

    /// <summary>A vector of signed words of 32 bits.</summary>
    public required Type Ints { get; init; }

    /// <summary>A vector of signed words of 64 bits.</summary>
    public required Type Wide { get; init; }

    public required MethodInfo Load { get; init; }

    public required MethodInfo Store { get; init; }

    public required MethodInfo Broadcast { get; init; }

    public required MethodInfo Add { get; init; }

    public required MethodInfo Subtract { get; init; }

    /// <summary>Unsigned.</summary>
    public required MethodInfo Min { get; init; }

    public required MethodInfo And { get; init; }

    public required MethodInfo ShiftRight { get; init; }

    /// <summary>The low halves of the products of words.</summary>
    public required MethodInfo MultiplyLow { get; init; }

    /// <summary>The signed products of even words.</summary>
    public required MethodInfo MultiplyEven { get; init; }

    public required MethodInfo SubtractWide { get; init; }

    /// <summary>Each odd word twice.</summary>
    public required MethodInfo DuplicateOdd { get; init; }

    /// <summary>Words of two vectors by index; null where there is no such instruction.</summary>
    public MethodInfo? Merge { get; init; }

    /// <summary>Words of two vectors by mask; where <see cref="Merge"/> is null.</summary>
    public MethodInfo? Blend { get; init; }

    public required MethodInfo FloatsOfWords { get; init; }

    public required MethodInfo FloatsOfWide { get; init; }

    public required MethodInfo WordsOfFloats { get; init; }

    public required MethodInfo IntsOfFloats { get; init; }

    public required MethodInfo WordsOfWide { get; init; }

    public required MethodInfo IntsOfWords { get; init; }

    public required MethodInfo IntsOfWide { get; init; }

    /// <summary>The calls of a kernel set that this machine can run.</summary>
    public static LaneCalls? Of(KernelSet set)
    {
        if (!RuntimeFeature.IsDynamicCodeCompiled) return null;

        return set switch
        {
            KernelSet.Avx512 => Sixteen(),
            KernelSet.Avx2 => Eight(),
            _ => null,
        };
    }

    static unsafe LaneCalls Sixteen() => new()
    {
        Bytes = Vector512<byte>.Count,
        Words = typeof(Vector512<uint>),
        Ints = typeof(Vector512<int>),
        Wide = typeof(Vector512<long>),
        Load = Of((Loads<Vector512<uint>>)Avx512F.LoadVector512),
        Store = Of((Stores<Vector512<uint>>)Avx512F.Store),
        Broadcast = Of((Func<uint, Vector512<uint>>)Vector512.Create),
        Add = Of((Func<Vector512<uint>, Vector512<uint>, Vector512<uint>>)Avx512F.Add),
        Subtract = Of((Func<Vector512<uint>, Vector512<uint>, Vector512<uint>>)Avx512F.Subtract),
        Min = Of((Func<Vector512<uint>, Vector512<uint>, Vector512<uint>>)Avx512F.Min),
        And = Of((Func<Vector512<uint>, Vector512<uint>, Vector512<uint>>)Avx512F.And),
        ShiftRight = Of((Func<Vector512<uint>, byte, Vector512<uint>>)Avx512F.ShiftRightLogical),
        MultiplyLow = Of((Func<Vector512<uint>, Vector512<uint>, Vector512<uint>>)Avx512F.MultiplyLow),
        MultiplyEven = Of((Func<Vector512<int>, Vector512<int>, Vector512<long>>)Avx512F.Multiply),
        SubtractWide = Of((Func<Vector512<long>, Vector512<long>, Vector512<long>>)Avx512F.Subtract),
        DuplicateOdd = Of((Func<Vector512<float>, Vector512<float>>)Avx512F.DuplicateOddIndexed),
        Merge = Of(
            (Func<Vector512<uint>, Vector512<uint>, Vector512<uint>, Vector512<uint>>)Avx512F.PermuteVar16x32x2),
        FloatsOfWords = Of((Func<Vector512<uint>, Vector512<float>>)Vector512.AsSingle),
        FloatsOfWide = Of((Func<Vector512<long>, Vector512<float>>)Vector512.AsSingle),
        WordsOfFloats = Of((Func<Vector512<float>, Vector512<uint>>)Vector512.AsUInt32),
        IntsOfFloats = Of((Func<Vector512<float>, Vector512<int>>)Vector512.AsInt32),
        WordsOfWide = Of((Func<Vector512<long>, Vector512<uint>>)Vector512.AsUInt32),
        IntsOfWords = Of((Func<Vector512<uint>, Vector512<int>>)Vector512.AsInt32),
        IntsOfWide = Of((Func<Vector512<long>, Vector512<int>>)Vector512.AsInt32),
    };

    static unsafe LaneCalls Eight() => new()
    {
        Bytes = Vector256<byte>.Count,
        Words = typeof(Vector256<uint>),
        Ints = typeof(Vector256<int>),
        Wide = typeof(Vector256<long>),
        Load = Of((Loads<Vector256<uint>>)Avx.LoadVector256),
        Store = Of((Stores<Vector256<uint>>)Avx.Store),
        Broadcast = Of((Func<uint, Vector256<uint>>)Vector256.Create),
        Add = Of((Func<Vector256<uint>, Vector256<uint>, Vector256<uint>>)Avx2.Add),
        Subtract = Of((Func<Vector256<uint>, Vector256<uint>, Vector256<uint>>)Avx2.Subtract),
        Min = Of((Func<Vector256<uint>, Vector256<uint>, Vector256<uint>>)Avx2.Min),
        And = Of((Func<Vector256<uint>, Vector256<uint>, Vector256<uint>>)Avx2.And),
        ShiftRight = Of((Func<Vector256<uint>, byte, Vector256<uint>>)Avx2.ShiftRightLogical),
        MultiplyLow = Of((Func<Vector256<uint>, Vector256<uint>, Vector256<uint>>)Avx2.MultiplyLow),
        MultiplyEven = Of((Func<Vector256<int>, Vector256<int>, Vector256<long>>)Avx2.Multiply),
        SubtractWide = Of((Func<Vector256<long>, Vector256<long>, Vector256<long>>)Avx2.Subtract),
        DuplicateOdd = Of((Func<Vector256<float>, Vector256<float>>)Avx.DuplicateOddIndexed),
        Blend = Of((Func<Vector256<uint>, Vector256<uint>, byte, Vector256<uint>>)Avx2.Blend),
        FloatsOfWords = Of((Func<Vector256<uint>, Vector256<float>>)Vector256.AsSingle),
        FloatsOfWide = Of((Func<Vector256<long>, Vector256<float>>)Vector256.AsSingle),
        WordsOfFloats = Of((Func<Vector256<float>, Vector256<uint>>)Vector256.AsUInt32),
        IntsOfFloats = Of((Func<Vector256<float>, Vector256<int>>)Vector256.AsInt32),
        WordsOfWide = Of((Func<Vector256<long>, Vector256<uint>>)Vector256.AsUInt32),
        IntsOfWords = Of((Func<Vector256<uint>, Vector256<int>>)Vector256.AsInt32),
        IntsOfWide = Of((Func<Vector256<long>, Vector256<int>>)Vector256.AsInt32),
    };

    static MethodInfo Of(Delegate call) => call.Method;
}
