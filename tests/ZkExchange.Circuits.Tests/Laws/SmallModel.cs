using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Tests.Laws;

/// <summary>All assignments of a few columns, over a small prime field and in few rows, that keep those laws of a table
/// in which no other column occurs.</summary>
sealed class SmallModel
{
    readonly Table _table;
    readonly int _prime;
    readonly Dictionary<int, int> _places = [];                 // column -> place in an assignment
    readonly List<int[]>[] _rows;                               // by row, the assignments that occur in some trace

    public SmallModel(Table table, int[] columns, int prime, int height)
    {
        (_table, _prime) = (table, prime);
        for (var i = 0; i < columns.Length; i++) _places.Add(columns[i], i);
        var laws = table.Constraints.Where(law => IsAbout(law.Node)).ToArray();
        var rows = Assignments(columns.Length).Where(row => Keeps(row, [], laws, Rows.Every)).ToArray();

        // Forwards from every first row, then back from every last one.
        _rows = new List<int[]>[height];
        _rows[0] = [.. rows.Where(row => Keeps(row, [], laws, Rows.First))];
        for (var i = 1; i < height; i++)
            _rows[i] = [.. rows.Where(next => _rows[i - 1].Exists(row => Keeps(row, next, laws, Rows.Transition)))];
        _rows[^1].RemoveAll(row => !Keeps(row, [], laws, Rows.Last));
        for (var i = height - 2; i >= 0; i--)
            _rows[i].RemoveAll(row => !_rows[i + 1].Exists(next => Keeps(row, next, laws, Rows.Transition)));
    }

    /// <summary>What stands in a row of some trace.</summary>
    public IEnumerable<string> At(int row) =>
        _rows[row].Select(flags => string.Concat(flags)).Order(StringComparer.Ordinal);

    /// <summary>What stands in the first columns of any row of some trace.</summary>
    public IEnumerable<string> Kinds(int flags) =>
        _rows.SelectMany(rows => rows).Select(row => string.Concat(row[..flags])).Distinct()
            .Order(StringComparer.Ordinal);

    /// <summary>For each node of a table, whether it depends on the next row.</summary>
    public static bool[] ReadsNext(Table table)
    {
        var entries = table.Graph.Entries;
        var reads = new bool[entries.Count];
        for (var i = 0; i < reads.Length; i++)
        {
            var (operation, left, right) = entries[i];
            reads[i] = operation switch
            {
                Operation.Constant or Operation.Public => false,
                Operation.Column => right == 1,
                Operation.Negate => reads[left],
                _ => reads[left] || reads[right],
            };
        }

        return reads;
    }

    bool IsAbout(int node)
    {
        var (operation, left, right) = _table.Graph.Entries[node];
        return operation switch
        {
            Operation.Constant => true,
            Operation.Public => false,
            Operation.Column => _places.ContainsKey((int)left),
            Operation.Negate => IsAbout((int)left),
            _ => IsAbout((int)left) && IsAbout((int)right),
        };
    }

    bool Keeps(int[] row, int[] next, Constraint[] laws, Rows rows)
    {
        foreach (var law in laws)
        {
            if (law.Rows == rows && Value(law.Node, row, next) != 0) return false;
        }

        return true;
    }

    int Value(int node, int[] row, int[] next)
    {
        var (operation, left, right) = _table.Graph.Entries[node];
        var value = operation switch
        {
            Operation.Constant => Small(left),
            Operation.Column => (right == 0 ? row : next)[_places[(int)left]],
            Operation.Add => Value((int)left, row, next) + Value((int)right, row, next),
            Operation.Subtract => Value((int)left, row, next) - Value((int)right, row, next),
            Operation.Multiply => Value((int)left, row, next) * Value((int)right, row, next),
            _ => -Value((int)left, row, next),
        };
        return ((value % _prime) + _prime) % _prime;
    }

    // The integer of smallest size that a constant stands for: -1 is -1 in either field.
    int Small(uint constant) =>
        (int)((constant > KoalaBear.Modulus / 2 ? constant - (long)KoalaBear.Modulus : constant) % _prime);

    IEnumerable<int[]> Assignments(int columns)
    {
        var count = (int)Math.Pow(_prime, columns);
        for (var number = 0; number < count; number++)
        {
            var row = new int[columns];
            for (var (i, rest) = (0, number); i < columns; i++, rest /= _prime) row[i] = rest % _prime;
            yield return row;
        }
    }
}
