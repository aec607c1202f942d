using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Output;
using ZkExchange.Cli.Remote;
using ZkExchange.Prover.Rpc;

namespace ZkExchange.Cli.Commands;

/// <summary>Where proofs are made.</summary>
static class ShardProvers
{
    /// <summary>In this process, or on the prover of an address.</summary>
    /// <param name="url">The prover, or null for this process.</param>
    /// <param name="tokenFile">The file with the prover's token, or null.</param>
    /// <param name="rootFile">The file with the root of the prover's certificate, or null for the system's roots.
    /// </param>
    /// <param name="threads">Of this process.</param>
    /// <exception cref="CommandException">The options do not fit together, or a file cannot be used.</exception>
    public static IShardProver Of(string? url, string? tokenFile, string? rootFile, int threads)
    {
        if (url is null)
        {
            if (tokenFile is not null) throw CommandException.Usage("--prover-token-file goes with --prover.");
            if (rootFile is not null) throw CommandException.Usage("--prover-ca goes with --prover.");
            return new InProcessShardProver(threads);
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
            throw CommandException.Usage($"--prover: '{url}' is no address as in http://127.0.0.1:5080.");
        if (PlaintextRule.Refusal(address) is { } refusal) throw CommandException.Usage($"--prover: {refusal}.");
        if (rootFile is not null && !PlaintextRule.IsEncrypted(address))
            throw CommandException.Usage("--prover-ca goes with an https address for --prover.");
        return new RemoteShardProver(new GrpcChannel(address, new()
        {
            Token = tokenFile is null ? null : Read("--prover-token-file", tokenFile, BearerToken.Read),
            TrustedRoot = rootFile is null
                ? null
                : Read("--prover-ca", rootFile, X509CertificateLoader.LoadCertificateFromFile),
        }));
    }

    static T Read<T>(string option, string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or InvalidDataException or CryptographicException)
        {
            throw new CommandException(ExitCode.Input, "Prover", $"{option} '{path}': {exception.Message}");
        }
    }
}
