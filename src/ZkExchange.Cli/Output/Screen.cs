using Spectre.Console;
using ZkExchange.Circuits.Proving.Epoch;

namespace ZkExchange.Cli.Output;

/// <summary>Shows long work: bars on a terminal, nothing elsewhere.</summary>
static class Screen
{
    /// <summary>Does work that tells how far it is.</summary>
    /// <param name="host">Where to show it.</param>
    /// <param name="isShown">False: not at all.</param>
    /// <param name="work">Gets the one to tell.</param>
    public static async Task<T> WatchAsync<T>(
        CommandHost host, bool isShown, Func<Action<EpochPhase>, Task<T>> work)
    {
        if (!host.IsTerminal || !isShown) return await work(_ => { }).ConfigureAwait(false);
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(host.Output) });
        return await console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
                new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask("starting");
                return await Task.Run(() => work(phase =>
                {
                    task.Description = Markup.Escape(phase.Phase);
                    task.Value = 100 * phase.Fraction;
                })).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }
}
