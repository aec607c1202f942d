namespace ZkExchange.Commitments;

/// <summary>The rules that a statement, a reserves report or an inclusion file must keep (specs/40-statements.md
/// sections 5 and 6, specs/50-wire-formats.md). A refusal names the first one that is broken.</summary>
public enum DocumentRule : byte
{
    /// <summary>No rule is broken.</summary>
    None = 0,

    /// <summary>At least one byte, at most 64 MiB; an inclusion file has exactly its padded length.</summary>
    Length = 1,

    /// <summary>Canonical JSON: no white space, no escapes, the expected kind of value, an end.</summary>
    Canonical = 2,

    /// <summary>Exactly the fields of the format, ascending by byte, each once.</summary>
    Field = 3,

    /// <summary>Integers are 0 .. 2^53 - 1 without sign, fraction, exponent or leading zero.</summary>
    Number = 4,

    /// <summary>Strings are 0x20 .. 0x7E without " and \, and not longer than their field allows.</summary>
    Text = 5,

    /// <summary>The format is one that this program knows.</summary>
    Format = 6,

    /// <summary>Free text has 1 .. 128 characters (exchange 1 .. 64) and no blank at either end.</summary>
    FreeText = 7,

    /// <summary>Names are 1 .. 32 of A-Z a-z 0-9 . _ -.</summary>
    Name = 8,

    /// <summary>32 bytes in 64 lower-case hexadecimal digits.</summary>
    Hash = 9,

    /// <summary>Words of digests and salts are below p, in lower-case hexadecimal digits.</summary>
    Digest = 10,

    /// <summary>Decimal strings have no sign and no leading zero; amounts are below 2^90.</summary>
    Amount = 11,

    /// <summary>YYYY-MM-DDTHH:MM:SSZ, a real date.</summary>
    Time = 12,

    /// <summary>1 .. k 2^g accounts.</summary>
    Accounts = 20,

    /// <summary>1 .. 65535 assets.</summary>
    AssetCount = 21,

    /// <summary>native, stable, wrapped, staked, own, fiat or other.</summary>
    AssetClass = 22,

    /// <summary>Decimals are 0 .. 30.</summary>
    Decimals = 23,

    /// <summary>Symbols are unique without regard to case.</summary>
    SymbolRepeated = 24,

    /// <summary>Weights are 1 .. 2^90 - 1.</summary>
    Weight = 25,

    /// <summary>A tier's pool is 1 .. 7 and named.</summary>
    TierPool = 26,

    /// <summary>A tier's ratio is 0 .. 10000.</summary>
    TierRatio = 27,

    /// <summary>A tier ends at 1 .. 2^180 - 1.</summary>
    TierUpTo = 28,

    /// <summary>Tiers ascend strictly by (pool, upTo).</summary>
    TierOrder = 29,

    /// <summary>Ratios do not rise inside a pool.</summary>
    TierRises = 30,

    /// <summary>One pair of disclosed totals for each asset; bad debt below 2^240.</summary>
    Disclosed = 31,

    /// <summary>production or test.</summary>
    Environment = 32,

    /// <summary>Seven pool names.</summary>
    Pools = 33,

    /// <summary>One reserve for each asset.</summary>
    ReserveCount = 34,

    /// <summary>The fund set aside is not larger than the reserve.</summary>
    Insurance = 35,

    /// <summary>1 .. 65536 shard nodes.</summary>
    ShardCount = 36,

    /// <summary>Shard height 0 .. 24, tree height at most 29.</summary>
    TreeHeight = 37,

    /// <summary>A shape lists 1 .. 255 tables, each 255 (absent) or 0 .. 24.</summary>
    Shape = 38,

    /// <summary>settlement is null in this version.</summary>
    Settlement = 39,

    /// <summary>The signer is an uncompressed point of P-256.</summary>
    Signer = 40,

    /// <summary>valueScale is 0 .. 60.</summary>
    ValueScale = 41,

    /// <summary>Disclosed: E + I &lt;= R + D and E + I &lt;= R + C for each asset.</summary>
    TotalsExceedReserves = 42,

    /// <summary>Disclosed: bad debt &lt;= 10^4 times the value of the funds set aside.</summary>
    BadDebtUncovered = 43,

    /// <summary>A statement does not supersede or follow itself: both digests are of other files.</summary>
    Supersedes = 44,

    /// <summary>Assets times pools, pool 0 among them, are at most 2^15.</summary>
    KeyCount = 45,

    /// <summary>All assets together have at most 2^16 tiers.</summary>
    TierCount = 46,

    /// <summary>Reserve rows ascend strictly by (asset, chain, address).</summary>
    ReserveOrder = 60,

    /// <summary>A reserve row names an asset of the statement.</summary>
    ReserveAsset = 61,

    /// <summary>Exchange, environment, epoch and time of the report are the statement's.</summary>
    ReserveSubject = 62,

    /// <summary>The rows of an asset sum to its amount in the statement.</summary>
    ReserveSum = 63,

    /// <summary>The report has the digest that the statement names.</summary>
    ReserveDigest = 64,

    /// <summary>A customer id is 1 .. 128 characters of 0x21 .. 0x7E without " and \.</summary>
    Customer = 80,

    /// <summary>Entries: at least one, keys strictly ascending.</summary>
    Entries = 81,

    /// <summary>A path has at most 29 siblings and at most 30 digests of sums.</summary>
    Path = 82,
}
