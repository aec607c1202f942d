// The one encoding of field elements: the canonical integer, four bytes, little-endian; an element of E is its five
// coefficients, lowest first (specs/30-proof-system.md section 1). It holds in proofs, keys, public inputs, the
// transcript and the leaves of trees alike.

using System.Buffers.Binary;
using ZkExchange.Fields;

namespace ZkExchange.Stark;

/// <summary>Writes and reads field elements.</summary>
public static class Canonical
{
    /// <summary>Bytes of an element of the base field.</summary>
    public const int WordBytes = 4;

    /// <summary>Bytes of an element of the extension.</summary>
    public const int ElementBytes = WordBytes * Quintic.Degree;

    public static void Write(Span<byte> destination, KoalaBear value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(destination, value.ToUInt32());

    public static void Write(Span<byte> destination, Quintic value)
    {
        for (var k = 0; k < Quintic.Degree; k++) Write(destination[(k * WordBytes)..], value[k]);
    }

    /// <summary>The bytes of a list of elements of E.</summary>
    public static byte[] Bytes(ReadOnlySpan<Quintic> values)
    {
        var bytes = new byte[values.Length * ElementBytes];
        for (var i = 0; i < values.Length; i++) Write(bytes.AsSpan(i * ElementBytes), values[i]);
        return bytes;
    }

    /// <summary>The bytes of a list of words, which are below p.</summary>
    public static byte[] Bytes(ReadOnlySpan<uint> words)
    {
        var bytes = new byte[words.Length * WordBytes];
        WriteWords(bytes, words);
        return bytes;
    }

    /// <summary>Writes words to the front of the destination.</summary>
    public static void WriteWords(Span<byte> destination, ReadOnlySpan<uint> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(destination[(i * WordBytes)..], words[i]);
        }
    }

    /// <summary>Reads as many words as the destination holds, whatever they are.</summary>
    public static void ReadWords(ReadOnlySpan<byte> source, Span<uint> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = BinaryPrimitives.ReadUInt32LittleEndian(source[(i * WordBytes)..]);
        }
    }

    /// <summary>Reads a word; false if it is not below p.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out KoalaBear value)
    {
        var word = BinaryPrimitives.ReadUInt32LittleEndian(source);
        value = KoalaBear.From(word);
        return word < KoalaBear.Modulus;
    }

    /// <summary>Reads five words; false if one of them is not below p.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out Quintic value)
    {
        var good = TryRead(source, out KoalaBear c0)
            & TryRead(source[4..], out KoalaBear c1)
            & TryRead(source[8..], out KoalaBear c2)
            & TryRead(source[12..], out KoalaBear c3)
            & TryRead(source[16..], out KoalaBear c4);
        value = new(c0, c1, c2, c3, c4);
        return good;
    }
}
