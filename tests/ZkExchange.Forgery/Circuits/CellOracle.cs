using System.Runtime.InteropServices;
using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Forgery.Circuits;

/// <summary>What becomes of a true witness when one cell is changed, found in the two rows that can see the cell: an
/// interpreter of the graph of its own, with nothing of the prover's in it.</summary>
sealed class CellOracle
{
    readonly Table _table;
    readonly Matrix _trace;
    readonly uint[] _publicInputs;
    readonly List<int>[][] _readers = [[], []];              // by offset and column: the nodes that depend on the cell
    readonly Dictionary<long, KoalaBear[]> _values = [];

    /// <param name="table">The table.</param>
    /// <param name="trace">Its rows, which keep all laws.</param>
    /// <param name="publicInputs">The claim's words.</param>
    public CellOracle(Table table, Matrix trace, IReadOnlyList<uint> publicInputs)
    {
        (_table, _trace, _publicInputs) = (table, trace, [.. publicInputs]);
        for (var offset = 0; offset < 2; offset++)
        {
            _readers[offset] = new List<int>[table.Width];
            for (var column = 0; column < table.Width; column++) _readers[offset][column] = Readers(column, offset);
        }
    }

    /// <summary>The constraints that the change breaks and, if it changes what the table says on buses, those
    /// interactions. Empty: the cell is free.</summary>
    /// <param name="row">The row of the cell.</param>
    /// <param name="column">Its column.</param>
    /// <param name="delta">What is added; not zero.</param>
    public IReadOnlyList<string> Change(long row, int column, KoalaBear delta)
    {
        var laws = new List<string>();
        var said = new List<(uint[] Message, KoalaBear[] Weights, string Law)>();
        Look(row, column, delta, 0, laws, said);
        Look((row + _trace.Rows - 1) % _trace.Rows, column, delta, 1, laws, said);
        laws.AddRange(said.Where(sum => sum.Weights.Any(weight => weight != KoalaBear.Zero)).Select(sum => sum.Law));
        return laws;
    }

    void Look(
        long row, int column, KoalaBear delta, int offset, List<string> laws,
        List<(uint[] Message, KoalaBear[] Weights, string Law)> said)
    {
        var nodes = _readers[offset][column];
        if (nodes.Count == 0) return;

        var before = ValuesOf(row);
        var after = (KoalaBear[])before.Clone();
        foreach (var node in nodes)
        {
            after[node] = _table.Graph.Entries[node].Operation == Operation.Column
                ? after[node] + delta
                : Combine(_table.Graph.Entries[node], after);
        }

        foreach (var constraint in _table.Constraints)
        {
            if (IsOn(constraint.Rows, row) && after[constraint.Node] != KoalaBear.Zero) laws.Add(constraint.Law);
        }

        foreach (var interaction in _table.Interactions)
        {
            if (!interaction.Message.Concat(interaction.Weights).Any(node => before[node] != after[node])) continue;
            Say(interaction, before, isTakenBack: true, said);
            Say(interaction, after, isTakenBack: false, said);
        }
    }

    static void Say(
        Interaction interaction, KoalaBear[] values, bool isTakenBack,
        List<(uint[] Message, KoalaBear[] Weights, string Law)> said)
    {
        uint[] message = [interaction.Bus.Id, .. interaction.Message.Select(node => values[node].ToUInt32())];
        var place = said.FindIndex(other => other.Message.AsSpan().SequenceEqual(message));
        if (place < 0)
        {
            place = said.Count;
            said.Add((message, new KoalaBear[interaction.Bus.Weights], interaction.Law));
        }

        var isNegative = isTakenBack == (interaction.Direction == Direction.Send);
        for (var i = 0; i < interaction.Weights.Count; i++)
        {
            var weight = values[interaction.Weights[i]];
            said[place].Weights[i] += isNegative ? -weight : weight;
        }
    }

    bool IsOn(Rows rows, long row) => rows switch
    {
        Rows.First => row == 0,
        Rows.Last => row == _trace.Rows - 1,
        Rows.Transition => row < _trace.Rows - 1,
        _ => true,
    };

    KoalaBear[] ValuesOf(long row)
    {
        ref var values = ref CollectionsMarshal.GetValueRefOrAddDefault(_values, row, out _);
        if (values is not null) return values;

        var here = _trace.Row(row);
        var next = _trace.Row((row + 1) % _trace.Rows);
        values = new KoalaBear[_table.Graph.Entries.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var (operation, left, right) = _table.Graph.Entries[i];
            values[i] = operation switch
            {
                Operation.Column when right == 0 => here[(int)left],
                Operation.Column => next[(int)left],
                Operation.Constant => KoalaBear.From(left),
                Operation.Public => KoalaBear.From(_publicInputs[left]),
                _ => Combine(_table.Graph.Entries[i], values),
            };
        }

        return values;
    }

    static KoalaBear Combine(Entry entry, KoalaBear[] values) => entry.Operation switch
    {
        Operation.Add => values[entry.Left] + values[entry.Right],
        Operation.Subtract => values[entry.Left] - values[entry.Right],
        Operation.Multiply => values[entry.Left] * values[entry.Right],
        _ => -values[entry.Left],
    };

    List<int> Readers(int column, int offset)
    {
        var entries = _table.Graph.Entries;
        var isReader = new bool[entries.Count];
        var readers = new List<int>();
        for (var i = 0; i < isReader.Length; i++)
        {
            var (operation, left, right) = entries[i];
            isReader[i] = operation switch
            {
                Operation.Constant or Operation.Public => false,
                Operation.Column => left == column && right == offset,
                Operation.Negate => isReader[left],
                _ => isReader[left] || isReader[right],
            };
            if (isReader[i]) readers.Add(i);
        }

        return readers;
    }
}
