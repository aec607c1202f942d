using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ZkExchange.Fields;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Proving;

/// <summary>Uniform elements from SHA-256(seed || u32 purpose || u64 counter), counter = 0, 1, ..</summary>
/// <remarks>Holds a copy of the seed and the last blocks drawn: disposing wipes both.</remarks>
sealed class MaskStream : IDisposable
{
    /// <summary>Bytes of a seed and a purpose.</summary>
    public const int PrefixBytes = Masks.SeedBytes + sizeof(uint);

    /// <summary>Blocks drawn at a time.</summary>
    public const int Blocks = 4 * SeedBlocks.BatchSize;

    const int Words = Blocks * Digest32.Bytes / sizeof(uint);

    // 2^64 mod p: what takes an integer into Montgomery form, one product.
    static readonly uint s_intoResidues = KoalaBear.From(KoalaBear.One.Residue).Residue;

    readonly byte[] _prefix = new byte[PrefixBytes];
    readonly uint[] _integers = new uint[Words];
    readonly uint[] _residues = new uint[Words];
    ulong _counter;
    int _next = int.MaxValue;

    /// <param name="seed">32 bytes.</param>
    /// <param name="purpose">What the elements are for.</param>
    public MaskStream(ReadOnlySpan<byte> seed, uint purpose) => WritePrefix(_prefix, seed, purpose);

    /// <summary>Writes seed || u32 purpose. Whoever holds the span wipes it.</summary>
    public static void WritePrefix(Span<byte> prefix, ReadOnlySpan<byte> seed, uint purpose)
    {
        seed.CopyTo(prefix);
        BinaryPrimitives.WriteUInt32LittleEndian(prefix[Masks.SeedBytes..], purpose);
    }

    /// <summary>The next element of F: 31 bits at a time, those of p or more are skipped.</summary>
    public KoalaBear Element()
    {
        while (true)
        {
            if (_next >= Words) Draw();
            var word = _next++;
            if (_integers[word] < KoalaBear.Modulus) return KoalaBear.FromResidue(_residues[word]);
        }
    }

    /// <summary>The next element of E.</summary>
    public Quintic Extension() => new(Element(), Element(), Element(), Element(), Element());

    /// <summary>Fills a span with elements.</summary>
    public void Fill(Span<KoalaBear> elements)
    {
        foreach (ref var element in elements) element = Element();
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_prefix);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_integers.AsSpan()));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_residues.AsSpan()));
        _next = int.MaxValue;
    }

    /// <summary>The next blocks, as integers of 31 bits and as residues.</summary>
    unsafe void Draw()
    {
        SeedBlocks.Hash(_prefix, _counter, MemoryMarshal.Cast<uint, Digest32>(_integers.AsSpan()));
        _counter += Blocks;
        _next = 0;
        foreach (ref var word in _integers.AsSpan())
        {
            if (!BitConverter.IsLittleEndian) word = BinaryPrimitives.ReverseEndianness(word);
            word &= 0x7FFF_FFFF;
        }

        fixed (uint* integers = _integers, residues = _residues)
        {
            TileMath.MultiplyConstant(residues, integers, s_intoResidues, Words);
        }
    }
}
