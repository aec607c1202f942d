// The check of an epoch (specs/40-statements.md section 5): the folder is what the statement names and nothing else,
// the statement keeps its rules and names the verifier's own circuits, and there is an accepted proof of every claim.
// Every claim is computed from the statement's bytes; nothing is taken from a proof or a file name. Proofs are read and
// forgotten one at a time, each bounded by its shape before it is read.

using ZkExchange.Commitments;
using ZkExchange.Stark;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Circuits.Epoch;

/// <summary>Decides whether a folder proves an epoch. A total function of names and bytes.</summary>
public static class EpochVerifier
{
    /// <summary>The longest statement or report.</summary>
    public const int DocumentBytesMax = 64 << 20;

    /// <summary>After so many refused proofs the rest are not tried: a folder of rubbish does not keep a verifier busy.
    /// </summary>
    public const int RefusedProofsMax = 16;

    const int NameLengthMax = 100;

    /// <summary>The verdict on a folder.</summary>
    /// <param name="files">The folder.</param>
    /// <param name="circuits">The verifier's own circuits.</param>
    /// <param name="pinned">The digest that the statement must have, if it is known from outside.</param>
    /// <param name="progress">Told the number of proofs checked, after each.</param>
    public static EpochVerdict Verify(
        IEpochFiles files, EpochCircuits circuits, FileDigest? pinned = null, Action<int>? progress = null)
    {
        var folder = new Dictionary<string, EpochFile>(StringComparer.Ordinal);
        foreach (var file in files.List())
        {
            if (!folder.TryAdd(file.Name, file))
                return Reject(EpochOutcome.FileSet, $"{Plain(file.Name)}: listed twice");
        }

        var verdict = ReadStatement(files, folder, pinned);
        if (verdict.Statement is null) return verdict;

        verdict = CheckNames(verdict, folder.Keys);
        if (verdict.Outcome == EpochOutcome.Unchecked) verdict = CheckCircuits(verdict, circuits);
        if (verdict.Outcome == EpochOutcome.Unchecked) verdict = CheckSignature(verdict, files, folder);
        if (verdict.Outcome == EpochOutcome.Unchecked) verdict = CheckReserves(verdict, files, folder);
        if (verdict.Outcome == EpochOutcome.Unchecked)
            verdict = CheckProofs(verdict, circuits, files, folder, progress);

        // Only here, behind the last check, does a verdict become an acceptance.
        var proofs = verdict.Statement!.ShardNodes.Count + 1;
        return verdict.Outcome == EpochOutcome.Unchecked && verdict.Proofs.Count == proofs
            ? verdict with { Outcome = EpochOutcome.Accepted, Flags = FlagsOf(verdict.Statement) }
            : verdict;
    }

    /// <summary>The names that the folder of a statement has, and no others.</summary>
    public static IEnumerable<string> FileNames(Statement statement)
    {
        yield return Statement.FileName;
        if (statement.Signer is not null) yield return StatementSignature.FileName;
        if (statement.Reserves is not null) yield return ReservesReport.FileName;
        for (var shard = 0; shard < statement.ShardNodes.Count; shard++) yield return EpochFiles.ShardProof(shard);
        yield return EpochFiles.TopProof;
    }

    /// <summary>The outcome that a broken rule of a statement stands for.</summary>
    public static EpochOutcome OutcomeOf(DocumentRule rule) => rule switch
    {
        DocumentRule.Length => EpochOutcome.LimitExceeded,
        DocumentRule.Format => EpochOutcome.UnknownVersion,
        DocumentRule.TotalsExceedReserves or DocumentRule.BadDebtUncovered => EpochOutcome.TotalsInconsistent,
        < DocumentRule.FreeText or DocumentRule.Hash or DocumentRule.Digest or DocumentRule.Amount
            => EpochOutcome.BadEncoding,
        _ => EpochOutcome.StatementInvalid,
    };

    static EpochVerdict Reject(EpochOutcome outcome, string detail) => new() { Outcome = outcome, Detail = detail };

