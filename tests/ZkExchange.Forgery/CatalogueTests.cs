using System.Text.RegularExpressions;
using Xunit;

namespace ZkExchange.Forgery;

/// <summary>specs/80-attacks.md against the tests that it names.</summary>
public sealed partial class CatalogueTests
{
    static readonly Dictionary<string, string> s_projects = new(StringComparer.Ordinal)
    {
        ["F"] = "Forgery",
        ["C"] = "Circuits.Tests",
        ["K"] = "Commitments.Tests",
        ["I"] = "Cli.Tests",
        ["S"] = "Stark.Tests",
        ["V"] = "Verifier.Tests",
    };

    [Fact]
    public void Every_attack_is_answered_by_tests_that_exist_or_by_a_reason()
    {
        var root = Root();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(root, "specs", "80-attacks.md")))
        {
            if (Row().Match(line) is not { Success: true } row) continue;

            var (id, answer) = (row.Groups["id"].Value, row.Groups["answer"].Value);
            Assert.True(ids.Add(id), id);
            var references = Reference().Matches(answer);
            Assert.True(references.Count > 0 || answer.StartsWith("not ", StringComparison.Ordinal)
                || answer.Contains("version 1", StringComparison.Ordinal)
                || answer.Contains("by design", StringComparison.Ordinal), id);
            foreach (Match reference in references)
            {
                var file = Path.Combine(
                    root, "tests", "ZkExchange." + s_projects[reference.Groups["project"].Value],
                    reference.Groups["file"].Value + ".cs");
                Assert.True(File.Exists(file), $"{id}: {file}");
                var wanted = reference.Groups["method"] is { Success: true } method ? method.Value : id;
                Assert.Contains(wanted, File.ReadAllText(file), StringComparison.Ordinal);
            }
        }

        Assert.InRange(ids.Count, 190, 300);
    }

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ZkExchange.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("no solution above");
        return folder;
    }

    [GeneratedRegex(@"^\| (?<id>[A-Z]\d{2,3}) \| .*? \| (?<answer>.*) \|$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(
        @"`(?<project>[FCKISV])/(?<file>[A-Za-z/0-9]+)`( `(?<method>[A-Za-z0-9_]+)`)?", RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Reference();
}
