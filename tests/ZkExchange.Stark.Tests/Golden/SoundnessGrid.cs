using System.Globalization;
using Xunit;
using ZkExchange.Stark.Soundness;

namespace ZkExchange.Stark.Tests.Golden;

public sealed class SoundnessGrid
{
    static readonly string[] s_terms = ["LOGUP", "ALI", "DEEP", "BATCH", "FOLD", "QUERY", "HASH", "STMT"];

    [Fact]
    public void Every_term_agrees_with_the_reference_calculator()
    {
        var lines = Vectors.Text("soundness.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        Assert.Equal(256, lines.Length);
        foreach (var line in lines)
        {
            var cells = line.Split(',');
            var n = cells[..8].Select(cell => int.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
            var parameters = new SoundnessParameters(n[1], n[7], n[2], n[3], 24 * Math.Pow(2, n[1]))
            {
                ExtensionDegree = n[0],
                GrindQueries = n[4],
                GrindLookup = n[5],
                DigestElements = n[6],
            };
            var regime = cells[8] is "U" ? Regime.UniqueDecoding : Regime.Johnson;
            var report = SoundnessReport.TryCreate(
                parameters, regime, int.Parse(cells[9], CultureInfo.InvariantCulture));

            Assert.NotNull(report);
            for (var i = 0; i < s_terms.Length; i++) Near(cells[10 + i], report[s_terms[i]]);
            Near(cells[18], report.Level);
        }
    }

    [Theory]
    [InlineData("S100", 100.95, 100.95, 117.73)]
    [InlineData("S100-fast", 100.81, 100.81, 108.67)]
    [InlineData("S120", 120.36, 120.34, 119.56)]
    [InlineData("S120-fast", 120.41, 120.37, 114.92)]
    public void A_profile_has_the_published_level(string name, double level, double sum, double johnson)
    {
        var profile = Profile.Find(name)!;
        var parameters = SoundnessParameters.Of(profile, profile.HeightLog2Max);
        var report = SoundnessReport.Of(parameters);

        Assert.Equal(level, report.Level, 0.005);
        Assert.Equal(sum, report.SumForm, 0.005);
        Assert.Equal(johnson, SoundnessReport.Johnson(parameters)!.Level, 0.005);
    }

    [Fact]
    public void Every_profile_reaches_its_target_at_every_height()
    {
        foreach (var profile in Profile.All)
        {
            for (var height = profile.HeightLog2Min; height <= profile.HeightLog2Max; height++)
            {
                Assert.True(Preconditions.FitsProfile(profile, height));
                Assert.True(SoundnessReport.Of(SoundnessParameters.Of(profile, height)).Level >= profile.TargetBits);
            }

            Assert.False(Preconditions.FitsProfile(profile, profile.HeightLog2Min - 1));
            Assert.False(Preconditions.FitsProfile(profile, profile.HeightLog2Max + 1));
        }
    }

    static void Near(string expected, double actual) =>
        Assert.Equal(double.Parse(expected, CultureInfo.InvariantCulture), actual, 1e-6);
}
