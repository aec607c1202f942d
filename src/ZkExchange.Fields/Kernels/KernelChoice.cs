using System.Runtime.Intrinsics.X86;

namespace ZkExchange.Fields.Kernels;

/// <summary>Chooses the kernels of the process, once, at its start.</summary>
/// <remarks>All sets compute the same words; the choice changes time alone.</remarks>
public static class KernelChoice
{
    /// <summary>Forces a weaker set than the machine's: avx512, avx2 or scalar.</summary>
    public const string Variable = "ZKX_KERNELS";

    /// <summary>The strongest set that the machine has and the runtime may use.</summary>
    // Avx512F, not Vector512.IsHardwareAccelerated: the latter is false on parts that slow down under wide vectors.
    public static KernelSet Strongest { get; } =
        Avx512F.IsSupported && Avx512BW.IsSupported ? KernelSet.Avx512
        : Avx2.IsSupported ? KernelSet.Avx2
        : KernelSet.Scalar;

    /// <summary>The set in use.</summary>
    public static KernelSet Selected { get; } = Select(Environment.GetEnvironmentVariable(Variable), Strongest);

    /// <summary>Every set that this machine can run, for tests that compare them.</summary>
    public static IEnumerable<KernelSet> Available => Enum.GetValues<KernelSet>().Where(set => set <= Strongest);

    /// <summary>The set for a wish: never more than the machine has; an unknown wish is ours to correct.</summary>
    internal static KernelSet Select(string? wish, KernelSet strongest)
    {
        if (string.IsNullOrEmpty(wish)) return strongest;
        var wished = wish switch
        {
            "avx512" => KernelSet.Avx512,
            "avx2" => KernelSet.Avx2,
            "scalar" => KernelSet.Scalar,
            _ => throw new InvalidOperationException($"{Variable} is avx512, avx2 or scalar, not \"{wish}\"."),
        };
        return wished < strongest ? wished : strongest;
    }
}
