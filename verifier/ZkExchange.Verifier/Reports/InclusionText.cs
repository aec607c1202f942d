using ZkExchange.Commitments;

namespace ZkExchange.Verifier.Reports;

/// <summary>An inclusion file's verdict for people.</summary>
static class InclusionText
{
    public static void Write(TextWriter output, InclusionVerdict verdict)
    {
        if (!verdict.IsAccepted)
        {
            output.WriteLine($"REFUSED ({verdict.Outcome}): {verdict.Detail}");
            return;
        }

        var statement = verdict.Statement!;
        output.WriteLine($"INCLUDED: {Words.Title(statement)}");
        output.WriteLine($"  statement  {statement.Digest} ({Words.Pinned(verdict.IsPinned)})");
        output.WriteLine($"  signed by  {statement.Signer ?? "nobody"} (this command does not check signatures)");
        output.WriteLine($"  leaf       {verdict.Leaf}");
        if (verdict.File is { } file) WriteAccount(output, file, verdict.IsCustomerKnown, statement);
        else output.WriteLine("  shown      this leaf is in the tree, and nothing else");
        EpochText.Paragraph(output, "Note:", Notes(statement));
    }

    public static IEnumerable<string> Notes(Statement statement)
    {
        yield return "The epoch's proofs were not checked by this command: `zkx-verify epoch` does.";
        if (statement.Environment == ExchangeEnvironment.Test) yield return "TEST: not to be relied on.";
        if (statement.Reserves is null) yield return "LIABILITIES ONLY: no reserves are stated.";
        if (statement.Signer is null) yield return "Not signed: the statement could be anyone's.";
        if (statement.Excluded is { } excluded) yield return $"{excluded.Rows} input rows were left out as invalid.";
        for (var i = 0; i < statement.Assets.Count; i++)
        {
            if (statement.Reserves?.Assets[i].NettingCap > 0)
                yield return $"{statement.Assets[i].Symbol}: customers' debts may stand in for coins, up to a cap.";
        }
    }

    static void WriteAccount(TextWriter output, InclusionFile file, bool isKnown, Statement statement)
    {
        output.WriteLine(isKnown
            ? $"  customer   {file.Customer}, the id that you gave"
            : $"  customer   {file.Customer}: is that you, and nobody else? Give --customer to be sure");
        output.WriteLine($"  position   {file.Path.Position} of {statement.Tree.Positions}");
        foreach (var entry in file.Entries)
        {
            var asset = statement.Assets[EntryKey.Asset(entry.Key)];
            var pool = EntryKey.Pool(entry.Key);
            output.WriteLine(
                $"  {asset.Symbol,-10} {Amount.ToText(entry.Equity, asset.Decimals)}"
                + (pool == 0 ? "" : $", pledged as {statement.PoolNames[pool - 1]}")
                + (entry.Debt == 0 ? "" : $", debt {Amount.ToText(entry.Debt, asset.Decimals)}"));
        }
    }
}
