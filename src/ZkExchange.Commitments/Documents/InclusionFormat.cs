using System.Numerics;

namespace ZkExchange.Commitments;

/// <summary>What both forms of an inclusion file share.</summary>
static class InclusionFormat
{
    /// <summary>A pad is zeros, and the file as long as they make it; the last comparison of bytes sees to the rest.
    /// </summary>
    public static void ReadPad(ref CanonicalReader reader, int fileLength)
    {
        var pad = reader.Text("pad", fileLength);
        if (pad.AsSpan().ContainsAnyExcept('0') || PaddedLength(fileLength - pad.Length) != fileLength)
            reader.Refuse(DocumentRule.Length, reader.Place());
    }

    public static List<NodeDigest> ReadDigests(ref CanonicalReader reader, string field, int countMax)
    {
        var digests = new List<NodeDigest>();
        reader.BeginArray(field);
        while (reader.NextItem())
        {
            if (digests.Count == countMax) reader.Refuse(DocumentRule.Path, reader.Place());
            digests.Add(reader.Digest(null));
        }

        return digests;
    }

    public static void WriteDigests(IReadOnlyList<NodeDigest> digests, CanonicalWriter writer)
    {
        writer.BeginArray();
        foreach (var digest in digests) writer.Digest(digest);
        writer.EndArray();
    }

    /// <summary>The least power of two, 2048 or more, that holds a document with an empty pad.</summary>
    public static int PaddedLength(int length) =>
        Math.Max(InclusionFile.PaddedLengthMin, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, 1)));
}
