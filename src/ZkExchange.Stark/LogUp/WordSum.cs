using ZkExchange.Fields;

namespace ZkExchange.Stark.LogUp;

/// <summary>The sum of products of words with elements of E, reduced once at the end.</summary>
/// <remarks>Canonical factors are below p: a product and a folded sum stay below p^2 + 2^32 p &lt; 2^64.</remarks>
struct WordSum
{
    const ulong Fold = (ulong)KoalaBear.Modulus << 32;

    ulong _c0, _c1, _c2, _c3, _c4;

    /// <summary>Adds sum_i words[i] elements[i].</summary>
    /// <param name="words">Little-endian canonical words.</param>
    /// <param name="elements">Five canonical words for each element; at least as many elements as words.</param>
    public void Add(ReadOnlySpan<uint> words, ReadOnlySpan<uint> elements)
    {
        elements = elements[..(words.Length * Quintic.Degree)];
        var (c0, c1, c2, c3, c4) = (_c0, _c1, _c2, _c3, _c4);
        for (var i = 0; i < words.Length; i++)
        {
            ulong word = words[i];
            var element = elements.Slice(i * Quintic.Degree, Quintic.Degree);
            c0 = Reduce(c0 + word * element[0]);
            c1 = Reduce(c1 + word * element[1]);
            c2 = Reduce(c2 + word * element[2]);
            c3 = Reduce(c3 + word * element[3]);
            c4 = Reduce(c4 + word * element[4]);
        }

        (_c0, _c1, _c2, _c3, _c4) = (c0, c1, c2, c3, c4);
    }

    /// <summary>The sum so far.</summary>
    public readonly Quintic Value => new(
        KoalaBear.From(_c0), KoalaBear.From(_c1), KoalaBear.From(_c2), KoalaBear.From(_c3), KoalaBear.From(_c4));

    /// <summary>The canonical words of elements, five for each.</summary>
    public static uint[] Words(ReadOnlySpan<Quintic> elements)
    {
        var words = new uint[elements.Length * Quintic.Degree];
        for (var i = 0; i < elements.Length; i++)
        {
            for (var k = 0; k < Quintic.Degree; k++) words[i * Quintic.Degree + k] = elements[i][k].ToUInt32();
        }

        return words;
    }

    static ulong Reduce(ulong sum) => Math.Min(sum, sum - Fold);         // a negative difference is huge
}
