using ZkExchange.Circuits.Parts;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Parts;

/// <summary>How often each number of the range table, each key and each tier is looked up. One for each thread, added
/// up at the end.</summary>
/// <remarks>What is in no table is not counted: its lookup then finds nothing, as it should.</remarks>
/// <param name="keys">Rows of the key table.</param>
/// <param name="tiers">Rows of the tier table.</param>
sealed class LookupCounts(int keys = 0, int tiers = 0)
{
    readonly int[] _fifteen = new int[1 << RangeTable.LimbBits];

    /// <summary>Of each key.</summary>
    public int[] Keys { get; } = new int[keys];

    /// <summary>Of each tier.</summary>
    public int[] Tiers { get; } = new int[tiers];

    /// <summary>Counts of the same tables, all 0.</summary>
    public LookupCounts Anew() => new(Keys.Length, Tiers.Length);

    /// <summary>A key by its rank, -1 for none.</summary>
    public void Key(int rank)
    {
        if (rank >= 0) Keys[rank]++;
    }

    /// <summary>A limb of fifteen bits.</summary>
    public void Fifteen(uint limb)
    {
        if (limb < _fifteen.Length) _fifteen[limb]++;
    }

    /// <summary>Adds what another thread counted.</summary>
    public void Add(LookupCounts other)
    {
        Add(_fifteen, other._fifteen);
        Add(Keys, other.Keys);
        Add(Tiers, other.Tiers);

        static void Add(int[] sums, int[] counts)
        {
            for (var i = 0; i < sums.Length; i++) sums[i] += counts[i];
        }
    }

    /// <summary>Writes the range table.</summary>
    /// <remarks>Keys stay at the top once they are there; counts stand at a key's first row.</remarks>
    public Matrix Write(int heightLog2)
    {
        Check.That(heightLog2 >= RangeTable.HeightLog2Min);
        var trace = new Matrix(1L << heightLog2, RangeTable.Width);
        for (var r = 0; r < trace.Rows; r++)
        {
            var row = trace.Row(r);
            var half = Math.Min(r, _fifteen.Length / 2 - 1);
            row[RangeTable.Half] = KoalaBear.From((uint)half);
            if (half != r) continue;
            row[RangeTable.EvenCount] = KoalaBear.From((uint)_fifteen[2 * r]);
            row[RangeTable.OddCount] = KoalaBear.From((uint)_fifteen[2 * r + 1]);
        }

        return trace;
    }
}
