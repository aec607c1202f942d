// A commitment as the prover holds it (specs/30-proof-system.md section 4): all levels, leaves first. Children of node i
// of a level of h nodes are the nodes i and i + h of the level before, so every pass reads and writes in order.

using System.Runtime.InteropServices;
using ZkExchange.Fields;
using ZkExchange.Stark.Merkle;

namespace ZkExchange.Stark.Proving;

/// <summary>A tree over the rows of one or several classes.</summary>
/// <remarks>Salts are not kept: they are drawn again from the seed for the rows that are opened.</remarks>
sealed unsafe class MerkleTree : IDisposable
{
    const int NodesPerGrain = 256;

    readonly TreeLayout _layout;
    readonly IReadOnlyList<ILeaves> _leaves;
    readonly Masks _masks;
    readonly Work _work;
    nint _digests;

    /// <summary>Hashes all rows.</summary>
    /// <param name="layout">The form.</param>
    /// <param name="leaves">The rows of each class of the layout.</param>
    /// <param name="masks">Where salts come from.</param>
    /// <param name="work">Threads.</param>
    public MerkleTree(TreeLayout layout, IReadOnlyList<ILeaves> leaves, Masks masks, Work work)
    {
        Check.That(leaves.Count == layout.Classes.Count);
        for (var i = 0; i < leaves.Count; i++)
        {
            Check.That(leaves[i].Words == layout.Classes[i].Words);
            Check.That(leaves[i].CountLog2 == layout.Classes[i].LeavesLog2);
        }

        _layout = layout;
        _leaves = leaves;
        _masks = masks;
        _work = work;
        _digests = Allocate(2L << layout.LeavesLog2);
        HashLeaves(0, Level(0));
        for (var level = 1; level <= layout.LeavesLog2; level++) HashLevel(level);
        Root = new(new ReadOnlySpan<byte>(Level(layout.LeavesLog2), Digest32.Bytes));
    }

    public Digest32 Root { get; }

    /// <summary>Writes what a plan asks for.</summary>
    public void Open(OpeningPlan plan, ProofWriter writer)
    {
        for (var place = 0; place < plan.Rows.Count; place++)
        {
            var rows = _layout.Classes[place];
            var row = new uint[rows.Words];
            var salt = new byte[_layout.SaltBytes];
            foreach (var leaf in plan.Rows[place])
            {
                _leaves[place].Copy(leaf, row);
                foreach (var residue in row) writer.Write(KoalaBear.FromResidue(residue));
                if (salt.Length == 0) continue;

                _masks.Salts((int)_layout.Kind, rows.LeavesLog2, leaf, salt);
                writer.Write(salt);
            }
        }

        for (var level = 0; level < plan.Siblings.Count; level++)
        {
            foreach (var node in plan.Siblings[level])
                writer.Write(new ReadOnlySpan<byte>(Level(level) + (long)node * Digest32.Bytes, Digest32.Bytes));
        }
    }

    public void Dispose()
    {
        var digests = Interlocked.Exchange(ref _digests, 0);
        if (digests != 0) NativeMemory.AlignedFree((void*)digests);
    }

    static nint Allocate(long digests) =>
        (nint)NativeMemory.AlignedAlloc((nuint)(digests * Digest32.Bytes), Matrix.Lanes * sizeof(uint));

    /// <summary>The first digest of a level: the levels before it have 2 N - 2 N / 2^level nodes.</summary>
    byte* Level(int level)
    {
        Check.That(_digests != 0);
        var before = (2L << _layout.LeavesLog2) - (2L << (_layout.LeavesLog2 - level));
        return (byte*)_digests + before * Digest32.Bytes;
    }

    void HashLevel(int level)
    {
        var nodesLog2 = _layout.LeavesLog2 - level;
        var nodes = 1L << nodesLog2;
        var (children, parents) = ((nint)Level(level - 1), (nint)Level(level));
        var entering = _layout.EnteringAt(nodesLog2);
        var leaves = entering < 0 ? 0 : Allocate(nodes);
        try
        {
            if (entering >= 0) HashLeaves(entering, (byte*)leaves);
            _work.Ranges(nodes, NodesPerGrain, (from, to) =>
            {
                var left = (byte*)children + from * Digest32.Bytes;
                var entry = leaves == 0 ? null : (byte*)leaves + from * Digest32.Bytes;
                LeafHash.Nodes(
                    left, left + nodes * Digest32.Bytes, entry, (byte*)parents + from * Digest32.Bytes, to - from);
            });
        }
        finally
        {
            if (leaves != 0) NativeMemory.AlignedFree((void*)leaves);
        }
    }

    void HashLeaves(int place, byte* digests)
    {
        var target = (nint)digests;
        var rows = _layout.Classes[place];
        var leaves = _leaves[place];
        var header = _layout.Header(rows);
        _work.Ranges(1L << rows.LeavesLog2, Matrix.Lanes, (from, to) =>
        {
            var pointers = stackalloc uint*[Matrix.Lanes];
            var buffer = stackalloc uint[leaves is FoldLeaves ? Matrix.Lanes * leaves.Words : 1];
            var salts = new byte[Matrix.Lanes * _layout.SaltBytes];
            Span<byte> hashed = stackalloc byte[Matrix.Lanes * Digest32.Bytes];
            for (var at = from; at < to; at += Matrix.Lanes)
            {
                leaves.Locate(at, pointers, buffer);
                for (var i = 0; i < Matrix.Lanes && salts.Length > 0; i++)
                {
                    _masks.Salts(
                        (int)_layout.Kind, rows.LeavesLog2, leaves.LeafAt(at + i),
                        salts.AsSpan(i * _layout.SaltBytes, _layout.SaltBytes));
                }

                LeafHash.Leaves(header, pointers, leaves.Words, salts, hashed);
                for (var i = 0; i < Matrix.Lanes; i++)
                {
                    var place = (byte*)target + leaves.LeafAt(at + i) * Digest32.Bytes;
                    hashed.Slice(i * Digest32.Bytes, Digest32.Bytes).CopyTo(new(place, Digest32.Bytes));
                }
            }
        });
    }
}
