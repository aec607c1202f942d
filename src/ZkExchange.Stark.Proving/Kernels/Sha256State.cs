namespace ZkExchange.Stark.Proving.Kernels;

/// <summary>Constants of SHA-256 (FIPS 180-4).</summary>
static unsafe class Sha256State
{
    /// <summary>Words of a state.</summary>
    public const int Words = 8;

    /// <summary>Words of a block.</summary>
    public const int BlockWords = 16;

    /// <summary>Bytes of a block.</summary>
    public const int BlockBytes = BlockWords * sizeof(uint);

    /// <summary>The first word behind a message that ends with a whole word.</summary>
    public const uint Terminator = 0x8000_0000;

    /// <summary>The state before the first block.</summary>
    public static ReadOnlySpan<uint> Initial =>
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    /// <summary>The initial state in every lane.</summary>
    public static void FillInitial(uint* state, int lanes)
    {
        for (var i = 0; i < Words; i++) Fill(state + i * lanes, Initial[i], lanes);
    }

    /// <summary>One word in every lane.</summary>
    public static void Fill(uint* vector, uint word, int lanes) => new Span<uint>(vector, lanes).Fill(word);
}
