using System.Buffers.Binary;
using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>Four elements of the field, secret and fresh: the salt of a leaf or the blind of a node.</summary>
public readonly record struct Salt(KoalaBear Word0, KoalaBear Word1, KoalaBear Word2, KoalaBear Word3)
{
    /// <summary>Elements of a salt.</summary>
    public const int Length = 4;

    /// <summary>Bytes of a salt: 123.95 bits are drawn.</summary>
    public const int Bytes = 16;

    /// <summary>Word 0 .. 3.</summary>
    public KoalaBear this[int index] => index switch
    {
        0 => Word0,
        1 => Word1,
        2 => Word2,
        _ => Word3,
    };

    /// <summary>The salt of four canonical integers.</summary>
    public static Salt Of(uint word0, uint word1, uint word2, uint word3) =>
        new(KoalaBear.From(word0), KoalaBear.From(word1), KoalaBear.From(word2), KoalaBear.From(word3));

    /// <summary>Reads 32 lower-case hexadecimal digits of four words below p; false for everything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Salt salt)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        salt = default;
        return Hex.TryDecode(text, bytes) && TryRead(bytes, out salt);
    }

    /// <summary>Reads 16 bytes; false if the length is another or a word is not canonical.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Salt salt)
    {
        Span<KoalaBear> words = stackalloc KoalaBear[Length];
        salt = default;
        if (bytes.Length != Bytes || !FieldWords.TryRead(bytes, words)) return false;
        salt = new(words[0], words[1], words[2], words[3]);
        return true;
    }

    /// <summary>Writes the 16 canonical bytes to the start of the destination.</summary>
    public void WriteBytes(Span<byte> destination)
    {
        for (var i = 0; i < Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(destination[(4 * i)..], this[i].ToUInt32());
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        WriteBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
