using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Parts;

/// <summary>Rows of a table whose content is the verifier's.</summary>
static class PublicRows
{
    /// <summary>Writes isReal, the words of a message and the number of its lookups.</summary>
    public static Matrix Write(uint[] messages, int words, int[] lookups, long rows)
    {
        var trace = new Matrix(rows, words + 2);
        for (var r = 0; r < lookups.Length; r++)
        {
            var row = trace.Row(r);
            row[0] = KoalaBear.One;
            for (var w = 0; w < words; w++) row[1 + w] = KoalaBear.From(messages[r * words + w]);
            row[1 + words] = KoalaBear.From((uint)lookups[r]);
        }

        return trace;
    }
}
