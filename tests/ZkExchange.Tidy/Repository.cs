using System.Runtime.CompilerServices;

namespace ZkExchange.Tidy;

/// <summary>The working tree that these tests were compiled from.</summary>
static class Repository
{
    static readonly string[] s_folders = ["src", "circuits", "prover", "verifier", "tests"];

    public static string Root { get; } = Locate();

    public static IEnumerable<string> Files(string pattern) =>
        s_folders.SelectMany(folder => Directory.EnumerateFiles(
            Path.Combine(Root, folder), pattern, SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal);

    /// <summary>Every line of every C# file, with its place.</summary>
    public static IEnumerable<(string File, int Number, string Text)> Lines() =>
        from file in Files("*.cs")
        from line in File.ReadLines(file).Select((text, index) => (Path.GetRelativePath(Root, file), index + 1, text))
        select line;

    static string Locate([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(thisFile, "../../.."));
}
