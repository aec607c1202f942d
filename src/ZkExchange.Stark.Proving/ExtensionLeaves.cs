using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving;

/// <summary>The rows of an extended matrix: leaf J is the row of natural index J.</summary>
sealed unsafe class ExtensionLeaves(ExtendedMatrix extension) : ILeaves
{
    public int Words => extension.Columns;

    public int CountLog2 => extension.RowsLog2 + extension.BlowupLog2;

    public long LeafAt(long place)
    {
        var coset = place >> extension.RowsLog2;
        var row = place & (extension.Rows - 1);
        return (row << extension.BlowupLog2) + coset;
    }

    public void Locate(long place, uint** rows, uint* buffer)
    {
        for (var i = 0; i < Matrix.Lanes; i++) rows[i] = extension.Storage.Pointer(place + i);
    }

    public void Copy(long leaf, Span<uint> residues)
    {
        var row = extension.Row(leaf);
        for (var i = 0; i < row.Length; i++) residues[i] = row[i].Residue;
    }
}
