namespace ZkExchange.Circuits.Epoch;

/// <summary>The first check of an epoch that failed, in the order of the work. Append, never renumber.</summary>
public enum EpochOutcome : byte
{
    /// <summary>Nothing was checked.</summary>
    Unchecked = 0,

    /// <summary>Every check held.</summary>
    Accepted = 1,

    /// <summary>The folder does not hold exactly the files that the statement names.</summary>
    FileSet = 10,

    /// <summary>A file is longer than any file of its kind can be. It was not read.</summary>
    LimitExceeded = 11,

    /// <summary>A file could not be read in full.</summary>
    FileUnreadable = 12,

    /// <summary>The statement is not the one whose digest was given.</summary>
    StatementMismatch = 20,

    /// <summary>The statement is not canonical JSON with exactly its fields.</summary>
    BadEncoding = 21,

    /// <summary>The format is of another version.</summary>
    UnknownVersion = 22,

    /// <summary>The statement breaks a rule of its own.</summary>
    StatementInvalid = 23,

    /// <summary>Disclosed totals are not covered by the reserves, or bad debt not by the fund.</summary>
    TotalsInconsistent = 24,

    /// <summary>No such profile.</summary>
    UnknownProfile = 30,

    /// <summary>The statement names other circuits than the verifier's own.</summary>
    KeyMismatch = 31,

    /// <summary>The statement prescribes a shape that a circuit or the profile does not allow.</summary>
    BadShape = 32,

    /// <summary>The signature is not the signer's, or not in canonical form.</summary>
    SignatureInvalid = 40,

    /// <summary>The reserves report breaks a rule or is not the statement's.</summary>
    ReservesInvalid = 41,

    /// <summary>A proof is refused; its own verdict says why.</summary>
    ProofRejected = 50,
}
