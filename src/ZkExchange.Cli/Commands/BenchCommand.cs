using System.CommandLine;
using ZkExchange.Cli.Output;

namespace ZkExchange.Cli.Commands;

/// <summary>zkx bench: figures of this machine, measured the way README and results state them.</summary>
static class BenchCommand
{
    public static Command Make(CommandHost host) =>
        new("bench", "Measure proving and verifying on this machine.")
        {
            MakeProve(host),
            MakeHashes(host),
        };

    static Command MakeProve(CommandHost host)
    {
        var accounts = CommonOptions.InRange(new Option<int>("--accounts")
        {
            Description = "Customers.",
            DefaultValueFactory = _ => 10_000,
        }, 1, 10_000_000);
        var entries = CommonOptions.InRange(new Option<int>("--entries")
        {
            Description = "Balances of all customers together. [default: four each]",
            DefaultValueFactory = _ => 0,
        }, 1, 100_000_000);
        var assets = CommonOptions.InRange(new Option<int>("--assets")
        {
            Description = "Assets.",
            DefaultValueFactory = _ => 20,
        }, 1, Sample.SampleAssets.CountMax);
        var (profile, threads, memory, json) = (
            CommonOptions.Profile(), CommonOptions.Threads(), CommonOptions.MemoryGigabytes(), CommonOptions.Json());
        var command = new Command("prove", "Prove and verify an epoch of made-up books, in memory.")
        {
            accounts, entries, assets, profile, threads, memory, json,
        };
        command.SetAction((parsed, cancellation) => Failures.CatchAsync(host, parsed.GetValue(json), () =>
        {
            int? total = parsed.GetValue(entries) == 0 ? null : parsed.GetValue(entries);
            var (count, width) = (parsed.GetValue(accounts), parsed.GetValue(assets));
            var most = (long)count * Sample.BookGenerator.EntriesPerAccountMax(width);
            if (total < count || total > most)
                throw CommandException.Usage($"--entries is from {count} to {most} for so many customers and assets.");
            return EpochBench.RunAsync(
                host, new(count, width, total), CommonOptions.ProfileOf(parsed.GetValue(profile)!),
                parsed.GetValue(threads), (long)parsed.GetValue(memory) << 30, parsed.GetValue(json), cancellation);
        }));
        return command;
    }

    static Command MakeHashes(CommandHost host)
    {
        var rows = CommonOptions.InRange(new Option<int>("--log2")
        {
            Description = "Prove 2^N permutations of Poseidon2.",
            DefaultValueFactory = _ => 20,
            HelpName = "N",
        }, 14, 22);
        var repeat = CommonOptions.InRange(new Option<int>("--repeat")
        {
            Description = "Runs, of which the fastest counts.",
            DefaultValueFactory = _ => 1,
        }, 1, 100);
        var (threads, json) = (CommonOptions.Threads(), CommonOptions.Json());
        var profile = CommonOptions.Profile();
        profile.DefaultValueFactory = _ => Stark.Profile.S100Fast.Name;
        var command = new Command("hashes", "Prove and verify permutations of Poseidon2, one a row.")
        {
            rows, profile, threads, repeat, json,
        };
        command.SetAction((parsed, cancellation) => Failures.CatchAsync(host, parsed.GetValue(json), () =>
            Task.FromResult(HashBench.Run(
                host, parsed.GetValue(rows), CommonOptions.ProfileOf(parsed.GetValue(profile)!),
                parsed.GetValue(threads), parsed.GetValue(repeat), parsed.GetValue(json), cancellation))));
        return command;
    }
}
