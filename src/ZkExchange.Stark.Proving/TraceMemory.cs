using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Stark.Proving;

/// <summary>Makes the matrices into which the traces of a proof are written.</summary>
/// <remarks>A table that is alone in its height needs no copy to become the main columns of its class: the memory has
/// room for its blind behind the declared columns and for its extension behind the rows.</remarks>
public sealed class TraceMemory
{
    readonly VerifyingKey _key;
    readonly byte[] _heightsLog2;
    readonly int _blowupLog2;

    /// <param name="key">The circuit.</param>
    /// <param name="heightsLog2">For each table of the key lg of its height, <see cref="Shape.Absent"/> if absent.
    /// </param>
    /// <param name="profile">Of the proof; null if there will be none.</param>
    public TraceMemory(VerifyingKey key, ReadOnlySpan<byte> heightsLog2, Profile? profile)
    {
        Check.That(heightsLog2.Length == key.Tables.Count);
        _key = key;
        _heightsLog2 = heightsLog2.ToArray();
        _blowupLog2 = profile?.BlowupLog2 ?? 0;
    }

    /// <summary>A zero matrix for the rows of a table that is present.</summary>
    public Matrix Make(int table)
    {
        var (layout, heightLog2) = (_key.Tables[table], _heightsLog2[table]);
        Check.That(heightLog2 != Shape.Absent);
        var (rows, columns) = (1L << heightLog2, layout.Table.Width);
        return _heightsLog2.Count(height => height == heightLog2) == 1
            ? new(rows, columns, rows << _blowupLog2, layout.MainWidth)
            : new(rows, columns);
    }
}
