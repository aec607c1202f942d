using System.Text;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Merkle;

/// <summary>What a tree holds. Part of each leaf's header: never renumber.</summary>
public enum TreeKind : byte
{
    Main = 2,
    Auxiliary = 3,
    Quotient = 4,
    Fri = 5,
}

/// <summary>The rows of one class in a tree.</summary>
/// <param name="Class">The class, by its place in the shape; 0 in FRI.</param>
/// <param name="LeavesLog2">lg of the number of rows.</param>
/// <param name="Words">Words of a row, at least 1.</param>
public readonly record struct TreeClass(int Class, int LeavesLog2, int Words);

/// <summary>The form of a tree: everything about it that is not its content (specs/30-proof-system.md section 4).
/// </summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Layer">The FRI layer, 0 in other kinds.</param>
/// <param name="SaltBytes">Random bytes beside each row, 0 in FRI.</param>
/// <param name="Classes">Of falling height; only those that have columns here.</param>
/// <remarks>
/// leaf = SHA-256(header || row || salt); node = SHA-256(left || right), with a shorter class's leaf behind them at the
/// level that has as many nodes as the class has rows. Level k has N / 2^k nodes, and node i of level k + 1 has the
/// children i and i + N / 2^(k+1): the ancestor of point j at level k is j modulo N / 2^k.
/// </remarks>
public sealed record TreeLayout(TreeKind Kind, int Layer, int SaltBytes, IReadOnlyList<TreeClass> Classes)
{
    /// <summary>Bytes before the row in a leaf: one block of SHA-256.</summary>
    public const int HeaderBytes = 64;

    /// <summary>lg of the number of rows of the tallest class.</summary>
    public int LeavesLog2 => Classes[0].LeavesLog2;

    /// <summary>The class whose rows join at a level of 2^<paramref name="nodesLog2"/> nodes, by its place in
    /// <see cref="Classes"/>, or -1.</summary>
    public int EnteringAt(int nodesLog2)
    {
        for (var i = 0; i < Classes.Count; i++)
        {
            if (Classes[i].LeavesLog2 == nodesLog2) return i;
        }

        return -1;
    }

    /// <summary>The first block of every leaf of a class: fixes the kind, the row's length and the number of rows.
    /// </summary>
    public byte[] Header(TreeClass rows)
    {
        Check.That(rows.Words > 0);
        var header = new byte[HeaderBytes];
        Encoding.ASCII.GetBytes("zkexchange-stark-v1/leaf", header);
        header[32] = (byte)Kind;
        header[33] = (byte)Layer;
        header[34] = (byte)rows.LeavesLog2;
        header[35] = (byte)SaltBytes;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(36), (uint)rows.Words);
        return header;
    }

    /// <summary>An upper bound of the bytes of any opening at that many positions: paths that share nothing.</summary>
    public long OpeningBytesMax(int positions)
    {
        var bytes = (long)Digest32.Bytes * LeavesLog2;
        foreach (var rows in Classes) bytes += Canonical.WordBytes * rows.Words + SaltBytes;
        return bytes * positions;
    }
}
