using System.Text.RegularExpressions;
using Xunit;
using ZkExchange.Verifier.Reports;

namespace ZkExchange.Verifier.Tests;

/// <summary>The programs say what the specification says.</summary>
public partial class WordsTests
{
    [Fact]
    public void What_is_not_proven_is_section_3_of_the_threat_model()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ZkExchange.sln"))) folder = folder.Parent;
        var text = File.ReadAllText(Path.Combine(folder.FullName, "specs", "60-threat-model.md"));
        var start = text.IndexOf("## 3. What is not proven", StringComparison.Ordinal);
        var end = text.IndexOf("## 4", start, StringComparison.Ordinal);
        var items = text[start..end].Split("\n* ").Skip(1).Select(item => Spaces().Replace(item, " ").Trim());
        Assert.Equal(items, Words.NotProven);
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
