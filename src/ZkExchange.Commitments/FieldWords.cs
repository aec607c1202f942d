using System.Buffers.Binary;
using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>Canonical integers, four bytes little-endian each, as elements of the field.</summary>
static class FieldWords
{
    /// <summary>Reads as many words as there are elements; false if one is p or more.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, Span<KoalaBear> elements)
    {
        for (var i = 0; i < elements.Length; i++)
        {
            var integer = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * i)..]);
            if (integer >= KoalaBear.Modulus) return false;
            elements[i] = KoalaBear.From(integer);
        }

        return true;
    }
}
