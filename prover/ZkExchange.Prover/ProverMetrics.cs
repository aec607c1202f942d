using System.Globalization;
using System.Text;

namespace ZkExchange.Prover;

/// <summary>Counters since the start of the process.</summary>
sealed class ProverMetrics(TimeProvider time)
{
    readonly long _started = time.GetTimestamp();
    long _proofs;
    long _failures;
    long _cancelled;
    long _refused;
    long _proofBytes;
    long _provingMilliseconds;

    public long Proofs => Interlocked.Read(ref _proofs);

    /// <summary>Calls that ended without a proof for any reason.</summary>
    public long Failures =>
        Interlocked.Read(ref _failures) + Interlocked.Read(ref _cancelled) + Interlocked.Read(ref _refused);

    public TimeSpan Uptime => time.GetElapsedTime(_started);

    public void CountProof(int bytes, TimeSpan took)
    {
        Interlocked.Increment(ref _proofs);
        Interlocked.Add(ref _proofBytes, bytes);
        Interlocked.Add(ref _provingMilliseconds, took.Ticks / TimeSpan.TicksPerMillisecond);
    }

    public void CountFailure() => Interlocked.Increment(ref _failures);

    public void CountCancelled() => Interlocked.Increment(ref _cancelled);

    public void CountRefused() => Interlocked.Increment(ref _refused);

    /// <summary>The counters in the text format that Prometheus reads.</summary>
    public string Write(ProofQueue queue)
    {
        var text = new StringBuilder();
        Add("running", "gauge", "Proofs in progress.", queue.Running);
        Add("waiting", "gauge", "Calls that wait for their turn.", queue.Waiting);
        Add("proofs_total", "counter", "Proofs made and verified.", Proofs);
        Add("failures_total", "counter", "Calls that failed.", Interlocked.Read(ref _failures));
        Add("cancelled_total", "counter", "Calls ended by client or deadline.", Interlocked.Read(ref _cancelled));
        Add("refused_total", "counter", "Calls sent away because the line was full.", Interlocked.Read(ref _refused));
        Add("proof_bytes_total", "counter", "Bytes of proofs.", Interlocked.Read(ref _proofBytes));
        Add("proving_milliseconds_total", "counter", "Time for proofs.", Interlocked.Read(ref _provingMilliseconds));
        Add("uptime_seconds", "gauge", "Time since the start.", Uptime.Ticks / TimeSpan.TicksPerSecond);
        return text.ToString();

        void Add(string name, string kind, string help, long value)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP zkx_prover_{name} {help}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE zkx_prover_{name} {kind}\n");
            text.Append(CultureInfo.InvariantCulture, $"zkx_prover_{name} {value}\n");
        }
    }
}