    static EpochVerdict ReadStatement(
        IEpochFiles files, Dictionary<string, EpochFile> folder, FileDigest? pinned)
    {
        if (!folder.TryGetValue(Statement.FileName, out var file))
            return Reject(EpochOutcome.FileSet, $"{Statement.FileName}: missing");
        if (file.Length > DocumentBytesMax)
            return Reject(EpochOutcome.LimitExceeded, $"{Statement.FileName}: {file.Length} bytes");
        if (files.Read(file) is not { } bytes) return Reject(EpochOutcome.FileUnreadable, Statement.FileName);
        if (pinned is { } digest && FileDigest.Of(bytes) != digest)
            return Reject(EpochOutcome.StatementMismatch, $"the statement's digest is {FileDigest.Of(bytes)}");

        var (statement, refusal) = Statement.Read(bytes);
        return statement is null
            ? Reject(OutcomeOf(refusal.Rule), $"{Statement.FileName}: {refusal}") with { Rule = refusal.Rule }
            : new() { Statement = statement, IsPinned = pinned is not null };
    }

    static EpochVerdict CheckNames(EpochVerdict verdict, IEnumerable<string> names)
    {
        var found = new HashSet<string>(names, StringComparer.Ordinal);
        foreach (var name in FileNames(verdict.Statement!))
        {
            if (!found.Remove(name))
                return verdict with { Outcome = EpochOutcome.FileSet, Detail = $"{name}: missing" };
        }

        return found.Count == 0
            ? verdict
            : verdict with
            {
                Outcome = EpochOutcome.FileSet,
                Detail = $"{Plain(found.Min(StringComparer.Ordinal)!)}: not a file of this epoch",
            };
    }

    static EpochVerdict CheckCircuits(EpochVerdict verdict, EpochCircuits circuits)
    {
        var statement = verdict.Statement!;
        if (Profile.Find(statement.Profile) is not { } profile)
            return verdict with { Outcome = EpochOutcome.UnknownProfile, Detail = statement.Profile };
        if (!IsKey(circuits.Shard, statement.Keys.Shard))
            return verdict with { Outcome = EpochOutcome.KeyMismatch, Detail = "vk.shard" };
        if (!IsKey(circuits.Top, statement.Keys.Top))
            return verdict with { Outcome = EpochOutcome.KeyMismatch, Detail = "vk.top" };

        var shard = Shape.TryCreate(circuits.Shard, profile, [.. statement.ShardShape], out var shardShape);
        if (shardShape is null)
            return verdict with { Outcome = EpochOutcome.BadShape, Detail = $"shardShape[{shard.Where}]" };
        var top = Shape.TryCreate(circuits.Top, profile, [.. statement.TopShape], out var topShape);
        return topShape is null
            ? verdict with { Outcome = EpochOutcome.BadShape, Detail = $"topShape[{top.Where}]" }
            : verdict with { ShardShape = shardShape, TopShape = topShape };
    }

    static bool IsKey(VerifyingKey key, FileDigest hash) => hash.ToArray().AsSpan().SequenceEqual(key.Hash.ToArray());

    static EpochVerdict CheckSignature(
        EpochVerdict verdict, IEpochFiles files, Dictionary<string, EpochFile> folder)
    {
        if (verdict.Statement!.Signer is not { } signer) return verdict;
        var file = folder[StatementSignature.FileName];
        if (file.Length != StatementSignature.FileBytes || files.Read(file) is not { } bytes
            || !StatementSignature.IsValid(bytes, verdict.Statement.Digest, signer))
            return verdict with { Outcome = EpochOutcome.SignatureInvalid, Detail = StatementSignature.FileName };
        return verdict;
    }

    static EpochVerdict CheckReserves(EpochVerdict verdict, IEpochFiles files, Dictionary<string, EpochFile> folder)
    {
        if (verdict.Statement!.Reserves is null) return verdict;
        var file = folder[ReservesReport.FileName];
        if (file.Length > DocumentBytesMax)
            return verdict with { Outcome = EpochOutcome.LimitExceeded, Detail = ReservesReport.FileName };
        if (files.Read(file) is not { } bytes)
            return verdict with { Outcome = EpochOutcome.FileUnreadable, Detail = ReservesReport.FileName };
        var (report, refusal) = ReservesReport.Read(bytes);
        if (report is not null) refusal = report.CheckAgainst(verdict.Statement, bytes);
        return refusal.IsRefused
            ? verdict with
            {
                Outcome = EpochOutcome.ReservesInvalid,
                Rule = refusal.Rule,
                Detail = $"{ReservesReport.FileName}: {refusal}",
            }
            : verdict;
    }

