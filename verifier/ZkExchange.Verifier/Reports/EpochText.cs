using System.Globalization;
using ZkExchange.Circuits.Epoch;

namespace ZkExchange.Verifier.Reports;

/// <summary>An epoch's verdict for people.</summary>
static class EpochText
{
    public static void Write(TextWriter output, EpochVerdict verdict, EpochCircuits circuits)
    {
        var statement = verdict.Statement;
        output.WriteLine(verdict.IsAccepted
            ? $"ACCEPTED: {Words.Title(statement!)}"
            : $"REFUSED ({verdict.Outcome}): {verdict.Detail}");
        if (statement is null) return;

        if (!verdict.IsAccepted) output.WriteLine($"  of         {Words.Title(statement)}");
        output.WriteLine($"  statement  {statement.Digest} ({Words.Pinned(verdict.IsPinned)})");
        foreach (var proof in verdict.Proofs.Where(proof => !proof.Verdict.IsAccepted))
            output.WriteLine($"  {proof.File}: {proof.Verdict.Outcome} ({proof.Verdict.Where})");
        if (!verdict.IsAccepted) return;

        output.WriteLine($"  signed by  {statement.Signer ?? "nobody"}");
        output.WriteLine($"  tree       root {statement.Root}");
        output.WriteLine(
            $"             {Words.Count(statement.ShardNodes.Count, "shard")} of 2^{statement.ShardHeight} positions,"
            + $" {Words.Count(statement.Assets.Count, "asset")}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  proofs     {verdict.Proofs.Count}, {verdict.Proofs.Sum(proof => (long)proof.Bytes)} bytes,"
            + $" profile {statement.Profile}, {Math.Floor(Level.Of(verdict, circuits) * 10) / 10:F1} proven bits"));
        Paragraph(output, "Proven:", Words.Proven(statement));
        Paragraph(output, "Not proven:", Words.NotProven);
        Paragraph(output, "Note:", Notes(verdict));
    }

    public static void Paragraph(TextWriter output, string title, IEnumerable<string> lines)
    {
        var isFirst = true;
        foreach (var line in lines)
        {
            if (isFirst) output.WriteLine(title);
            isFirst = false;
            output.WriteLine($"  - {line}");
        }
    }

    static IEnumerable<string> Notes(EpochVerdict verdict)
    {
        foreach (var flag in verdict.Flags) yield return Words.Of(flag);
        if (verdict.Statement!.Reserves is not null) yield return Words.ReservesAreAWord;
    }
}
