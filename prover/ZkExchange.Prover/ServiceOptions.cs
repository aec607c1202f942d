namespace ZkExchange.Prover;

/// <summary>What the operator chose on the command line.</summary>
sealed record ServiceOptions
{
    public Uri Listen { get; init; } = new("http://127.0.0.1:5080");

    /// <summary>An address for plain-text metrics over HTTP/1.1, or null for none.</summary>
    public Uri? Metrics { get; init; }

    public string? CertificateFile { get; init; }

    public string? KeyFile { get; init; }

    /// <summary>What clients must know; null only where no other machine can reach the service.</summary>
    public BearerToken? Token { get; init; }

    /// <summary>Threads of all proofs together.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Memory of all proofs together, in bytes.</summary>
    public long MemoryBytesMax { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;

    /// <summary>Proofs at a time.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Calls that may wait for one.</summary>
    public int WaitingMax { get; init; } = 8;

    /// <summary>The longest pause within a request before the call is given up.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a proof in progress may go on after the signal to stop.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public int ThreadsPerJob => Math.Max(1, Threads / Jobs);

    public long MemoryBytesPerJob => MemoryBytesMax / Jobs;

    /// <summary>The first reason why these options cannot be served, or null.</summary>
    public string? Refusal()
    {
        if (PlaintextRule.Refusal(Listen) is { } refusal) return "--listen: " + refusal;
        if (Metrics is not null && PlaintextRule.Refusal(Metrics) is { } refusalOfMetrics)
            return "--metrics: " + refusalOfMetrics;
        if (Metrics is not null && PlaintextRule.IsEncrypted(Metrics)) return "--metrics: only http is served here";
        if (!IsAddress(Listen)) return $"--listen: '{Listen.Host}' is no IP address of this machine, nor localhost";
        if (PlaintextRule.IsEncrypted(Listen) != (CertificateFile is not null))
            return "--certificate and an https address for --listen go together";
        if ((CertificateFile is null) != (KeyFile is null)) return "--certificate and --key go together";
        if (Token is null && PlaintextRule.LoopbackAddresses(Listen.IdnHost).Count == 0)
        {
            return "--token-file: other machines can reach this address, and a prover neither takes balances from nor "
                + "works for just anybody";
        }

        if (Jobs is < 1 or > 64) return "--jobs: 1 to 64";
        if (Threads is < 1 or > 1024) return "--threads: 1 to 1024";
        if (WaitingMax is < 0 or > 1000) return "--waiting: 0 to 1000";
        return MemoryBytesPerJob < 64L << 20 ? "--max-memory: at least 64 MiB for each of --jobs" : null;
    }

    static bool IsAddress(Uri address) =>
        System.Net.IPAddress.TryParse(address.IdnHost, out _)
        || string.Equals(address.IdnHost, "localhost", StringComparison.OrdinalIgnoreCase);
}
