using ZkExchange.Circuits.Parts;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Parts;

/// <summary>How often each number of the range table is looked up. One for each thread, added up at the end.</summary>
/// <remarks>A number out of range is not counted: its lookup then finds nothing, as it should.</remarks>
sealed class LookupCounts
{
    readonly int[] _fifteen = new int[1 << RangeTable.LimbBits];

    /// <summary>A limb of fifteen bits.</summary>
    public void Fifteen(uint limb)
    {
        if (limb < _fifteen.Length) _fifteen[limb]++;
    }

    /// <summary>Adds what another thread counted.</summary>
    public void Add(LookupCounts other)
    {
        for (var i = 0; i < _fifteen.Length; i++) _fifteen[i] += other._fifteen[i];
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
