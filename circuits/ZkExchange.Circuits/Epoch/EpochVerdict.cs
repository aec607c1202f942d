using ZkExchange.Commitments;
using ZkExchange.Stark;

namespace ZkExchange.Circuits.Epoch;

/// <summary>What became of one proof file.</summary>
/// <param name="File">Its name in the folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Verdict">Accepted, or the check that failed.</param>
public readonly record struct ProofResult(string File, int Bytes, Verdict Verdict);

/// <summary>What became of checking an epoch.</summary>
/// <remarks>Fails closed: a new value is not an acceptance.</remarks>
public sealed record EpochVerdict
{
    /// <summary>The first check that failed, or that all held.</summary>
    public EpochOutcome Outcome { get; init; }

    /// <summary>Where it failed: a file, a field.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The rule that statement or report breaks, if that is what failed.</summary>
    public DocumentRule Rule { get; init; }

    /// <summary>The statement, as soon as it could be read.</summary>
    public Statement? Statement { get; init; }

    /// <summary>True if the statement's digest was given from outside and is this one.</summary>
    public bool IsPinned { get; init; }

    /// <summary>In the order of the work: shards, then the top. Those behind a file that could not be read, or behind
    /// <see cref="EpochVerifier.RefusedProofsMax"/> refused ones, are missing.</summary>
    public IReadOnlyList<ProofResult> Proofs { get; init; } = [];

    /// <summary>What to know besides.</summary>
    public IReadOnlyList<EpochFlag> Flags { get; init; } = [];

    /// <summary>The shapes of shard and top proofs, from which the proven level follows.</summary>
    public Shape? ShardShape { get; init; }

    /// <inheritdoc cref="ShardShape"/>
    public Shape? TopShape { get; init; }

    public bool IsAccepted => Outcome == EpochOutcome.Accepted;
}
