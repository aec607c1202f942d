namespace ZkExchange.Fields.Kernels;

/// <summary>The instruction sets that kernels are written for, weakest first.</summary>
public enum KernelSet
{
    /// <summary>One element at a time: the definition, on any machine.</summary>
    Scalar,

    /// <summary>Eight lanes.</summary>
    Avx2,

    /// <summary>Sixteen lanes (AVX-512 F and BW).</summary>
    Avx512,
}
