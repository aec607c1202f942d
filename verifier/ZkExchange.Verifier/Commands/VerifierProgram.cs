using System.CommandLine;
using ZkExchange.Circuits.Epoch;

namespace ZkExchange.Verifier.Commands;

/// <summary>The command line of zkx-verify: 0 accepted, 2 bad usage, 4 everything else, whatever the bytes.</summary>
public static class VerifierProgram
{
    /// <summary>Runs one command.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error) =>
        Run(arguments, output, error, () => EpochCircuits.Standard);

    internal static int Run(string[] arguments, TextWriter output, TextWriter error, Func<EpochCircuits> circuits)
    {
        var root = new RootCommand("Checks what an exchange publishes about its solvency, offline.")
        {
            EpochCommand.Create(output, error, circuits),
            ChainCommand.Create(output, error, circuits),
            InclusionCommand.Create(output),
            SecurityCommand.Create(output),
        };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var mistake in parsed.Errors) error.WriteLine($"zkx-verify: {mistake.Message}");
            error.WriteLine("zkx-verify --help tells the commands.");
            return ExitCode.Usage;
        }

        // Foreign bytes end in verdicts, not here. What is caught is the world: no memory, a disk that fails.
        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
            });
        }
        catch (Exception e)
        {
            error.WriteLine($"zkx-verify: REFUSED, the check could not be finished: {e.GetType().Name}: {e.Message}");
            return ExitCode.Refused;
        }
    }
}
