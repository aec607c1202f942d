// What an epoch claims, in one canonical form (specs/40-statements.md section 5). Its digest is the first thing that
// every transcript absorbs, so a proof for one exchange, epoch, price list or circuit is a proof of nothing else.

namespace ZkExchange.Commitments;

/// <summary>The content of statement.json.</summary>
/// <remarks>A value of this type may break a rule; what <see cref="Read"/> returns does not.</remarks>
public sealed record Statement
{
    /// <summary>The format that this program reads and writes.</summary>
    public const string Format = "zkexchange-statement-v1";

    /// <summary>The name of the file.</summary>
    public const string FileName = "statement.json";

    /// <summary>Pools that a statement can name.</summary>
    public const int Pools = EntryKey.PoolMax;

    /// <summary>Number of account leaves, exactly.</summary>
    public required long Accounts { get; init; }

    /// <summary>The asset table; an entry's key refers to its order.</summary>
    public required IReadOnlyList<AssetDefinition> Assets { get; init; }

    /// <summary>Null: the snapshot time was not drawn from a beacon.</summary>
    public Beacon? Beacon { get; init; }

    /// <summary>Null: the totals stay hidden.</summary>
    public DisclosedTotals? Disclosed { get; init; }

    public required ExchangeEnvironment Environment { get; init; }

    public required long Epoch { get; init; }

    /// <summary>The name of the exchange, 1 .. 64 characters.</summary>
    public required string Exchange { get; init; }

    /// <summary>Null: no input row was left out.</summary>
    public ExcludedRows? Excluded { get; init; }

    /// <summary>Seven names, for pools 1 .. 7; "" is a pool that is not used.</summary>
    public required IReadOnlyList<string> PoolNames { get; init; }

    /// <summary>Digest of the previous epoch's statement; zeros start a chain.</summary>
    public required FileDigest Previous { get; init; }

    /// <summary>Name of the proof profile.</summary>
    public required string Profile { get; init; }

    /// <summary>Null: liabilities only.</summary>
    public ReserveStatement? Reserves { get; init; }

    /// <summary>The root of the account tree.</summary>
    public required NodeDigest Root { get; init; }

    /// <summary>g.</summary>
    public required int ShardHeight { get; init; }

    /// <summary>The k shard nodes, in order.</summary>
    public required IReadOnlyList<NodeDigest> ShardNodes { get; init; }

    /// <summary>For each table of the shard circuit lg of its height, 255 = absent: one shape for all shards.</summary>
    public required IReadOnlyList<byte> ShardShape { get; init; }

    /// <summary>The 65 bytes of an uncompressed point of P-256 in hexadecimal; null: not signed.</summary>
    public string? Signer { get; init; }

    /// <summary>The instant at which the books were taken.</summary>
    public required string Snapshot { get; init; }

    /// <summary>Null, or the statement of this same epoch that this one corrects.</summary>
    public FileDigest? Supersedes { get; init; }

    /// <summary>The shape of the top proof.</summary>
    public required IReadOnlyList<byte> TopShape { get; init; }

    /// <summary>Price of a whole coin = weight * 10^(decimals - valueScale).</summary>
    public required int ValueScale { get; init; }

    /// <summary>The quote currency.</summary>
    public required string ValueUnit { get; init; }

    public required CircuitKeys Keys { get; init; }

    /// <summary>g, k and H.</summary>
    public TreeShape Tree => new(ShardHeight, ShardNodes.Count);

    /// <summary>The digest of the canonical bytes.</summary>
    public FileDigest Digest => Written.Digest;

    /// <summary>The canonical bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => Written.Bytes;

    /// <summary>The reserves, insurance and cap of an asset; without a report what makes the comparison empty:
    /// R = C = 2^90 - 1, I = 0 (section 4 f).</summary>
    public ReserveAmounts ReserveOf(int asset) =>
        Reserves is null ? new(Amount.Limit - 1, 0, Amount.Limit - 1) : Reserves.Assets[asset];

    /// <summary>True if the key names an asset of the table, free or in a named pool.</summary>
    public bool HasKey(uint key) =>
        EntryKey.Asset(key) < Assets.Count && EntryKey.Pool(key) is var pool && pool <= EntryKey.PoolMax
        && (pool == 0 || PoolNames[pool - 1].Length > 0);

    /// <summary>Reads statement.json; a total function of its bytes.</summary>
    public static Reading<Statement> Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        reader.BeginObject();
        var statement = StatementFormat.ReadFields(ref reader);
        reader.EndObject();
        reader.End();
        if (reader.IsRefused) return new(null, reader.Refusal);

        var refusal = statement.Validate();
        if (refusal.IsRefused) return new(null, refusal);

        // The reader accepts one form only; that what it read writes the same bytes does not rest on that.
        return statement.Bytes.Span.SequenceEqual(bytes)
            ? new(statement, default)
            : new(null, new(DocumentRule.Canonical, "written again, it differs"));
    }

    /// <summary>The first rule of section 5 that is broken.</summary>
    public Refusal Validate() => StatementRules.Check(this);

    public bool Equals(Statement? other) => other is not null && Digest == other.Digest;

    public override int GetHashCode() => Digest.GetHashCode();

    // A copy made by `with` takes the cache along, but not its owner, and writes anew.
    Cache Written => _cache is { } cache && ReferenceEquals(cache.Owner, this) ? cache : _cache = Cache.Of(this);

    Cache? _cache;

    sealed record Cache(Statement Owner, byte[] Bytes, FileDigest Digest)
    {
        public static Cache Of(Statement statement)
        {
            var writer = new CanonicalWriter();
            StatementFormat.Write(statement, writer);
            var bytes = writer.ToArray();
            return new(statement, bytes, FileDigest.Of(bytes));
        }
    }
}
