using System.CommandLine;
using ZkExchange.Cli.Output;
using ZkExchange.Cli.Sample;

namespace ZkExchange.Cli.Commands;

/// <summary>Options that say how large a made-up book is.</summary>
sealed class BookSizes
{
    public Option<int> Accounts { get; } = CommonOptions.InRange(new Option<int>("--accounts")
    {
        Description = "Customers.",
        DefaultValueFactory = _ => 10_000,
    }, 1, 10_000_000);

    public Option<int> Entries { get; } = CommonOptions.InRange(new Option<int>("--entries")
    {
        Description = "Balances of all customers together. [default: four each]",
        DefaultValueFactory = _ => 0,
    }, 1, 100_000_000);

    public Option<int> Assets { get; } = CommonOptions.InRange(new Option<int>("--assets")
    {
        Description = "Assets.",
        DefaultValueFactory = _ => 20,
    }, 1, SampleAssets.CountMax);

    /// <summary>The book that a command line asks for.</summary>
    /// <exception cref="CommandException">So many entries do not fit so many customers and assets.</exception>
    public BookOptions Of(ParseResult parsed)
    {
        int? total = parsed.GetValue(Entries) == 0 ? null : parsed.GetValue(Entries);
        var (count, width) = (parsed.GetValue(Accounts), parsed.GetValue(Assets));
        var most = (long)count * BookGenerator.EntriesPerAccountMax(width);
        return total < count || total > most
            ? throw CommandException.Usage($"--entries is from {count} to {most} for so many customers and assets.")
            : new(count, width, total);
    }
}
