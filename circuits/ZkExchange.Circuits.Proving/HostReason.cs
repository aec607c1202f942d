namespace ZkExchange.Circuits.Proving;

/// <summary>Why an honest prover refuses a witness.</summary>
public enum HostReason
{
    /// <summary>A number is outside its range.</summary>
    HostRange,

    /// <summary>A sum does not fit, or is not the sum of its parts.</summary>
    HostSum,

    /// <summary>Nothing to prove, or more than fits.</summary>
    HostCount,

    /// <summary>An account owes more than what it pledged, and what is declared as bad debt, count for.</summary>
    HostCollateral,

    /// <summary>An account owes, has pledged nothing, and not enough bad debt is declared.</summary>
    HostDebt,

    /// <summary>A position, key or order of keys that cannot be.</summary>
    HostIdentity,

    /// <summary>Reserves or insurance do not cover what they must.</summary>
    HostReserves,

    /// <summary>A shape that does not hold the rows.</summary>
    HostParams,
}
