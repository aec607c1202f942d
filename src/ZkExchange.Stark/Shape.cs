// Which tables a proof has and how tall they are, and everything that follows from it: classes, places of columns in
// rows, number of challenges and openings, trees, folds. Both sides count with this one class
// (specs/30-proof-system.md sections 4, 9 and 11).

using ZkExchange.Fields;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Fri;
using ZkExchange.Stark.Merkle;

namespace ZkExchange.Stark;

/// <summary>A table that is present, and where its parts are.</summary>
public sealed class TablePlacement
{
    internal TablePlacement(TableLayout layout, int heightLog2) => (Layout, HeightLog2) = (layout, heightLog2);

    public TableLayout Layout { get; }

    /// <summary>lg of the number of rows.</summary>
    public int HeightLog2 { get; }

    /// <summary>The class of its height.</summary>
    public int Class { get; internal set; }

    /// <summary>The first word of its declared columns in the class's main row.</summary>
    public int MainOffset { get; internal set; }

    /// <summary>The first word of its phi and acc in the class's auxiliary row.</summary>
    public int AuxiliaryOffset { get; internal set; }

    /// <summary>Its first lambda.</summary>
    public int LambdaOffset { get; internal set; }

    /// <summary>Its terminal T, or -1 without interactions.</summary>
    public int Terminal { get; internal set; } = -1;
}

/// <summary>A value opened at g zeta: a word of the main or the auxiliary row.</summary>
public readonly record struct NextOpening(TreeKind Tree, int Word);

/// <summary>All tables of one height.</summary>
public sealed class HeightClass
{
    internal HeightClass(int index, int heightLog2, int domainLog2) =>
        (Index, HeightLog2, DomainLog2) = (index, heightLog2, domainLog2);

    /// <summary>0 is the tallest.</summary>
    public int Index { get; }

    /// <summary>lg n.</summary>
    public int HeightLog2 { get; }

    /// <summary>lg N.</summary>
    public int DomainLog2 { get; }

    /// <summary>In key order.</summary>
    public IReadOnlyList<TablePlacement> Tables { get; internal set; } = [];

    /// <summary>Words of a row in the main tree.</summary>
    public int MainWidth { get; internal set; }

    /// <summary>Words of a row in the auxiliary tree; 0 if no table of the class has interactions.</summary>
    public int AuxiliaryWidth { get; internal set; }

    /// <summary>Words of the three chunks of the quotient.</summary>
    public static int ChunkWords => Profile.QuotientChunks * Quintic.Degree;

    /// <summary>Words of a row in the quotient tree: the chunks, and at the tallest class the mask R behind them.
    /// </summary>
    public int QuotientWidth => ChunkWords + (Index == 0 ? Quintic.Degree : 0);

    /// <summary>The values opened at zeta: main row, auxiliary row, chunks; never R.</summary>
    public int OpeningsAtPoint => MainWidth + AuxiliaryWidth + ChunkWords;

    /// <summary>What is opened at g zeta: main columns of the tables in turn, then each table's acc, five words.
    /// </summary>
    public IReadOnlyList<NextOpening> NextOpenings { get; internal set; } = [];

    /// <summary>The first of the class's values among all openings; those at zeta come first.</summary>
    public int OpeningsOffset { get; internal set; }

    /// <summary>The values opened at zeta and at g zeta.</summary>
    public int Openings => OpeningsAtPoint + NextOpenings.Count;
}

/// <summary>The shape of a proof.</summary>
public sealed class Shape
{
    /// <summary>Stands for the height of a table that is not there.</summary>
    public const byte Absent = 0xFF;

    readonly byte[] _heights;

    Shape(VerifyingKey key, Profile profile, byte[] heights)
    {
        Key = key;
        Profile = profile;
        _heights = heights;
        Tables = PlaceTables(key, heights);
        Terminals = Tables.Count(table => table.Layout.HasInteractions);
        Lambdas = Tables.Sum(table => table.Layout.Constraints.Count);
        Classes = MakeClasses(Tables, profile);
        Openings = Classes.Sum(rows => rows.Openings);
        Fri = new([.. Classes.Select(rows => rows.HeightLog2)], profile.BlowupLog2);
        Main = Tree(TreeKind.Main, rows => rows.MainWidth);
        Auxiliary = key.HasInteractions ? Tree(TreeKind.Auxiliary, rows => rows.AuxiliaryWidth) : null;
        Quotient = Tree(TreeKind.Quotient, rows => rows.QuotientWidth);
        FriTrees = [.. Fri.Layers.Select((layer, index) => new TreeLayout(
            TreeKind.Fri, index, 0, [new(0, layer.LeavesLog2, layer.Arity * Quintic.Degree)]))];
    }

    /// <summary>The shape that bytes name, if key and profile allow it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="heights">For each table of the key lg of its height, or <see cref="Absent"/>.</param>
    /// <param name="shape">The shape; null unless the verdict accepts.</param>
    /// <returns><see cref="Outcome.BadShape"/> or <see cref="Outcome.BadHeight"/> with the table, or acceptance.
    /// </returns>
    public static Verdict TryCreate(
        VerifyingKey key, Profile profile, ReadOnlySpan<byte> heights, out Shape? shape)
    {
        shape = null;
        if (heights.Length != key.Tables.Count) return Verdict.Reject(Outcome.BadShape, heights.Length);

        var present = 0;
        for (var i = 0; i < heights.Length; i++)
        {
            var table = key.Tables[i].Table;
            if (heights[i] == Absent)
            {
                if (!table.IsOptional) return Verdict.Reject(Outcome.BadShape, i);
                continue;
            }

            present++;
            var low = Math.Max(table.HeightLog2Min, profile.HeightLog2Min);
            var high = Math.Min(table.HeightLog2Max, profile.HeightLog2Max);
            if (heights[i] < low || heights[i] > high) return Verdict.Reject(Outcome.BadHeight, i);
        }

        if (present == 0) return Verdict.Reject(Outcome.BadShape);

        shape = new(key, profile, heights.ToArray());
        return Verdict.Accepted;
    }