    static EpochVerdict CheckProofs(
        EpochVerdict verdict, EpochCircuits circuits, IEpochFiles files, Dictionary<string, EpochFile> folder,
        Action<int>? progress)
    {
        var statement = verdict.Statement!;
        var results = new List<ProofResult>();
        var shardClaims = circuits.ShardClaims(statement);
        verdict = verdict with { Proofs = results };
        var refused = 0;
        for (var shard = 0; shard <= statement.ShardNodes.Count; shard++)
        {
            var isTop = shard == statement.ShardNodes.Count;
            var file = folder[isTop ? EpochFiles.TopProof : EpochFiles.ShardProof(shard)];
            var shape = isTop ? verdict.TopShape! : verdict.ShardShape!;
            if (file.Length > shape.ProofBytesMax)
                return Failed(verdict, EpochOutcome.LimitExceeded, $"{file.Name}: {file.Length} bytes");
            if (files.Read(file) is not { } proof) return Failed(verdict, EpochOutcome.FileUnreadable, file.Name);

            // The shape is the statement's, also where a claim would not prescribe it.
            var claim = isTop ? circuits.TopClaim(statement) : shardClaims(shard);
            claim = claim with { PrescribedShape = shape.Heights.ToArray() };
            var result = StarkVerifier.Verify(shape.Key, shape.Profile, claim, proof);
            results.Add(new(file.Name, proof.Length, result));
            progress?.Invoke(results.Count);
            if (!result.IsAccepted)
            {
                var detail = $"{file.Name}: {result.Outcome} ({result.Where})";
                verdict = Failed(verdict, EpochOutcome.ProofRejected, detail);
                if (++refused == RefusedProofsMax) return verdict;
            }
        }

        return verdict;
    }

    // Names of foreign files are told without what a terminal would obey.
    static string Plain(string name)
    {
        var plain = name.Length > NameLengthMax ? name[..NameLengthMax] + ".." : name;
        return string.Create(plain.Length, plain, (target, text) =>
        {
            for (var i = 0; i < target.Length; i++) target[i] = text[i] is >= ' ' and <= '~' ? text[i] : '?';
        });
    }

    // The first failure is the one that is told.
    static EpochVerdict Failed(EpochVerdict verdict, EpochOutcome outcome, string detail) =>
        verdict.Outcome == EpochOutcome.Unchecked ? verdict with { Outcome = outcome, Detail = detail } : verdict;

    static List<EpochFlag> FlagsOf(Statement statement)
    {
        var flags = new List<EpochFlag>();
        if (statement.Environment == ExchangeEnvironment.Test) flags.Add(new(EpochFlagKind.TestEnvironment, ""));
        if (statement.Reserves is null) flags.Add(new(EpochFlagKind.LiabilitiesOnly, ""));
        if (statement.Signer is null) flags.Add(new(EpochFlagKind.NotSigned, ""));
        if (statement.Excluded is { } excluded) flags.Add(new(EpochFlagKind.ExcludedRows, $"{excluded.Rows}"));
        if (statement.Supersedes is { } superseded) flags.Add(new(EpochFlagKind.Supersedes, superseded.ToString()));
        if (statement.Disclosed is { BadDebt.IsZero: false }) flags.Add(new(EpochFlagKind.BadDebt, ""));
        for (var i = 0; i < statement.Assets.Count; i++)
        {
            var symbol = statement.Assets[i].Symbol;
            if (statement.Reserves is { } reserves && reserves.Assets[i].NettingCap > 0)
                flags.Add(new(EpochFlagKind.NettingCap, symbol));
            if (statement.Assets[i].Class == AssetClass.Own) flags.Add(new(EpochFlagKind.OwnAsset, symbol));
            if (statement.Disclosed is { } disclosed && disclosed.Totals[i].Equity < disclosed.Totals[i].Debt)
                flags.Add(new(EpochFlagKind.DebtExceedsEquity, symbol));
        }

        return flags;
    }
}
