using System.Xml.Linq;
using Xunit;

namespace ZkExchange.Tidy;

/// <summary>The project files are the architecture: these tests read them and know every arrow there may be.</summary>
public sealed class ArrowTests
{
    static readonly string[] s_circuits = ["Commitments", "Fields", "Stark"];
    static readonly string[] s_circuitsProving = ["Circuits", "Commitments", "Fields", "Stark", "Stark.Proving"];

    // "ZkExchange." is left out of every name.
    static readonly Dictionary<string, string[]> s_arrows = new(StringComparer.Ordinal)
    {
        ["Fields"] = [],
        ["Stark"] = ["Fields"],
        ["Stark.Proving"] = ["Fields", "Stark"],
        ["Commitments"] = ["Fields"],
        ["Ledger"] = [],
        ["Matching"] = ["Ledger"],
        ["Margin"] = ["Ledger"],
        ["Exchange"] = ["Ledger", "Margin", "Matching"],
        ["Circuits"] = s_circuits,
        ["Circuits.Proving"] = s_circuitsProving,
        ["Prover.Rpc"] = [],
        ["Prover"] =
            ["Circuits", "Circuits.Proving", "Commitments", "Fields", "Prover.Rpc", "Stark", "Stark.Proving"],
        ["Verifier"] = ["Circuits", "Commitments", "Fields", "Stark"],
        ["Cli"] =
        [
            "Circuits", "Circuits.Proving", "Commitments", "Exchange", "Fields", "Ledger", "Margin", "Matching",
            "Prover.Rpc", "Stark", "Stark.Proving",
        ],
    };

    static readonly string[] s_topLevel =
        ["README.md", "ZkExchange.sln", "build.cake", "circuits", "prover", "specs", "src", "tests", "verifier"];

    // Dot files, and what the tools look for by name.
    static readonly string[] s_props =
    [
        "BannedSymbols.txt", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props",
        "build.ps1", "build.sh", "dotnet-tools.json", "global.json", "artifacts",
    ];

    public static TheoryData<string> Products => [.. s_arrows.Keys];

    [Theory, MemberData(nameof(Products))]
    public void Every_reference_follows_an_arrow(string project) =>
        Assert.Equal(s_arrows[project], Projects()[project]);

    [Fact]
    public void Every_product_project_has_its_arrows() =>
        Assert.Equal(
            s_arrows.Keys.Order(StringComparer.Ordinal),
            Projects().Keys.Where(IsProduct).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);

    [Fact]
    public void The_verifier_reaches_no_proving_code()
    {
        var closure = Closure("Verifier");
        Assert.Equal(["Circuits", "Commitments", "Fields", "Stark"], closure);
        Assert.DoesNotContain(closure, name => name.EndsWith(".Proving", StringComparison.Ordinal));
    }

    [Fact]
    public void The_verifier_needs_no_package_but_its_command_line() =>
        Assert.Equal(["System.CommandLine"], new[] { "Verifier" }.Concat(Closure("Verifier")).SelectMany(Packages));

    [Fact]
    public void The_top_level_is_the_one_of_the_plan() =>
        Assert.Equal(
            s_topLevel,
            Directory.EnumerateFileSystemEntries(Repository.Root).Select(path => Path.GetFileName(path)!)
                .Where(name => name[0] != '.' && !s_props.Contains(name, StringComparer.Ordinal))
                .Order(StringComparer.Ordinal));

    static string[] Closure(string project)
    {
        var projects = Projects();
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        var pending = new Queue<string>(projects[project]);
        while (pending.TryDequeue(out var next))
        {
            if (!reached.Add(next)) continue;
            foreach (var reference in projects[next]) pending.Enqueue(reference);
        }

        return [.. reached];
    }

    static Dictionary<string, string[]> Projects() =>
        Repository.Files("*.csproj").ToDictionary(Name, References, StringComparer.Ordinal);

    static string[] References(string project) =>
        [.. XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Name(reference.Attribute("Include")!.Value))
            .Order(StringComparer.Ordinal)];

    static IEnumerable<string> Packages(string project) =>
        Repository.Files($"ZkExchange.{project}.csproj").SelectMany(file =>
            XDocument.Load(file).Descendants("PackageReference")
                .Select(package => package.Attribute("Include")!.Value));

    static bool IsProduct(string project) =>
        !project.EndsWith("Tests", StringComparison.Ordinal)
        && project is not ("Tidy" or "Benchmarks" or "Forgery" or "Simulation");

    static string Name(string project) => Path.GetFileNameWithoutExtension(project)["ZkExchange.".Length..];
}
