namespace ZkExchange.Fields.Kernels;

/// <summary>Gentleman-Sande layers over whole rows, for the four-step transform.</summary>
/// <remarks>
/// A butterfly takes (a, b) to (a + b, (a - b) w). Radix 16 runs four layers over sixteen rows that stay in registers,
/// radix 8 three over eight, radix 4 two over four, radix 2 one over two. Row i of the input lies at s + i ss, of the
/// output at d + i ds; the two may be the same. <c>words</c> is a multiple of 16, rows are aligned to 64 bytes, all
/// words are canonical residues. A twiddle is a <see cref="Factor"/>, two words. Down starts with the rows farthest
/// apart, Up with neighbours:
/// <code>
/// Down8   (0,4) (1,5) (2,6) (3,7)   twiddles 0 1 2 3        Up8   (0,1) (2,3) (4,5) (6,7)   twiddles 0 1 2 3
///         (0,2) (1,3)               4 5                           (0,2) (1,3)               4
///         (4,6) (5,7)               4 5                           (4,6) (5,7)               5
///         (0,1) (2,3) (4,5) (6,7)   6                             (0,4) (1,5) (2,6) (3,7)   6
/// Down4   (0,2) (1,3)               0 1                     Up4   (0,1) (2,3)               0 1
///         (0,1) (2,3)               2                             (0,2) (1,3)               2
/// Two     (0,1)                     0
/// </code>
/// and so on for 16. Up multiplies row i by factor i first, unless <c>factors</c> is null. <c>stream</c> asks for
/// stores that pass the caches by; it is no more than a wish.
/// </remarks>
unsafe interface IButterflies
{
    static abstract void Down16(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream);

    static abstract void Down8(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream);

    static abstract void Down4(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream);

    static abstract void Up16(
        uint* s, long ss, uint* d, long ds, int words, uint* twiddles, uint* factors, bool stream);

    static abstract void Up8(
        uint* s, long ss, uint* d, long ds, int words, uint* twiddles, uint* factors, bool stream);

    static abstract void Up4(
        uint* s, long ss, uint* d, long ds, int words, uint* twiddles, uint* factors, bool stream);

    static abstract void Two(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, uint* factors);

    /// <summary>d = s * factor over one row.</summary>
    static abstract void Scale(uint* d, uint* s, int words, Factor factor);

    /// <summary>d += s * factor over one row.</summary>
    static abstract void AddScaled(uint* d, uint* s, int words, Factor factor);

    /// <summary>The factors of products of residues with one more residue.</summary>
    /// <param name="d">Receives pairs of words.</param>
    /// <param name="residues">Residues.</param>
    /// <param name="count">How many, a multiple of 16.</param>
    /// <param name="residue">One more.</param>
    static abstract void Factors(uint* d, uint* residues, int count, uint residue);
}
