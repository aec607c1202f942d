using ZkExchange.Commitments;
using ZkExchange.Stark;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>Everything that an epoch is made of, apart from secrets.</summary>
public sealed record EpochInput
{
    /// <summary>Who is owed what.</summary>
    public required Book Book { get; init; }

    /// <summary>The assets, with prices and tiers.</summary>
    public required AssetTable Table { get; init; }

    /// <summary>What is set against it, with the report that says so; null: liabilities only.</summary>
    public EpochReserves? Reserves { get; init; }

    /// <summary>The name of the exchange.</summary>
    public required string Exchange { get; init; }

    /// <summary>Test, unless it is meant to be relied on.</summary>
    public ExchangeEnvironment Environment { get; init; }

    /// <summary>The number of the epoch.</summary>
    public required long Epoch { get; init; }

    /// <summary>The statement of the epoch before; zeros start a chain.</summary>
    public FileDigest Previous { get; init; }

    /// <summary>The statement of this same epoch that this one corrects, or null.</summary>
    public FileDigest? Supersedes { get; init; }

    /// <summary>When the books were taken, YYYY-MM-DDTHH:MM:SSZ.</summary>
    public required string Snapshot { get; init; }

    /// <summary>The parameters of the proofs.</summary>
    public required Profile Profile { get; init; }

    /// <summary>Totals and bad debt are published.</summary>
    public bool Discloses { get; init; }

    /// <summary>Accounts below their haircuts are allowed, and their shortfall is proven as bad debt.</summary>
    public bool DeclaresBadDebt { get; init; }

    /// <summary>Input rows that were left out, or null.</summary>
    public ExcludedRows? Excluded { get; init; }

    /// <summary>The point of the key that signs the statement (65 bytes in hexadecimal); null: it is not signed.
    /// </summary>
    public string? Signer { get; init; }

    /// <summary>Proving stays below this.</summary>
    public long MemoryBytesMax { get; init; } = 8L << 30;

    /// <summary>The book is cut into no fewer shards.</summary>
    public int ShardsMin { get; init; } = 1;

    /// <summary>Threads that work at once.</summary>
    public int Threads { get; init; } = System.Environment.ProcessorCount;
}
