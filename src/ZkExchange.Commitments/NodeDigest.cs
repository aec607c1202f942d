using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>A digest of the account tree: eight elements of the field (specs/40-statements.md).</summary>
/// <remarks>As bytes: eight canonical integers, four bytes little-endian each. As text: those 32 bytes in lower-case
/// hexadecimal. There is one form of each digest; a word of p or more is refused.</remarks>
public readonly struct NodeDigest : IEquatable<NodeDigest>
{
    /// <summary>Elements of a digest.</summary>
    public const int Length = 8;

    /// <summary>Bytes of a digest.</summary>
    public const int Bytes = 32;

    readonly Words _words;

    /// <summary>The digest made of eight elements.</summary>
    public NodeDigest(ReadOnlySpan<KoalaBear> words)
    {
        Check.That(words.Length == Length);
        words.CopyTo(_words);
    }

    /// <summary>A block: a constant or key and up to seven more canonical integers, the rest zero.</summary>
    public static NodeDigest Of(params ReadOnlySpan<uint> integers)
    {
        Check.That(integers.Length <= Length);
        Words words = default;
        for (var i = 0; i < integers.Length; i++)
        {
            Check.That(integers[i] < KoalaBear.Modulus);
            words[i] = KoalaBear.From(integers[i]);
        }

        return new(words);
    }

    /// <summary>The leaf of an unused position: a digest by decree, of which no preimage is known.</summary>
    public static NodeDigest Empty => Of(HashDomain.Empty);

    /// <summary>Word 0 .. 7.</summary>
    public KoalaBear this[int index] => _words[index];

    /// <summary>Writes the eight words to the start of the destination.</summary>
    public void CopyTo(Span<KoalaBear> destination) => ((ReadOnlySpan<KoalaBear>)_words).CopyTo(destination);

    /// <summary>Writes the 32 canonical bytes to the start of the destination.</summary>
    public void WriteBytes(Span<byte> destination)
    {
        for (var i = 0; i < Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(destination[(4 * i)..], _words[i].ToUInt32());
    }

    /// <summary>The 32 canonical bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Bytes];
        WriteBytes(bytes);
        return bytes;
    }

    /// <summary>Reads 32 bytes; false if the length is another or a word is not canonical.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out NodeDigest digest)
    {
        digest = default;
        Words words = default;
        if (bytes.Length != Bytes || !FieldWords.TryRead(bytes, words)) return false;
        digest = new(words);
        return true;
    }

    /// <summary>Reads 64 lower-case hexadecimal digits; false for everything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out NodeDigest digest)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        digest = default;
        return Hex.TryDecode(text, bytes) && TryRead(bytes, out digest);
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToBytes());

    public bool Equals(NodeDigest other) =>
        ((ReadOnlySpan<KoalaBear>)_words).SequenceEqual(other._words);

    public override bool Equals(object? obj) => obj is NodeDigest other && Equals(other);

    /// <summary>For tables in memory only: two words are as good as random.</summary>
    public override int GetHashCode() => (int)(_words[0].Residue ^ (_words[1].Residue << 1));

    public static bool operator ==(NodeDigest left, NodeDigest right) => left.Equals(right);

    public static bool operator !=(NodeDigest left, NodeDigest right) => !left.Equals(right);

    [InlineArray(Length)]
    struct Words
    {
        KoalaBear _first;
    }
}
