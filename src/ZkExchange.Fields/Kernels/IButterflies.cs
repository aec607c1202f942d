namespace ZkExchange.Fields.Kernels;

/// <summary>Gentleman-Sande layers over whole rows, for the four-step transform.</summary>
/// <remarks>
/// A butterfly takes (a, b) to (a + b, (a - b) w). Radix 8 runs three layers over eight rows that stay in registers,
/// radix 4 two over four, radix 2 one over two. Row i of the input lies at s + i ss, of the output at d + i ds; the two
/// may be the same. <c>words</c> is a multiple of 16, rows are aligned to 64 bytes, all words are canonical residues.
/// Down starts with the rows farthest apart, Up with neighbours:
/// <code>
/// Down8   (0,4) (1,5) (2,6) (3,7)   twiddles 0 1 2 3        Up8   (0,1) (2,3) (4,5) (6,7)   twiddles 0 1 2 3
///         (0,2) (1,3)               4 5                           (0,2) (1,3)               4
///         (4,6) (5,7)               4 5                           (4,6) (5,7)               5
///         (0,1) (2,3) (4,5) (6,7)   6                             (0,4) (1,5) (2,6) (3,7)   6
/// Down4   (0,2) (1,3)               0 1                     Up4   (0,1) (2,3)               0 1
///         (0,1) (2,3)               2                             (0,2) (1,3)               2
/// Two     (0,1)                     0
/// </code>
/// <c>stream</c> asks for stores that pass the caches by.
/// </remarks>
unsafe interface IButterflies
{
    static abstract void Down8(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream);

    static abstract void Down4(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream);

    static abstract void Up8(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream);

    static abstract void Up4(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream);

    static abstract void Two(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream);

    /// <summary>d = s * factor over one row.</summary>
    static abstract void Scale(uint* d, uint* s, int words, uint factor);

    /// <summary>d += s * factor over one row.</summary>
    static abstract void AddScaled(uint* d, uint* s, int words, uint factor);
}
