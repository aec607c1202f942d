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
            MakeTree(host),
            MakeInclusion(host),
            MakeHashes(host),
        };

    static Command MakeProve(CommandHost host)
    {
        var book = new BookSizes();
        var runs = CommonOptions.Runs();
        var (profile, threads, memory, json) = (
            CommonOptions.Profile(), CommonOptions.Threads(), CommonOptions.MemoryGigabytes(), CommonOptions.Json());
        var command = new Command("prove", "Prove and verify an epoch of made-up books, in memory.")
        {
            book.Accounts, book.Entries, book.Assets, profile, threads, memory, runs, json,
        };
        command.SetAction((parsed, cancellation) => Failures.CatchAsync(host, parsed.GetValue(json), () =>
            EpochBench.RunAsync(
                host, book.Of(parsed), CommonOptions.ProfileOf(parsed.GetValue(profile)!),
                parsed.GetValue(threads), parsed.GetValue(runs), (long)parsed.GetValue(memory) << 30,
                parsed.GetValue(json), cancellation)));
        return command;
    }

    static Command MakeTree(CommandHost host)
    {
        var book = new BookSizes();
        var (profile, threads, memory, json) = (
            CommonOptions.Profile(), CommonOptions.Threads(), CommonOptions.MemoryGigabytes(), CommonOptions.Json());
        var runs = CommonOptions.Runs();
        var command = new Command("tree", "Build the tree of made-up books up to its root, in memory, without proofs.")
        {
            book.Accounts, book.Entries, book.Assets, profile, threads, memory, runs, json,
        };
        command.SetAction((parsed, cancellation) => Failures.CatchAsync(host, parsed.GetValue(json), () =>
            Task.FromResult(TreeBench.Run(
                host, book.Of(parsed), CommonOptions.ProfileOf(parsed.GetValue(profile)!), parsed.GetValue(threads),
                parsed.GetValue(runs), (long)parsed.GetValue(memory) << 30, parsed.GetValue(json), cancellation))));
        return command;
    }

    static Command MakeInclusion(CommandHost host)
    {
        var book = new BookSizes();
        var (threads, json) = (CommonOptions.Threads(), CommonOptions.Json());
        var place = new Option<string>("--in")
        {
            Description = "Folder in which to write; nothing is left there. [default: that of temporary files]",
            DefaultValueFactory = _ => Path.GetTempPath(),
            HelpName = "DIR",
        };
        var command = new Command(
            "inclusion", "Write the inclusion files of made-up books as a pack, then as one file each.")
        {
            book.Accounts, book.Entries, book.Assets, place, threads, json,
        };
        command.SetAction((parsed, cancellation) => Failures.CatchAsync(host, parsed.GetValue(json), () =>
            Task.FromResult(InclusionBench.Run(
                host, book.Of(parsed), parsed.GetValue(place)!, parsed.GetValue(threads), parsed.GetValue(json),
                cancellation))));
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
        var runs = CommonOptions.Runs();
        var (threads, json) = (CommonOptions.Threads(), CommonOptions.Json());
        var profile = CommonOptions.Profile();
        profile.DefaultValueFactory = _ => Stark.Profile.S100Fast.Name;
        var command = new Command("hashes", "Prove and verify permutations of Poseidon2, one a row.")
        {
            rows, profile, threads, runs, json,
        };
        command.SetAction((parsed, cancellation) => Failures.CatchAsync(host, parsed.GetValue(json), () =>
            Task.FromResult(HashBench.Run(
                host, parsed.GetValue(rows), CommonOptions.ProfileOf(parsed.GetValue(profile)!),
                parsed.GetValue(threads), parsed.GetValue(runs), parsed.GetValue(json), cancellation))));
        return command;
    }
}
