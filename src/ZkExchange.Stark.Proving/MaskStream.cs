using System.Buffers.Binary;
using System.Security.Cryptography;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving;

/// <summary>Uniform elements from SHA-256(seed || u32 purpose || u64 counter), counter = 0, 1, ..</summary>
struct MaskStream(byte[] seed, uint purpose)
{
    const int WordsPerBlock = Masks.SeedBytes / sizeof(uint);

    Words _words;
    ulong _counter;
    int _next = WordsPerBlock;

    /// <summary>The next element of F: 31 bits at a time, those of p or more are skipped.</summary>
    public KoalaBear Element()
    {
        while (true)
        {
            if (_next == WordsPerBlock) Refill();

            var word = _words[_next++] & 0x7FFF_FFFF;
            if (word < KoalaBear.Modulus) return KoalaBear.From(word);
        }
    }

    /// <summary>The next element of E.</summary>
    public Quintic Extension() => new(Element(), Element(), Element(), Element(), Element());

    /// <summary>Fills a span with elements.</summary>
    public void Fill(Span<KoalaBear> elements)
    {
        for (var i = 0; i < elements.Length; i++) elements[i] = Element();
    }

    /// <summary>One block of a stream, 32 bytes.</summary>
    public static void Block(ReadOnlySpan<byte> seed, uint purpose, ulong counter, Span<byte> block)
    {
        Span<byte> input = stackalloc byte[Masks.SeedBytes + sizeof(uint) + sizeof(ulong)];
        seed.CopyTo(input);
        BinaryPrimitives.WriteUInt32LittleEndian(input[Masks.SeedBytes..], purpose);
        BinaryPrimitives.WriteUInt64LittleEndian(input[(Masks.SeedBytes + sizeof(uint))..], counter);
        SHA256.HashData(input, block);
    }

    void Refill()
    {
        Span<byte> block = stackalloc byte[Masks.SeedBytes];
        Block(seed, purpose, _counter++, block);
        for (var i = 0; i < WordsPerBlock; i++)
            _words[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(i * sizeof(uint))..]);

        _next = 0;
    }

    [System.Runtime.CompilerServices.InlineArray(WordsPerBlock)]
    struct Words
    {
        uint _first;
    }
}
