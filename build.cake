// The whole set-up: ./build.sh demo and ./build.sh test on a machine with the .NET 10 SDK.

var target = Argument("target", "Default");
var configuration = Argument("configuration", "Release");
var solution = "./ZkExchange.sln";
var results = Directory("./artifacts/test-results");
var publish = Directory("./artifacts/publish");

void Run(string project, params string[] arguments)
{
    var words = new ProcessArgumentBuilder().Append("run").Append("--no-build")
        .Append("-c").Append(configuration).Append("--project").AppendQuoted(project).Append("--");
    foreach (var argument in arguments) words.AppendQuoted(argument);
    var code = StartProcess("dotnet", new ProcessSettings { Arguments = words });
    if (code != 0) throw new CakeException(code, $"{project} ended with exit code {code}.");
}

Task("Restore").Does(() => DotNetRestore(solution, new DotNetRestoreSettings { LockedMode = true }));

Task("Format").IsDependentOn("Restore").Does(() =>
    DotNetFormat(solution, new DotNetFormatSettings { VerifyNoChanges = true, NoRestore = true }));

Task("Build").IsDependentOn("Restore").Does(() =>
    DotNetBuild(solution, new DotNetBuildSettings
    {
        Configuration = configuration, NoRestore = true, Verbosity = DotNetVerbosity.Quiet,
    }));

Task("Suites").IsDependentOn("Build").Does(() => DotNetTest(solution, new DotNetTestSettings
{
    Configuration = configuration, NoBuild = true, Loggers = { "trx" }, ResultsDirectory = results,
    Filter = "Category!=Long",
}));

// The layout of the text is looked at last: a blank too many fails the build, but hides no result.
Task("Test").IsDependentOn("Suites").IsDependentOn("Format");

// ./build.sh fuzz [--seed N] [--runs N]: ten minutes unless a number of runs is given.
Task("Fuzz").IsDependentOn("Build").Does(() =>
    DotNetTest("tests/ZkExchange.Forgery", new DotNetTestSettings
    {
        Configuration = configuration, NoBuild = true, Loggers = { "console;verbosity=detailed" },
        Filter = "FullyQualifiedName=ZkExchange.Forgery.Fuzzing.FuzzTests.Fuzz",
        EnvironmentVariables = new Dictionary<string, string>
        {
            ["ZKX_FUZZ_SEED"] = Argument("seed", ""), ["ZKX_FUZZ_RUNS"] = Argument("runs", ""),
        },
    }));

Task("Demo").IsDependentOn("Build").Does(() => Run("src/ZkExchange.Cli", "demo"));

Task("Publish").IsDependentOn("Restore").Does(() =>
{
    CleanDirectory(publish);
    foreach (var project in new[] { "src/ZkExchange.Cli", "prover/ZkExchange.Prover", "verifier/ZkExchange.Verifier" })
    {
        DotNetPublish(project, new DotNetPublishSettings
        {
            Configuration = "Release", Runtime = "linux-x64", SelfContained = true, OutputDirectory = publish,
        });
    }
});

Task("Default").IsDependentOn("Test");

// dotnet test has no grand total over a solution: the closing line adds up the result files of this run, also after a
// failure, whose reason stands above it.
var isTest = target.Equals("Test", StringComparison.OrdinalIgnoreCase)
    || target.Equals("Default", StringComparison.OrdinalIgnoreCase);
if (isTest) CleanDirectory(results);
var exitCode = 0;
try { RunTarget(target); }
catch (Exception failure)
{
    exitCode = failure is CakeException { ExitCode: not 0 } known ? known.ExitCode : 1;
    Error("{0}", failure.Message);
}

if (isTest)
{
    var counters = GetFiles($"{results}/*.trx")
        .Select(file => System.Xml.Linq.XDocument.Load(file.FullPath))
        .Select(run => run.Descendants().First(element => element.Name.LocalName == "Counters"))
        .ToList();
    int Sum(string name) => counters.Sum(counter => (int)counter.Attribute(name));
    Console.WriteLine($"{Sum("passed")} passed, {Sum("failed")} failed");
}

Environment.Exit(exitCode);
