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
        CommandHost host, int rowsLog2, Profile profile, int threads, int runs, bool json,
        CancellationToken cancellation)
    {
        var series = new RunSeries();
        for (var i = 0; i < runs; i++)
        {
            var figures = Measure(rowsLog2, profile, threads, cancellation, out var taken);
            series.Add(figures, taken);
        }

        series.Write(host, json);
        return ExitCode.Success;
    }

    static BenchFigures Measure(
        int rowsLog2, Profile profile, int threads, CancellationToken cancellation, out TimeSpan taken)
    {
        var figures = new BenchFigures();
        figures.Count("permutations", 1L << rowsLog2);
        figures.Add("profile", profile.Name, profile.Name);
        figures.Count("threads", threads);
        var watch = Stopwatch.StartNew();
        var trace = HashCircuit.Write(rowsLog2, threads, profile);
        figures.Seconds("traceSeconds", watch.Elapsed);

        var processor = Environment.CpuUsage;
        var phases = new PhaseWatch(figures);
        watch.Restart();
        var proof = StarkProver.Prove(HashCircuit.Key, profile, HashCircuit.Claim, [trace], new()
        {
            Threads = threads,
            Cancellation = cancellation,
            SelfVerify = false,
            Progress = progress => phases.Begin(progress.Phase.ToString()),
        });
        taken = watch.Elapsed;
        phases.End();
        figures.Seconds("proveSeconds", taken);
        figures.Seconds("proveCpuSeconds", Environment.CpuUsage.TotalTime - processor.TotalTime);
        figures.Seconds("proveKernelSeconds", Environment.CpuUsage.PrivilegedTime - processor.PrivilegedTime);
        figures.Bytes("proofBytes", proof.Length);

        watch.Restart();
        var verdict = StarkVerifier.Verify(HashCircuit.Key, profile, HashCircuit.Claim, proof);
        figures.Seconds("verifySeconds", watch.Elapsed);
        if (!verdict.IsAccepted)
            throw new CommandException(ExitCode.Proof, verdict.Outcome.ToString(), "The proof does not verify.");
        return figures;
    }
}
