using ZkExchange.Circuits.Epoch;

namespace ZkExchange.Verifier.Reports;

/// <summary>A chain's verdict for people.</summary>
static class ChainText
{
    public static void Write(TextWriter output, ChainVerdict verdict, IReadOnlyList<EpochVerdict> epochs)
    {
        output.WriteLine(verdict.IsAccepted
            ? $"ACCEPTED: {Words.Count(epochs.Count, "epoch")}, each continuing the one before"
            : $"REFUSED ({verdict.Outcome}) at folder {verdict.Where + 1}: {verdict.Detail}");
        for (var i = 0; i < epochs.Count; i++)
        {
            var epoch = epochs[i];
            output.WriteLine(epoch.IsAccepted
                ? $"  {i + 1}. {Words.Title(epoch.Statement!)}: {epoch.Statement!.Digest}"
                : $"  {i + 1}. REFUSED ({epoch.Outcome}): {epoch.Detail}");
            foreach (var flag in epoch.Flags) output.WriteLine($"     - {Words.Of(flag)}");
            foreach (var change in verdict.Changes.Where(change => change.Epoch == i))
                output.WriteLine($"     * changed: {change.What}");
        }

        if (verdict.IsAccepted) EpochText.Paragraph(output, "Not proven:", Words.NotProven);
    }
}
