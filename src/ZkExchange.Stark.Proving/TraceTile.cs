using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Stark.Proving;

/// <summary>The values of a table's graph on some consecutive rows of a trace.</summary>
sealed class TraceTile
{
    const int RowsMax = 64;                                    // 64 rows of 3,000 nodes stay in a second-level cache

    readonly Matrix _trace;
    readonly KoalaBear[] _values;                              // [node][row of the tile]

    /// <summary>A tile at no row yet.</summary>
    public TraceTile(Table table, Matrix trace, IReadOnlyList<uint> publicInputs)
    {
        (Table, _trace) = (table, trace);
        Rows = (int)Math.Min(RowsMax, trace.Rows);
        _values = new KoalaBear[table.Graph.Entries.Count * Rows];
        for (var node = 0; node < table.Graph.Entries.Count; node++)
        {
            var entry = table.Graph.Entries[node];
            if (entry.Operation == Operation.Constant) Values(node).Fill(KoalaBear.From(entry.Left));
            if (entry.Operation == Operation.Public)
                Values(node).Fill(KoalaBear.From(publicInputs[(int)entry.Left]));
        }
    }

    public Table Table { get; }

    /// <summary>Rows of a tile; divides the height.</summary>
    public int Rows { get; }

    /// <summary>Rows of the trace.</summary>
    public long Height => _trace.Rows;

    /// <summary>The first row of the tile.</summary>
    public long Start { get; private set; }

    /// <summary>The values of a node, row by row.</summary>
    public Span<KoalaBear> Values(int node) => _values.AsSpan(node * Rows, Rows);

    /// <summary>Moves to the tile that begins at a row and evaluates every node there.</summary>
    public void Evaluate(long start)
    {
        Start = start;
        var entries = Table.Graph.Entries;
        for (var node = 0; node < entries.Count; node++) Evaluate(entries[node], Values(node));
    }

    void Evaluate(Entry entry, Span<KoalaBear> values)
    {
        if (entry.Operation == Operation.Column)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = _trace[(Start + i + entry.Right) % Height, (int)entry.Left];
            return;
        }

        if (entry.Operation is Operation.Constant or Operation.Public) return;

        var left = Values((int)entry.Left);
        if (entry.Operation == Operation.Negate)
        {
            for (var i = 0; i < values.Length; i++) values[i] = -left[i];
            return;
        }

        var right = Values((int)entry.Right);
        switch (entry.Operation)
        {
            case Operation.Add:
                for (var i = 0; i < values.Length; i++) values[i] = left[i] + right[i];
                return;
            case Operation.Subtract:
                for (var i = 0; i < values.Length; i++) values[i] = left[i] - right[i];
                return;
            default:
                for (var i = 0; i < values.Length; i++) values[i] = left[i] * right[i];
                return;
        }
    }
}
