using ZkExchange.Circuits.Parts;
using ZkExchange.Commitments;
using ZkExchange.Commitments.Kernels;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Parts;

/// <summary>Up to <see cref="Size"/> permutations at a time, as many on the lanes of the machine as there
/// are.</summary>
sealed class PermutationBatch
{
    /// <summary>A multiple of every number of lanes.</summary>
    public const int Size = 64;

    readonly NodeDigest[] _inputs = new NodeDigest[2 * Size];
    readonly NodeDigest[] _digests = new NodeDigest[Size];
    readonly KoalaBear[] _cells = new KoalaBear[Size * Poseidon2.TraceCells];

    /// <summary>Sets the two halves of an input.</summary>
    public void Set(int index, in NodeDigest left, in NodeDigest right) =>
        (_inputs[2 * index], _inputs[2 * index + 1]) = (left, right);

    /// <summary>Computes permutations 0 .. count - 1.</summary>
    public void Run(int count) => Poseidon2Lanes.Trace(
        _inputs.AsSpan(0, 2 * count), _cells.AsSpan(0, count * Poseidon2.TraceCells), _digests.AsSpan(0, count));

    /// <summary>What a permutation compressed to.</summary>
    public NodeDigest Digest(int index) => _digests[index];

    /// <summary>Copies inputs and cells of a permutation to the front of a row.</summary>
    public void CopyTo(int index, Span<KoalaBear> row) =>
        _cells.AsSpan(index * Poseidon2.TraceCells, Poseidon2Part.Width).CopyTo(row);
}
