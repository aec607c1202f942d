// A commitment as the prover holds it (specs/30-proof-system.md section 4): all levels, leaves first. Children of node
// i of a level of h nodes are the nodes i and i + h of the level before, so every pass reads and writes in order.

using System.Security.Cryptography;
using ZkExchange.Fields;
using ZkExchange.Stark.Merkle;
using ZkExchange.Stark.Proving.Kernels;

namespace ZkExchange.Stark.Proving;

/// <summary>A tree over the rows of one or several classes.</summary>
/// <remarks>Salts are not kept: they are drawn again from the seed for the rows that are opened.</remarks>
sealed unsafe class MerkleTree : IDisposable
{
    readonly TreeLayout _layout;
    readonly IReadOnlyList<LeafRows> _leaves;
    readonly Masks _masks;
    readonly Work _work;
    nint _digests;

    /// <summary>Hashes all rows.</summary>
    /// <param name="layout">The form.</param>
    /// <param name="leaves">The rows of each class of the layout; they must live as long as the tree.</param>
    /// <param name="masks">Where salts come from.</param>
    /// <param name="work">Threads.</param>
    public MerkleTree(TreeLayout layout, IReadOnlyList<LeafRows> leaves, Masks masks, Work work)
    {
        Check.That(leaves.Count == layout.Classes.Count);
        Check.That(layout.SaltBytes is 0 or Digest32.Bytes);
        for (var i = 0; i < leaves.Count; i++)
        {
            Check.That(leaves[i].Words == layout.Classes[i].Words);
            Check.That(leaves[i].Count == 1L << layout.Classes[i].LeavesLog2);
        }

        _layout = layout;
        _leaves = leaves;
        _masks = masks;
        _work = work;
        _digests = Allocate(2L << layout.LeavesLog2);
        HashLeaves(0, Level(0));
        for (var level = 1; level <= layout.LeavesLog2; level++) HashLevel(level);
        Root = Level(layout.LeavesLog2)[0];
    }

    public Digest32 Root { get; }

    /// <summary>Writes what a plan asks for.</summary>
    public void Open(OpeningPlan plan, ProofWriter writer)
    {
        for (var place = 0; place < plan.Rows.Count; place++)
        {
            var rows = _layout.Classes[place];
            foreach (var leaf in plan.Rows[place])
            {
                foreach (var value in _leaves[place].Row(leaf)) writer.Write(value);
                if (_layout.SaltBytes != 0) writer.Write(_masks.Salt(_layout.Kind, rows.LeavesLog2, leaf));
            }
        }

        for (var level = 0; level < plan.Siblings.Count; level++)
        {
            var digests = Level(level);
            foreach (var node in plan.Siblings[level]) writer.Write(digests[node]);
        }
    }

    public void Dispose()
    {
        var digests = Interlocked.Exchange(ref _digests, 0);
        if (digests != 0) Free(digests, 2L << _layout.LeavesLog2);
    }

    static nint Allocate(long digests) => NativePages.Allocate(digests * Digest32.Bytes);

    static void Free(nint memory, long digests) =>
        NativePages.Free(memory, digests * Digest32.Bytes, digests * Digest32.Bytes);

    /// <summary>The digests of a level: those before it have 2 N - 2 N / 2^level nodes.</summary>
    Span<Digest32> Level(int level)
    {
        Check.That(_digests != 0);
        var before = (2L << _layout.LeavesLog2) - (2L << (_layout.LeavesLog2 - level));
        return new((Digest32*)_digests + before, 1 << (_layout.LeavesLog2 - level));
    }

    void HashLevel(int level)
    {
        _work.ThrowIfCancelled();
        var nodesLog2 = _layout.LeavesLog2 - level;
        var entering = _layout.EnteringAt(nodesLog2);
        if (entering < 0)
        {
            Sha256Lanes.HashPairs(Level(level - 1), Level(level), _work.Threads);
            return;
        }

        var leaves = Allocate(1L << nodesLog2);
        try
        {
            var digests = new Span<Digest32>((Digest32*)leaves, 1 << nodesLog2);
            HashLeaves(entering, digests);
            Sha256Lanes.HashTriples(Level(level - 1), digests, Level(level), _work.Threads);
        }
        finally
        {
            Free(leaves, 1L << nodesLog2);
        }
    }

    void HashLeaves(int place, Span<Digest32> digests)
    {
        _work.ThrowIfCancelled();
        var rows = _layout.Classes[place];
        Span<byte> salts = stackalloc byte[_layout.SaltBytes == 0 ? 0 : MaskStream.PrefixBytes];
        if (salts.Length > 0) _masks.WriteSaltPrefix(_layout.Kind, rows.LeavesLog2, salts);
        Sha256Lanes.HashRows(_layout.Header(rows), _leaves[place], salts, digests, _work.Threads);
        CryptographicOperations.ZeroMemory(salts);
    }
}
