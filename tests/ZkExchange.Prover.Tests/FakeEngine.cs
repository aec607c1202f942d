using System.Collections.Concurrent;
using System.Text;
using ZkExchange.Prover.Rpc;
using ZkExchange.Prover.Rpc.V1;

namespace ZkExchange.Prover.Tests;

/// <summary>An engine that does what the first word of the statement says, so that the service can be tested
/// alone.</summary>
sealed class FakeEngine : IProofEngine
{
    public const string Secret = "balance 4711";

    /// <summary>One line for each task: what became of it.</summary>
    public ConcurrentQueue<string> Ends { get; } = new();

    /// <summary>Set while a "hold" proof may end.</summary>
    public ManualResetEventSlim Gate { get; } = new();

    public int Working { get; private set; }

    public int WorkingMax { get; private set; }

    public IReadOnlyList<(string Name, byte[] VerifyingKey)> Circuits { get; } = [("shard", new byte[32])];

    public IReadOnlyList<string> Profiles { get; } = ["S100"];

    public string Kernels => "none";

    public IProofTask Begin(byte[] statement, ProveHeader header)
    {
        var text = Encoding.UTF8.GetString(statement);
        if (text.StartsWith("bad", StringComparison.Ordinal))
            throw new RpcException(GrpcStatus.InvalidArgument, "statement: 100% wrong – Σ ≠ 0");
        return new FakeTask(this, text.Split(' '), header);
    }

    sealed class FakeTask(FakeEngine engine, string[] words, ProveHeader header) : IProofTask
    {
        int _accounts;
        bool _isWorking;

        public long MemoryBytes => words is ["large", ..] ? long.MaxValue : 1 << 20;

        public void Add(ProveRequest part)
        {
            if (part.PartCase != ProveRequest.PartOneofCase.Accounts)
                throw new RpcException(GrpcStatus.InvalidArgument, "accounts are due");
            _accounts += part.Accounts.Positions.Count;
            if (words is ["picky", ..]) throw new RpcException(GrpcStatus.InvalidArgument, "not these");
        }

        public byte[] Prove(int threads, Action<string, int> progress, CancellationToken cancellation)
        {
            lock (engine)
            {
                _isWorking = true;
                engine.WorkingMax = Math.Max(engine.WorkingMax, ++engine.Working);
            }

            if (_accounts != header.Shard.Accounts)
                throw new RpcException(GrpcStatus.InvalidArgument, $"{_accounts} accounts of {header.Shard.Accounts}");
            progress("trace", 500);
            switch (words[0])
            {
                case "crash":
                    throw new InvalidOperationException(Secret);
                case "hold":
                    engine.Gate.Wait(cancellation);
                    break;
            }

            progress("fri", 1000);
            return Proof(int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture));
        }

        public void Dispose()
        {
            lock (engine)
            {
                if (_isWorking) engine.Working--;
            }

            engine.Ends.Enqueue(words[0]);
        }
    }

    public static byte[] Proof(int length)
    {
        var proof = new byte[length];
        for (var i = 0; i < length; i++) proof[i] = (byte)(i * 7);
        return proof;
    }
}
