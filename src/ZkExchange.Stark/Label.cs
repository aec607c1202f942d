namespace ZkExchange.Stark;

/// <summary>Names of the transcript's messages and challenges (specs/20-transcript.md). Never renumber.</summary>
public enum Label : byte
{
    StatementDigest = 0x01,
    Profile = 0x02,
    VerifyingKey = 0x03,
    Shape = 0x04,
    PublicInputs = 0x05,
    PublicMessages = 0x06,

    MainRoot = 0x10,
    AuxiliaryRoot = 0x11,
    QuotientRoot = 0x12,
    Openings = 0x13,
    FriRoot = 0x14,
    FinalPolynomial = 0x15,
    Terminals = 0x16,

    /// <summary>Squeezed: alpha, beta_0 .. beta_W, delta_1 .. delta_(V-1).</summary>
    Fingerprint = 0x20,

    /// <summary>Squeezed: lambda, one for each constraint.</summary>
    Constraints = 0x21,

    /// <summary>Squeezed: zeta.</summary>
    OutOfDomain = 0x22,

    /// <summary>Squeezed: gamma, one for each opened value.</summary>
    Batch = 0x23,

    /// <summary>Squeezed: beta_i of a fold.</summary>
    Fold = 0x24,

    /// <summary>Squeezed: the positions of the queries.</summary>
    Queries = 0x25,

    GrindLookup = 0x30,
    GrindConstraints = 0x31,
    GrindOutOfDomain = 0x32,
    GrindBatch = 0x33,
    GrindFold = 0x34,
    GrindQueries = 0x35,
}
