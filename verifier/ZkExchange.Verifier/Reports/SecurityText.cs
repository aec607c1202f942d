using System.Globalization;
using ZkExchange.Stark;
using ZkExchange.Stark.Soundness;

namespace ZkExchange.Verifier.Reports;

/// <summary>The soundness of profiles for people: proven bits first.</summary>
static class SecurityText
{
    public static void Write(TextWriter output, IReadOnlyList<Profile> profiles)
    {
        foreach (var profile in profiles)
        {
            var parameters = SoundnessParameters.Of(profile, profile.HeightLog2Max);
            var report = SoundnessReport.Of(parameters);
            Line(output, $"{profile.Name}: {report.Level:F2} proven bits (unique decoding, no conjecture)");
            Line(output, $"  all rounds together {report.SumForm:F2}; proofs below {profile.TargetBits} are refused");
            Line(output, $"  tables of 2^{profile.HeightLog2Min} .. 2^{profile.HeightLog2Max} rows");
            var work = profile.GrindQueries;
            Line(output, $"  blow-up {1 << profile.BlowupLog2}, {profile.Queries} queries behind {work} bits of work");
            foreach (var term in report.Terms)
                Line(output, $"  {term.Name,-6} {term.Bits,7:F2}  {term.Meaning}");
            if (SoundnessReport.Johnson(parameters) is { } johnson)
                Line(output, $"  beside it, relying on recent work: {johnson.Level:F2} (Johnson bound)");
        }

        Line(output, $"Terms are for the tallest tables, 24 fractions a row. Random-oracle model, SHA-256.");
    }

    static void Line(TextWriter output, FormattableString line) =>
        output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
