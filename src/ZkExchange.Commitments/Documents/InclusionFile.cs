// What a customer gets, and keeps to herself (specs/50-wire-formats.md section 7). Padded to a power of two, so that
// the length of a file says little about the number of entries.

using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>An account's place in a published tree, with everything to recompute its leaf.</summary>
public sealed record InclusionFile
{
    /// <summary>The format that this program reads and writes.</summary>
    public const string Format = "zkexchange-inclusion-v1";

    internal const int PaddedLengthMin = 2048;
    const int EntriesMax = EntryKey.AssetsMax * (EntryKey.PoolMax + 1);

    /// <summary>The id by which the exchange knows the customer.</summary>
    public required string Customer { get; init; }

    /// <summary>Keys strictly ascending.</summary>
    public required IReadOnlyList<AccountEntry> Entries { get; init; }

    /// <summary>32 bytes, for the life of the account.</summary>
    public required FileDigest Nonce { get; init; }

    public required InclusionPath Path { get; init; }

    /// <summary>Of this epoch.</summary>
    public required Salt Salt { get; init; }

    /// <summary>Digest of the statement whose tree this is.</summary>
    public required FileDigest Statement { get; init; }

    /// <summary>The leaf of these entries for a customer id.</summary>
    public NodeDigest Leaf(ReadOnlySpan<char> customerId) =>
        AccountLeaf.Of(AccountTag.Of(customerId, Nonce.ToArray()), [.. Entries], Salt);

    /// <summary>The form without secrets.</summary>
    public InclusionShare ToShare() => new() { Leaf = Leaf(Customer), Path = Path, Statement = Statement };

    /// <summary>The canonical bytes.</summary>
    public byte[] Write()
    {
        Check.That(AccountTag.IsCustomerId(Customer));
        var writer = new CanonicalWriter().BeginObject().Field("customer").Text(Customer);
        writer.Field("entries").BeginArray();
        foreach (var entry in Entries)
        {
            writer.BeginObject().Field("debt").Decimal(entry.Debt).Field("equity").Decimal(entry.Equity);
            writer.Field("key").Integer(entry.Key).EndObject();
        }

        writer.EndArray().Field("format").Text(Format).Field("nonce").Hash(Nonce).Field("pad").Pad();
        InclusionFormat.WriteDigests(Path.Siblings, writer.Field("path"));
        writer.Field("position").Integer(Path.Position).Field("salt").Salt(Salt).Field("statement").Hash(Statement);
        InclusionFormat.WriteDigests(Path.Sums, writer.Field("sums"));
        return writer.EndObject().ToPaddedArray(InclusionFormat.PaddedLength);
    }

    /// <summary>Reads an inclusion file; a total function of its bytes.</summary>
    public static Reading<InclusionFile> Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        reader.BeginObject();
        var customer = reader.Text("customer", AccountTag.IdBytesMax);
        var entries = ReadEntries(ref reader);
        StatementFormat.ReadFormat(ref reader, Format);
        var nonce = reader.Hash("nonce");
        InclusionFormat.ReadPad(ref reader, bytes.Length);
        var siblings = InclusionFormat.ReadDigests(ref reader, "path", TreeShape.HeightMax);
        var position = reader.Integer("position");
        var salt = reader.Salt("salt");
        var statement = reader.Hash("statement");
        var sums = InclusionFormat.ReadDigests(ref reader, "sums", TreeShape.HeightMax + 1);
        reader.EndObject();
        reader.End();
        if (!reader.IsRefused && !AccountTag.IsCustomerId(customer)) reader.Refuse(DocumentRule.Customer, "customer");
        if (!reader.IsRefused && !AccountLeaf.IsWellFormed([.. entries]))
            reader.Refuse(DocumentRule.Entries, "entries");
        if (reader.IsRefused) return new(null, reader.Refusal);

        var file = new InclusionFile
        {
            Customer = customer,
            Entries = entries,
            Nonce = nonce,
            Path = new(position, siblings, sums),
            Salt = salt,
            Statement = statement,
        };
        return file.Write().AsSpan().SequenceEqual(bytes)
            ? new(file, default)
            : new(null, new(DocumentRule.Canonical, "written again, it differs"));
    }

    static List<AccountEntry> ReadEntries(ref CanonicalReader reader)
    {
        var entries = new List<AccountEntry>();
        reader.BeginArray("entries");
        while (reader.NextItem())
        {
            if (entries.Count == EntriesMax) reader.Refuse(DocumentRule.Entries, reader.Place());
            reader.BeginObject();
            var debt = reader.Amount("debt", DocumentRule.Amount);
            var equity = reader.Amount("equity", DocumentRule.Amount);
            var key = (uint)Math.Min(reader.Integer("key"), uint.MaxValue);
            reader.EndObject();
            entries.Add(new(key, equity, debt));
        }

        return entries;
    }
}
