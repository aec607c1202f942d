namespace ZkExchange.Cli.Output;

/// <summary>What a command has around it; a test gives it another one.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="IsTerminal">Progress is drawn only there.</param>
/// <param name="Time">The clock.</param>
sealed record CommandHost(TextWriter Output, TextWriter Error, bool IsTerminal, TimeProvider Time)
{
    /// <summary>The console of the process.</summary>
    public static CommandHost OfProcess() =>
        new(Console.Out, Console.Error, !Console.IsOutputRedirected, TimeProvider.System);

    /// <summary>Now, as statements write it.</summary>
    public string Now => Time.GetUtcNow().UtcDateTime.ToString(
        "yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
