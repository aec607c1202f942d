using BenchmarkDotNet.Attributes;
using System.Security.Cryptography;
using ZkExchange.Commitments;
using ZkExchange.Commitments.Kernels;
using ZkExchange.Fields;
using ZkExchange.Stark;
using ZkExchange.Stark.Proving.Kernels;

namespace ZkExchange.Benchmarks;

/// <summary>Leaves and nodes of commitment trees, permutations of account trees; times are per hash.</summary>
public class HashBenchmarks
{
    const int Leaves = 1 << 16;
    const int Permutations = 1 << 12;

    readonly byte[] _header = new byte[64];
    readonly byte[] _saltPrefix = new byte[36];
    readonly Digest32[] _digests = new Digest32[Leaves];
    readonly Digest32[] _parents = new Digest32[Leaves / 2];
    readonly NodeDigest[] _nodes = new NodeDigest[2 * Permutations];
    readonly NodeDigest[] _compressed = new NodeDigest[Permutations];
    readonly KoalaBear[] _cells = new KoalaBear[Permutations * Poseidon2.TraceCells];
    Matrix _rows = null!;

    [GlobalSetup]
    public void Setup()
    {
        _rows = Words.Matrix(Leaves, 176);
        for (var i = 0; i < _nodes.Length; i++) _nodes[i] = new(_rows.Row(i)[..NodeDigest.Length]);
    }

    [GlobalCleanup]
    public void Cleanup() => _rows.Dispose();

    [Benchmark(OperationsPerInvoke = Leaves)]
    public void Leaf() => Sha256Lanes.HashRows(_header, LeafRows.Of(_rows), _saltPrefix, _digests, threads: 1);

    [Benchmark(OperationsPerInvoke = Leaves / 2)]
    public void Node() => Sha256Lanes.HashPairs(_digests, _parents, threads: 1);

    [Benchmark(OperationsPerInvoke = 1000)]
    public byte[] PlatformNode()
    {
        var digest = new byte[32];
        for (var i = 0; i < 1000; i++) SHA256.HashData(_header, digest);
        return digest;
    }

    [Benchmark(OperationsPerInvoke = Permutations)]
    public void Poseidon2Compress() => Poseidon2Lanes.CompressPairs(_nodes, _compressed);

    [Benchmark(OperationsPerInvoke = Permutations)]
    public void Poseidon2Trace() => Poseidon2Lanes.Trace(_nodes, _cells, _compressed);

    [Benchmark(OperationsPerInvoke = 1000)]
    public NodeDigest Poseidon2Scalar()
    {
        var digest = _nodes[0];
        for (var i = 0; i < 1000; i++) digest = Poseidon2.Compress(digest, _nodes[1]);
        return digest;
    }
}
