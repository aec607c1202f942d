using System.CommandLine;
using ZkExchange.Cli.Output;
using ZkExchange.Stark;

namespace ZkExchange.Cli.Commands;

/// <summary>Options that several commands share.</summary>
static class CommonOptions
{
    /// <summary>--json.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Write the result as JSON." };

    /// <summary>--profile.</summary>
    public static Option<string> Profile() =>
        new Option<string>("--profile")
        {
            Description = "Parameters of the proofs: 100 or 120 proven bits; -fast proves in about half the time and "
                + "its proofs are longer.",
            DefaultValueFactory = _ => Stark.Profile.S100.Name,
        }.AcceptOnlyFromAmong([.. Stark.Profile.All.Select(profile => profile.Name)]);

    /// <summary>--threads.</summary>
    public static Option<int> Threads() =>
        InRange(new Option<int>("--threads")
        {
            Description = "Threads that work at once.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        }, 1, 1024);

    /// <summary>--max-memory.</summary>
    public static Option<int> MemoryGigabytes() =>
        InRange(new Option<int>("--max-memory")
        {
            Description = "Gigabytes that proving may take; more shards need less each. [default: half the memory]",
            DefaultValueFactory = _ => (int)Math.Max(1, MemoryOfMachine / 2 >> 30),
        }, 1, 1 << 20);

    /// <summary>--runs.</summary>
    public static Option<int> Runs() =>
        InRange(new Option<int>("--runs")
        {
            Description = "Runs in this process: the figures are those of the fastest.",
            DefaultValueFactory = _ => 1,
        }, 1, 100);

    /// <summary>An option of whole numbers within limits.</summary>
    public static Option<int> InRange(Option<int> option, int least, int most)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 0) return;
            if (!int.TryParse(
                result.Tokens[^1].Value, System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture, out var value) || value < least || value > most)
                result.AddError($"{option.Name} takes a whole number from {least} to {most}.");
        });
        return option;
    }

    /// <summary>The profile of a name that the option accepted.</summary>
    public static Profile ProfileOf(string name) =>
        Stark.Profile.Find(name) ?? throw CommandException.Usage($"There is no profile '{name}'.");

    static long MemoryOfMachine => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
}
