using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Output;

namespace ZkExchange.Cli.Commands;

/// <summary>Where proofs are made.</summary>
static class ShardProvers
{
    /// <summary>In this process, or on the prover of an address.</summary>
    public static IShardProver Of(string? url, int threads) =>
        url is null
            ? new InProcessShardProver(threads)
            : throw CommandException.Usage($"--prover {url}: only proving in this process is available.");
}
