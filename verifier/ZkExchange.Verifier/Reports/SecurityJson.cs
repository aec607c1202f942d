using ZkExchange.Stark;
using ZkExchange.Stark.Soundness;

namespace ZkExchange.Verifier.Reports;

/// <summary>The soundness of profiles for machines.</summary>
static class SecurityJson
{
    public static void Write(TextWriter output, IReadOnlyList<Profile> profiles) => Json.Write(output, json =>
    {
        json.WriteStartArray("profiles");
        foreach (var profile in profiles)
        {
            var parameters = SoundnessParameters.Of(profile, profile.HeightLog2Max);
            var report = SoundnessReport.Of(parameters);
            json.WriteStartObject();
            json.WriteString("profile", profile.Name);
            json.WriteNumber("provenBits", Math.Round(report.Level, 2));
            json.WriteNumber("provenBitsSumForm", Math.Round(report.SumForm, 2));
            json.WriteNumber("targetBits", profile.TargetBits);
            json.WriteNumber("heightLog2Max", profile.HeightLog2Max);
            json.WriteStartObject("terms");
            foreach (var term in report.Terms) json.WriteNumber(term.Name, Math.Round(term.Bits, 2));
            json.WriteEndObject();
            if (SoundnessReport.Johnson(parameters) is { } johnson)
                json.WriteNumber("johnsonBits", Math.Round(johnson.Level, 2));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