    public VerifyingKey Key { get; }

    public Profile Profile { get; }

    /// <summary>One byte for each table of the key.</summary>
    public ReadOnlySpan<byte> Heights => _heights;

    /// <summary>Tables that are present, in key order.</summary>
    public IReadOnlyList<TablePlacement> Tables { get; }

    /// <summary>Of falling height.</summary>
    public IReadOnlyList<HeightClass> Classes { get; }

    /// <summary>How many T there are: present tables with interactions, in key order.</summary>
    public int Terminals { get; }

    /// <summary>How many lambdas are drawn: for the tables present in key order, for each its constraints.</summary>
    public int Lambdas { get; }

    /// <summary>How many values of E are opened, which is also how many gammas are drawn.</summary>
    public int Openings { get; }

    /// <summary>lg of the largest evaluation domain, in which positions are drawn.</summary>
    public int DomainLog2 => Classes[0].DomainLog2;

    public FriSchedule Fri { get; }

    public TreeLayout Main { get; }

    /// <summary>Null if the key has no interactions.</summary>
    public TreeLayout? Auxiliary { get; }

    public TreeLayout Quotient { get; }

    /// <summary>One for each layer of the schedule.</summary>
    public IReadOnlyList<TreeLayout> FriTrees { get; }

    /// <summary>All trees in the order of the query section.</summary>
    public IEnumerable<TreeLayout> Trees
    {
        get
        {
            yield return Main;
            if (Auxiliary is not null) yield return Auxiliary;
            yield return Quotient;
            foreach (var tree in FriTrees) yield return tree;
        }
    }

    /// <summary>Bytes before the query section: a function of shape and profile.</summary>
    public long HeadBytes
    {
        get
        {
            var bytes = _heights.Length + 2L * Digest32.Bytes;
            if (Key.HasInteractions)
            {
                bytes += Digest32.Bytes + NonceBytes(Profile.GrindLookup) + (long)Terminals * Canonical.ElementBytes;
            }

            bytes += NonceBytes(Profile.GrindConstraints) + NonceBytes(Profile.GrindOutOfDomain);
            bytes += (long)Openings * Canonical.ElementBytes + NonceBytes(Profile.GrindBatch);
            bytes += Fri.Layers.Count * (Digest32.Bytes + NonceBytes(Profile.GrindFold));
            return bytes + Profile.FinalCoefficients * Canonical.ElementBytes + NonceBytes(Profile.GrindQueries);
        }
    }

    /// <summary>An upper bound of the bytes of any proof of this shape.</summary>
    public long ProofBytesMax
    {
        get
        {
            var bytes = HeadBytes;
            foreach (var tree in Trees) bytes += tree.OpeningBytesMax(Profile.Queries);
            return bytes;
        }
    }

    /// <summary>Bytes of a nonce in the proof: none where nothing is ground.</summary>
    public static int NonceBytes(int bits) => bits > 0 ? sizeof(ulong) : 0;

    static TablePlacement[] PlaceTables(VerifyingKey key, byte[] heights)
    {
        var tables = new List<TablePlacement>();
        var (lambda, terminal) = (0, 0);
        for (var i = 0; i < heights.Length; i++)
        {
            if (heights[i] == Absent) continue;

            var table = new TablePlacement(key.Tables[i], heights[i]) { LambdaOffset = lambda };
            lambda += table.Layout.Constraints.Count;
            if (table.Layout.HasInteractions) table.Terminal = terminal++;
            tables.Add(table);
        }

        return [.. tables];
    }

    static HeightClass[] MakeClasses(IReadOnlyList<TablePlacement> tables, Profile profile)
    {
        var heights = tables.Select(table => table.HeightLog2).Distinct().OrderDescending().ToArray();
        var classes = new HeightClass[heights.Length];
        var openings = 0;
        for (var c = 0; c < classes.Length; c++)
        {
            var rows = new HeightClass(c, heights[c], heights[c] + profile.BlowupLog2)
            {
                Tables = [.. tables.Where(table => table.HeightLog2 == heights[c])],
                OpeningsOffset = openings,
            };
            PlaceColumns(rows);
            openings += rows.Openings;
            classes[c] = rows;
        }

        return classes;
    }

    static void PlaceColumns(HeightClass rows)
    {
        var next = new List<NextOpening>();
        foreach (var table in rows.Tables)
        {
            table.Class = rows.Index;
            table.MainOffset = rows.MainWidth;
            table.AuxiliaryOffset = rows.AuxiliaryWidth;
            rows.MainWidth += table.Layout.MainWidth;
            rows.AuxiliaryWidth += table.Layout.AuxiliaryWidth;
            foreach (var column in table.Layout.NextColumns) next.Add(new(TreeKind.Main, table.MainOffset + column));
        }

        foreach (var table in rows.Tables)
        {
            if (!table.Layout.HasInteractions) continue;

            for (var k = 0; k < Quintic.Degree; k++)
            {
                next.Add(new(TreeKind.Auxiliary, table.AuxiliaryOffset + table.Layout.AccumulatorWord + k));
            }
        }

        rows.NextOpenings = next;
    }

    TreeLayout Tree(TreeKind kind, Func<HeightClass, int> width)
    {
        var classes = Classes.Where(rows => width(rows) > 0);
        return new(kind, 0, Profile.SaltBytes,
            [.. classes.Select(rows => new TreeClass(rows.Index, rows.DomainLog2, width(rows)))]);
    }
}
