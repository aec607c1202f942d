using ZkExchange.Cli.Commands;

namespace ZkExchange.Cli.Tests.Commands;

/// <summary>What a command line did.</summary>
sealed record Run(int ExitCode, string Output, string Error)
{
    /// <summary>Runs zkx in this process.</summary>
    public static async Task<Run> ZkxAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Zkx.RunAsync(arguments, new(output, error, false, TimeProvider.System));
        return new(code, output.ToString(), error.ToString());
    }
}
