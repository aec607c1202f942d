using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving;

/// <summary>Uniform elements from SHA-256(seed || u32 purpose || u64 counter), counter = 0, 1, ..</summary>
/// <remarks>Holds a copy of the seed and the last blocks drawn: disposing wipes both.</remarks>
sealed class MaskStream : IDisposable
{
    /// <summary>Bytes of a seed and a purpose.</summary>
    public const int PrefixBytes = Masks.SeedBytes + sizeof(uint);

    readonly byte[] _prefix = new byte[PrefixBytes];
    readonly Digest32[] _blocks = new Digest32[SeedBlocks.BatchSize];
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
        var words = MemoryMarshal.Cast<Digest32, uint>(_blocks);
        while (true)
        {
            if (_next >= words.Length)
            {
                SeedBlocks.Hash(_prefix, _counter, _blocks);
                _counter += (ulong)_blocks.Length;
                _next = 0;
            }

            var word = words[_next++];
            if (!BitConverter.IsLittleEndian) word = BinaryPrimitives.ReverseEndianness(word);
            word &= 0x7FFF_FFFF;
            if (word < KoalaBear.Modulus) return KoalaBear.From(word);
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
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_blocks.AsSpan()));
        _next = int.MaxValue;
    }
}
