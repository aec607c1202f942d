using ZkExchange.Prover.Rpc.V1;

namespace ZkExchange.Prover;

/// <summary>What turns a statement and a witness into a proof. The service around it knows neither.</summary>
interface IProofEngine
{
    /// <summary>The circuits, each with the hash of its verifying key.</summary>
    IReadOnlyList<(string Name, byte[] VerifyingKey)> Circuits { get; }

    IReadOnlyList<string> Profiles { get; }

    /// <summary>The instruction set that the kernels use on this machine.</summary>
    string Kernels { get; }

    /// <summary>Reads the statement, finds the subject in it and makes room for the witness.</summary>
    /// <exception cref="RpcException">InvalidArgument: no such statement or subject, or counts that do not
    /// fit.</exception>
    IProofTask Begin(byte[] statement, ProveHeader header);
}
