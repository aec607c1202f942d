// False witnesses that are right everywhere else. A test states what it alters; then every cell that follows from
// others is computed anew (hashes, sums, totals, carries, lookup counts, public inputs), so that one law alone is in
// the way.

using ZkExchange.Circuits.Parts;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Circuits.Tests.Forging;

/// <summary>Traces that can be altered and completed again.</summary>
abstract class Forge(Circuit circuit) : IDisposable
{
    /// <summary>Values that cells are given instead of what they would be; other cells follow them.</summary>
    public Dictionary<(int Table, long Row, int Column), KoalaBear> Forced { get; } = [];

    /// <summary>What is added to cells once they are computed.</summary>
    public Dictionary<(int Table, long Row, int Column), KoalaBear> Added { get; } = [];

    public Circuit Circuit { get; } = circuit;

    public Matrix?[] Tables { get; protected set; } = [];

    public uint[] PublicInputs { get; set; } = [];

    public uint[][] PublicMessages { get; set; } = [];

    /// <summary>The law that is left out, as far as completing is concerned.</summary>
    public string? Without { get; set; }

    /// <summary>Computes what follows from the rest.</summary>
    public abstract void Complete();

    public KoalaBear Get(int table, long row, int column) => Tables[table]![row, column];

    public void Set(int table, long row, int column, long value) =>
        Tables[table]![row, column] = Element(value);

    public void Set(int table, long row, int column, KoalaBear value) => Tables[table]![row, column] = value;

    public void Add(int table, long row, int column, long value) => Tables[table]![row, column] += Element(value);

    public void Force(int table, long row, int column, long value) => Forced[(table, row, column)] = Element(value);

    public void After(int table, long row, int column, long value) => Added[(table, row, column)] = Element(value);

    public void CopyRow(int table, long from, long to) => Tables[table]!.Row(from).CopyTo(Tables[table]!.Row(to));

    public void ClearRow(int table, long row) => Tables[table]!.Row(row).Clear();

    /// <summary>The integer of smallest size that a cell stands for.</summary>
    public long Signed(int table, long row, int column)
    {
        var value = Get(table, row, column).ToUInt32();
        return value > KoalaBear.Modulus / 2 ? value - (long)KoalaBear.Modulus : value;
    }

    public IReadOnlyList<BrokenLaw> Check() => TraceChecker.Check(Circuit, Tables, PublicInputs, PublicMessages);

    public IReadOnlyList<BrokenLaw> CheckWithout(string law) => TraceChecker.Check(
        Circuit, Tables, PublicInputs, PublicMessages, other => string.Equals(other, law, StringComparison.Ordinal));

    public static KoalaBear Element(long value) =>
        value < 0 ? -KoalaBear.From((ulong)-value) : KoalaBear.From((ulong)value);

    public void Dispose()
    {
        foreach (var table in Tables) table?.Dispose();
    }

    /// <summary>Sets a computed cell, unless it is forced, and adds what is to be added.</summary>
    protected void Put(int table, long row, int column, KoalaBear value)
    {
        if (Forced.TryGetValue((table, row, column), out var forced)) value = forced;
        if (Added.TryGetValue((table, row, column), out var added)) value += added;
        Tables[table]![row, column] = value;
    }

    /// <summary>Hashes a row again; inputs are its first columns.</summary>
    protected void Rehash(int table, long row)
    {
        var cells = Tables[table]!.Row(row);
        ForgedHash.Write(cells[..Poseidon2.Width], cells.Slice(Poseidon2.Width, Poseidon2Part.Cells), (cell, value) =>
            Added.TryGetValue((table, row, Poseidon2.Width + cell), out var added) ? value + added : value);
    }

    /// <summary>Word i of what a row compresses to.</summary>
    protected KoalaBear Out(int table, long row, int word) =>
        Get(table, row, Poseidon2.Width + Poseidon2Part.LastState + word) + Get(table, row, word);

