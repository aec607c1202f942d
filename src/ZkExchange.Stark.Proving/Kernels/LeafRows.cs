using System.Numerics;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving.Kernels;

/// <summary>A matrix as the rows of a tree: leaf j holds its row of natural index j.</summary>
readonly unsafe struct LeafRows
{
    readonly Matrix _storage;

    LeafRows(Matrix storage, int blowupLog2)
    {
        _storage = storage;
        BlowupLog2 = blowupLog2;
    }

    /// <summary>Leaves.</summary>
    public long Count => _storage.Rows;

    /// <summary>Rows of a coset, one behind the other.</summary>
    public long CosetRows => Count >> BlowupLog2;

    /// <summary>Words from a row to the next, a multiple of sixteen.</summary>
    public int Stride => _storage.Stride;

    /// <summary>Words of a row.</summary>
    public int Words => _storage.Columns;

    /// <summary>Row i of coset j is leaf j + 2^BlowupLog2 i.</summary>
    public int BlowupLog2 { get; }

    public static LeafRows Of(ExtendedMatrix rows) => new(rows.Storage, rows.BlowupLog2);

    /// <summary>Rows in natural order; a power of two.</summary>
    public static LeafRows Of(Matrix rows)
    {
        Check.That(BitOperations.IsPow2(rows.Rows));
        return new(rows, 0);
    }

    /// <summary>The row of a leaf.</summary>
    public Span<KoalaBear> Row(long leaf) => _storage.Row(StorageRow(leaf));

    /// <summary>The row as it lies in memory: coset after coset.</summary>
    public uint* Pointer(long storageRow) => _storage.Pointer(storageRow);

    /// <summary>The leaf of a row in memory.</summary>
    public long Leaf(long storageRow) =>
        storageRow / CosetRows + ((storageRow & (CosetRows - 1)) << BlowupLog2);

    long StorageRow(long leaf) =>
        (leaf & ((1L << BlowupLog2) - 1)) * CosetRows + (leaf >> BlowupLog2);
}
