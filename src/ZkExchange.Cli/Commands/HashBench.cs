using System.Diagnostics;
using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Cli.Output;
using ZkExchange.Stark;
using ZkExchange.Stark.Proving;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Cli.Commands;

/// <summary>Proves 2^n permutations of Poseidon2.</summary>
static class HashBench
{
    public static int Run(
        CommandHost host, int rowsLog2, Profile profile, int threads, bool json, CancellationToken cancellation)
    {
        var figures = new BenchFigures();
        figures.Count("permutations", 1L << rowsLog2);
        figures.Add("profile", profile.Name, profile.Name);
        figures.Count("threads", threads);
        var watch = Stopwatch.StartNew();
        var trace = HashCircuit.Write(rowsLog2, threads);
        figures.Seconds("traceSeconds", watch.Elapsed);

        var processor = BenchFigures.ProcessorTime;
        watch.Restart();
        var proof = StarkProver.Prove(HashCircuit.Key, profile, HashCircuit.Claim, [trace], new()
        {
            Threads = threads,
            Cancellation = cancellation,
            SelfVerify = false,
            Timing = (phase, time) => figures.Phase(phase.ToString(), time),
        });
        figures.Seconds("proveSeconds", watch.Elapsed);
        figures.Seconds("proveCpuSeconds", BenchFigures.ProcessorTime - processor);
        figures.Bytes("proofBytes", proof.Length);

        watch.Restart();
        var verdict = StarkVerifier.Verify(HashCircuit.Key, profile, HashCircuit.Claim, proof);
        figures.Seconds("verifySeconds", watch.Elapsed);
        if (!verdict.IsAccepted)
            throw new CommandException(ExitCode.Proof, verdict.Outcome.ToString(), "The proof does not verify.");
        figures.Write(host, json);
        return ExitCode.Success;
    }
}