    /// <summary>What is sent on a sum bus, message by message, but by one table.</summary>
    protected Dictionary<string, KoalaBear[]> SumsOf(Bus bus, int except = -1)
    {
        var sums = new Dictionary<string, KoalaBear[]>(StringComparer.Ordinal);
        Visit(bus, Direction.Send, (table, _, message, weights) =>
        {
            if (table == except) return;
            if (!sums.TryGetValue(message, out var sum)) sums.Add(message, sum = new KoalaBear[bus.Weights]);
            for (var i = 0; i < weights.Length; i++) sum[i] += weights[i];
        });
        return sums;
    }

    /// <summary>Gives every lookup's receiving rows the counts of what is sent; the first row of a key takes them all.
    /// </summary>
    protected void Recount()
    {
        foreach (var bus in Circuit.Buses)
        {
            if (bus.Kind != BusKind.Lookup) continue;
            var counts = new Dictionary<string, KoalaBear>(StringComparer.Ordinal);
            Visit(bus, Direction.Send, (_, _, message, weights) =>
                counts[message] = counts.GetValueOrDefault(message) + weights[0]);
            for (var t = 0; t < Tables.Length; t++)
            {
                foreach (var interaction in Circuit.Tables[t].Interactions)
                {
                    if (interaction.Bus != bus || interaction.Direction == Direction.Send) continue;
                    if (Omits(interaction.Law)) continue;
                    var column = (int)Circuit.Tables[t].Graph.Entries[interaction.Weights[0]].Left;
                    if (IsPlainRange(t))
                    {
                        CountRange(t, column, counts);
                        continue;
                    }

                    Visit(t, interaction, true, (row, message, _) =>
                    {
                        counts.Remove(message, out var count);
                        Put(t, row, column, count);
                    });
                }
            }
        }
    }

    /// <summary>True for a range table whose keys were not altered: then the row of a key is known.</summary>
    protected virtual bool IsPlainRange(int table) =>
        Circuit.Tables[table].HeightLog2Min == RangeTable.HeightLog2Min
        && Tables[table]!.Rows == 1 << RangeTable.HeightLog2Min;

    void CountRange(int table, int column, Dictionary<string, KoalaBear> counts)
    {
        for (var r = 0; r < Tables[table]!.Rows; r++) Set(table, r, column, KoalaBear.Zero);
        foreach (var (message, count) in counts)
        {
            var key = uint.Parse(message, System.Globalization.CultureInfo.InvariantCulture);
            if (key >= 1u << 15 || (column == RangeTable.OddCount) != (key % 2 == 1)) continue;
            Set(table, key / 2, column, count);
        }
    }

    /// <summary>True for the law that is left out.</summary>
    protected bool Omits(string law) => string.Equals(law, Without, StringComparison.Ordinal);

    /// <summary>A message as a key of a dictionary.</summary>
    protected static string Key(params long[] words) => string.Join(',', words.Select(word => Element(word)));

    void Visit(Bus bus, Direction direction, Action<int, long, string, KoalaBear[]> visit)
    {
        for (var t = 0; t < Tables.Length; t++)
        {
            foreach (var interaction in Circuit.Tables[t].Interactions)
            {
                if (interaction.Bus != bus || interaction.Direction != direction || Tables[t] is null) continue;
                if (Omits(interaction.Law)) continue;
                Visit(t, interaction, false, (row, message, weights) => visit(t, row, message, weights));
            }
        }
    }

    void Visit(int t, Interaction interaction, bool silentToo, Action<long, string, KoalaBear[]> visit)
    {
        var tile = new TraceTile(Circuit.Tables[t], Tables[t]!, PublicInputs);
        for (var start = 0L; start < tile.Height; start += tile.Rows)
        {
            tile.Evaluate(start);
            for (var i = 0; i < tile.Rows; i++)
            {
                var weights = interaction.Weights.Select(node => tile.Values(node)[i]).ToArray();
                if (!silentToo && weights.All(weight => weight == KoalaBear.Zero)) continue;
                visit(start + i, string.Join(',', interaction.Message.Select(node => tile.Values(node)[i])), weights);
            }
        }
    }
}
