namespace ZkExchange.Commitments;

/// <summary>An inclusion file without its secrets, for support: it shows that this leaf is in the tree, and nothing
/// else.</summary>
public sealed record InclusionShare
{
    /// <summary>The format that this program reads and writes.</summary>
    public const string Format = "zkexchange-inclusion-share-v1";

    public required NodeDigest Leaf { get; init; }

    public required InclusionPath Path { get; init; }

    /// <summary>Digest of the statement whose tree this is.</summary>
    public required FileDigest Statement { get; init; }

    /// <summary>The canonical bytes.</summary>
    public byte[] Write()
    {
        var writer = new CanonicalWriter().BeginObject().Field("format").Text(Format);
        writer.Field("leaf").Digest(Leaf).Field("pad").Pad();
        InclusionFormat.WriteDigests(Path.Siblings, writer.Field("path"));
        writer.Field("position").Integer(Path.Position).Field("statement").Hash(Statement);
        InclusionFormat.WriteDigests(Path.Sums, writer.Field("sums"));
        return writer.EndObject().ToPaddedArray(InclusionFormat.PaddedLength);
    }

    /// <summary>Reads the form without secrets; a total function of its bytes.</summary>
    public static Reading<InclusionShare> Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        reader.BeginObject();
        StatementFormat.ReadFormat(ref reader, Format);
        var leaf = reader.Digest("leaf");
        InclusionFormat.ReadPad(ref reader, bytes.Length);
        var siblings = InclusionFormat.ReadDigests(ref reader, "path", TreeShape.HeightMax);
        var position = reader.Integer("position");
        var statement = reader.Hash("statement");
        var sums = InclusionFormat.ReadDigests(ref reader, "sums", TreeShape.HeightMax + 1);
        reader.EndObject();
        reader.End();
        if (reader.IsRefused) return new(null, reader.Refusal);

        var share = new InclusionShare { Leaf = leaf, Path = new(position, siblings, sums), Statement = statement };
        return share.Write().AsSpan().SequenceEqual(bytes)
            ? new(share, default)
            : new(null, new(DocumentRule.Canonical, "written again, it differs"));
    }
}
