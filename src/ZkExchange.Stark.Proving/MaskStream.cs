using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving;

/// <summary>Uniform elements from SHA-256(seed || u32 purpose || u64 counter), counter = 0, 1, ..</summary>
sealed class MaskStream
{
    readonly byte[] _prefix;
    readonly Digest32[] _blocks = new Digest32[SeedBlocks.BatchSize];
    ulong _counter;
    int _next = int.MaxValue;

    /// <param name="seed">32 bytes.</param>
    /// <param name="purpose">What the elements are for.</param>
    public MaskStream(ReadOnlySpan<byte> seed, uint purpose) => _prefix = Prefix(seed, purpose);

    /// <summary>seed || u32 purpose.</summary>
    public static byte[] Prefix(ReadOnlySpan<byte> seed, uint purpose)
    {
        var prefix = new byte[Masks.SeedBytes + sizeof(uint)];
        seed.CopyTo(prefix);
        BinaryPrimitives.WriteUInt32LittleEndian(prefix.AsSpan(Masks.SeedBytes), purpose);
        return prefix;
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
}
