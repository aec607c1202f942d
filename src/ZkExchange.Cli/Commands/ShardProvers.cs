using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Output;
using ZkExchange.Cli.Remote;
using ZkExchange.Prover.Rpc;

namespace ZkExchange.Cli.Commands;

/// <summary>Where proofs are made.</summary>
static class ShardProvers
{
    /// <summary>In this process, or on the prover of an address.</summary>
    public static IShardProver Of(string? url, int threads)
    {
        if (url is null) return new InProcessShardProver(threads);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
            throw CommandException.Usage($"--prover: '{url}' is no address as in http://127.0.0.1:5080.");
        if (PlaintextRule.Refusal(address) is { } refusal) throw CommandException.Usage($"--prover: {refusal}.");
        return new RemoteShardProver(new GrpcChannel(address));
    }
}
