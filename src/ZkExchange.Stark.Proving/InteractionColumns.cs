using System.Runtime.Intrinsics.X86;
using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Stark.Proving;

/// <summary>The columns of a trace that messages and weights are made of, put aside before the trace is extended in
/// place.</summary>
sealed unsafe class InteractionColumns : IDisposable
{
    const int RowsAhead = 8;                                   // asked for while a row is copied: memory is far away

    readonly Dictionary<int, int> _words = [];

    /// <summary>Copies the columns of a trace.</summary>
    public InteractionColumns(TableLayout layout, Matrix trace, Work work)
    {
        Layout = layout;
        foreach (var column in ColumnsOf(layout.Table)) _words.Add(column, _words.Count);

        // A table may speak of constants only; the program still needs rows to run over.
        Values = new(trace.Rows, Math.Max(1, _words.Count));
        var columns = _words.Keys.ToArray();
        var lines = columns.Select(column => column / Matrix.Lanes * Matrix.Lanes).Distinct().ToArray();
        work.Ranges(trace.Rows, 64, (from, to) =>
        {
            fixed (int* column = columns)
            {
                for (var row = from; row < to; row++)
                {
                    Prefetch(trace.Pointer(Math.Min(row + RowsAhead, to - 1)), lines);
                    var source = trace.Pointer(row);
                    var target = Values.Pointer(row);
                    for (var c = 0; c < columns.Length; c++) target[c] = source[column[c]];
                }
            }
        });
    }

    public TableLayout Layout { get; }

    /// <summary>One row for each row of the trace.</summary>
    public Matrix Values { get; }

    /// <summary>The place of a column of the trace in <see cref="Values"/>.</summary>
    public int WordOf(int column) => _words[column];

    public void Dispose() => Values.Dispose();

    static void Prefetch(uint* row, int[] lines)
    {
        if (!Sse.IsSupported) return;
        foreach (var line in lines) Sse.Prefetch0(row + line);
    }

    static SortedSet<int> ColumnsOf(Table table)
    {
        var entries = table.Graph.Entries;
        var needed = new bool[entries.Count];
        foreach (var node in TableBuses.NodesOf(table)) needed[node] = true;

        var columns = new SortedSet<int>();
        for (var node = needed.Length - 1; node >= 0; node--)
        {
            if (!needed[node]) continue;

            var entry = entries[node];
            switch (entry.Operation)
            {
                case Operation.Column:
                    columns.Add((int)entry.Left);
                    break;
                case Operation.Constant or Operation.Public:
                    break;
                default:
                    needed[(int)entry.Left] = true;
                    if (entry.Operation != Operation.Negate) needed[(int)entry.Right] = true;
                    break;
            }
        }

        return columns;
    }
}
