namespace ZkExchange.Stark.Air;

/// <summary>One or two interactions that share a fraction column phi.</summary>
/// <param name="First">Index of the first interaction in the table.</param>
/// <param name="Count">1 or 2.</param>
public readonly record struct InteractionGroup(int First, int Count);

/// <summary>Where a constraint of a table comes from.</summary>
public enum ConstraintSource : byte
{
    /// <summary>Written by the circuit: Index into the table's constraints.</summary>
    Declared = 0,

    /// <summary>phi_g times the fingerprints = the numerator: Index of the group.</summary>
    Group = 1,

    /// <summary>acc = b in the first row (0 where the key has no blinds).</summary>
    AccumulatorFirst = 2,

    /// <summary>acc' = acc + sum of the phi_g.</summary>
    AccumulatorTransition = 3,

    /// <summary>acc + sum of the phi_g = T in the last row.</summary>
    AccumulatorLast = 4,
}

/// <summary>A constraint in the order in which the lambdas are drawn.</summary>
public readonly record struct TableConstraint(ConstraintSource Source, Rows Rows, int Index);

/// <summary>What follows from a table's definition whatever its height (specs/30-proof-system.md sections 6 and 7).
/// </summary>
public sealed class TableLayout
{
    internal TableLayout(int index, Table table, bool hasBlinds)
    {
        Index = index;
        Table = table;
        Groups = GroupsOf(table.Interactions.Count);
        HasBlind = hasBlinds && HasInteractions;
        NextColumns = NextColumnsOf(table.Graph);
        Constraints = ConstraintsOf(table, Groups);
    }

    /// <summary>The place in the key.</summary>
    public int Index { get; }

    public Table Table { get; }

    /// <summary>A table with interactions has auxiliary columns and a terminal T.</summary>
    public bool HasInteractions => Table.Interactions.Count > 0;

    /// <summary>The last five main columns are the blind b: its value in row 0, anything in the others.</summary>
    public bool HasBlind { get; }

    /// <summary>The first of the five blind columns, where there are any.</summary>
    public int BlindColumn => Table.Width;

    /// <summary>Declared columns and the blind.</summary>
    public int MainWidth => Table.Width + (HasBlind ? Quintic5 : 0);

    /// <summary>Interactions (0, 1), (2, 3), ..; the last alone if their number is odd.</summary>
    public IReadOnlyList<InteractionGroup> Groups { get; }

    /// <summary>Columns over E: phi of each group, then acc; none without interactions.</summary>
    public int AuxiliaryColumns => HasInteractions ? Groups.Count + 1 : 0;

    /// <summary>Words of an auxiliary row: five for each column.</summary>
    public int AuxiliaryWidth => AuxiliaryColumns * Quintic5;

    /// <summary>The first word of acc in an auxiliary row.</summary>
    public int AccumulatorWord => Groups.Count * Quintic5;

    /// <summary>Main columns read in the next row, ascending. Of the auxiliary ones it is acc alone.</summary>
    public IReadOnlyList<int> NextColumns { get; }

    /// <summary>Declared constraints, then one for each group, then the three of acc. Each draws one lambda.</summary>
    public IReadOnlyList<TableConstraint> Constraints { get; }

    const int Quintic5 = Fields.Quintic.Degree;

    static InteractionGroup[] GroupsOf(int interactions)
    {
        var groups = new InteractionGroup[(interactions + 1) / 2];
        for (var g = 0; g < groups.Length; g++) groups[g] = new(2 * g, Math.Min(2, interactions - 2 * g));
        return groups;
    }

    static int[] NextColumnsOf(ConstraintGraph graph)
    {
        var columns = new SortedSet<int>();
        foreach (var entry in graph.Entries)
        {
            if (entry.Operation == Operation.Column && entry.Right == 1) columns.Add((int)entry.Left);
        }

        return [.. columns];
    }

    static List<TableConstraint> ConstraintsOf(Table table, IReadOnlyList<InteractionGroup> groups)
    {
        var constraints = new List<TableConstraint>();
        for (var i = 0; i < table.Constraints.Count; i++)
        {
            constraints.Add(new(ConstraintSource.Declared, table.Constraints[i].Rows, i));
        }

        for (var g = 0; g < groups.Count; g++) constraints.Add(new(ConstraintSource.Group, Rows.Every, g));
        if (groups.Count > 0)
        {
            constraints.Add(new(ConstraintSource.AccumulatorFirst, Rows.First, 0));
            constraints.Add(new(ConstraintSource.AccumulatorTransition, Rows.Transition, 0));
            constraints.Add(new(ConstraintSource.AccumulatorLast, Rows.Last, 0));
        }

        return constraints;
    }
}
