using System.Text.RegularExpressions;
using Xunit;

namespace ZkExchange.Tidy;

/// <summary>What no analyzer sees: the width of a line, and words that have no business in a folder.</summary>
public sealed partial class TextTests
{
    const int ColumnsMax = 120;

    static readonly string[] s_money =
        ["src/ZkExchange.Ledger/", "src/ZkExchange.Matching/", "src/ZkExchange.Margin/", "src/ZkExchange.Exchange/"];

    static readonly string[] s_verifying =
        ["src/ZkExchange.Stark/", "circuits/ZkExchange.Circuits/", "verifier/"];

    [Fact]
    public void No_line_is_wider_than_the_page() =>
        AssertNowhere(line =>
            line.Text.Length > ColumnsMax && !line.File.EndsWith(".g.cs", StringComparison.Ordinal));

    // The banned-symbol analyzer sees Double.Parse and not the keyword, so the keyword is looked for here.
    [Fact]
    public void Money_is_never_floating() =>
        AssertNowhere(line =>
            IsUnder(s_money, line.File) && FloatingKeyword().IsMatch(line.Text));

    [Fact]
    public void What_the_verifier_reaches_has_no_unsafe_code_and_no_check_that_a_build_can_drop() =>
        AssertNowhere(line =>
            IsUnder(s_verifying, line.File) && (Unsafe().IsMatch(line.Text) || Dropped().IsMatch(line.Text)));

    [Fact]
    public void Nothing_is_left_unfinished() =>
        AssertNowhere(line =>
            !line.File.EndsWith("TextTests.cs", StringComparison.Ordinal) && Unfinished().IsMatch(line.Text));

    // Secret randomness is asked for in one file a project, so that a reader can audit it on a page.
    [Fact]
    public void The_platform_generator_is_used_in_named_places_only() =>
        Assert.All(
            Repository.Lines().Where(line => line.Text.Contains("RandomNumberGenerator.", StringComparison.Ordinal)
                && !line.File.StartsWith("tests/", StringComparison.Ordinal)),
            line => Assert.Contains(Path.GetFileName(line.File), new[] { "Masks.cs", "Salts.cs" }));

    static void AssertNowhere(Func<(string File, int Number, string Text), bool> isWrong) =>
        Assert.Equal(
            [], Repository.Lines().Where(isWrong).Select(line => $"{line.File}:{line.Number}: {line.Text.Trim()}"));

    static bool IsUnder(string[] folders, string file) =>
        folders.Any(folder => file.StartsWith(folder, StringComparison.Ordinal));

    [GeneratedRegex(@"\b(double|float|decimal)\b(?! (entry|point|place))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FloatingKeyword();

    [GeneratedRegex(@"^\s*[^/]*\b(unsafe|Unsafe\.)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unsafe();

    [GeneratedRegex(@"Debug\.Assert|#if DEBUG|Conditional\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Dropped();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b|Assert\.True\(true\)",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unfinished();
}
