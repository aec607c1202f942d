// What a customer checks (specs/40-statements.md section 6): from her id, nonce, entries and salt the leaf; from the
// leaf and the path a root; and this root is the statement's. Root, height and positions are the statement's alone.

namespace ZkExchange.Commitments;

/// <summary>Decides whether a customer's file is part of a statement's tree. A total function of bytes.</summary>
public static class InclusionVerifier
{
    /// <summary>The longest inclusion file.</summary>
    public const int BytesMax = CanonicalReader.BytesMax;

    /// <summary>The verdict on a file of either form.</summary>
    /// <param name="file">The bytes of the inclusion file.</param>
    /// <param name="statement">The bytes of statement.json.</param>
    /// <param name="pinned">The digest that the statement must have, if it is known from outside.</param>
    /// <param name="customer">The customer's own id, if she gives it.</param>
    public static InclusionVerdict Verify(
        ReadOnlySpan<byte> file, ReadOnlySpan<byte> statement, FileDigest? pinned = null, string? customer = null)
    {
        if (pinned is { } digest && FileDigest.Of(statement) != digest)
            return Reject(InclusionOutcome.StatementMismatch, $"the statement's digest is {FileDigest.Of(statement)}");
        var (document, refusal) = Statement.Read(statement);
        if (document is null) return Reject(InclusionOutcome.StatementInvalid, $"statement: {refusal}");

        var verdict = new InclusionVerdict { Statement = document, IsPinned = pinned is not null };
        return file.StartsWith("{\"format\":"u8)
            ? CheckShare(verdict, InclusionShare.Read(file), customer)
            : CheckFile(verdict, InclusionFile.Read(file), customer);
    }

    static InclusionVerdict CheckFile(InclusionVerdict verdict, Reading<InclusionFile> reading, string? customer)
    {
        if (reading.Document is not { } file)
            return Reject(verdict, InclusionOutcome.InclusionFormat, reading.Refusal);
        verdict = verdict with { File = file };
        for (var i = 0; i < file.Entries.Count; i++)
        {
            if (!verdict.Statement!.HasKey(file.Entries[i].Key))
            {
                var where = new Refusal(DocumentRule.Entries, $"entries[{i}].key");
                return Reject(verdict, InclusionOutcome.InclusionFormat, where);
            }
        }

        // What is no id has no leaf; it is not the file's, and is refused as another's.
        var isId = customer is not null && AccountTag.IsCustomerId(customer);
        verdict = verdict with { Leaf = file.Leaf(isId ? customer : file.Customer) };
        var checkedPath = CheckPath(verdict, file.Path, file.Statement);
        var isOther = customer is not null && !string.Equals(customer, file.Customer, StringComparison.Ordinal);
        if (!isOther || checkedPath.Outcome == InclusionOutcome.StatementMismatch)
            return checkedPath with { IsCustomerKnown = customer is not null && !isOther };

        // Another id cannot fit, but for a collision of the hash; refuse it by name all the same.
        return checkedPath with
        {
            Outcome = InclusionOutcome.InclusionLeaf,
            Detail = $"the file is made for {file.Customer}",
        };
    }

    static InclusionVerdict CheckShare(InclusionVerdict verdict, Reading<InclusionShare> reading, string? customer)
    {
        if (reading.Document is not { } share)
            return Reject(verdict, InclusionOutcome.InclusionFormat, reading.Refusal);
        verdict = verdict with { Leaf = share.Leaf };
        var checkedPath = CheckPath(verdict, share.Path, share.Statement);

        // Who gives her id asks for her own account. A form that names no customer is no answer to that.
        return customer is null || checkedPath.Outcome == InclusionOutcome.StatementMismatch
            ? checkedPath
            : checkedPath with { Outcome = InclusionOutcome.InclusionLeaf, Detail = "the file names no customer" };
    }

    static InclusionVerdict CheckPath(InclusionVerdict verdict, InclusionPath path, FileDigest madeFor)
    {
        var statement = verdict.Statement!;
        if (madeFor != statement.Digest)
            return verdict with
            {
                Outcome = InclusionOutcome.StatementMismatch,
                Detail = $"the file is made for statement {madeFor}",
            };
        if (!path.Fits(statement.Tree))
            return verdict with
            {
                Outcome = InclusionOutcome.InclusionPath,
                Detail = "position or length of the path",
            };
        return path.Root(verdict.Leaf, statement.Tree) == statement.Root
            ? verdict with { Outcome = InclusionOutcome.Accepted }
            : verdict with { Outcome = InclusionOutcome.InclusionPath, Detail = "the path ends at another root" };
    }

    static InclusionVerdict Reject(InclusionOutcome outcome, string detail) =>
        new() { Outcome = outcome, Detail = detail };

    static InclusionVerdict Reject(InclusionVerdict verdict, InclusionOutcome outcome, Refusal refusal) =>
        verdict with { Outcome = outcome, Detail = refusal.ToString() };
}
