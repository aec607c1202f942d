using ZkExchange.Circuits.Parts;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Parts;

/// <summary>How often each number of the range table is looked up. One for each thread, added up at the end.</summary>
/// <remarks>A number out of range is not counted: its lookup then finds nothing, as it should.</remarks>
sealed class LookupCounts
{
    readonly int[] _fifteen = new int[1 << RangeTable.LimbBits];
    readonly int[] _ten = new int[1 << 10];
    readonly int[] _split = new int[1 << 10];

    /// <summary>A limb of fifteen bits.</summary>
    public void Fifteen(uint limb)
    {
        if (limb < _fifteen.Length) _fifteen[limb]++;
    }

    /// <summary>A limb of ten bits.</summary>
    public void Ten(uint limb)
    {
        if (limb < _ten.Length) _ten[limb]++;
    }

    /// <summary>A limb of ten bits with its five high ones.</summary>
    public void Split(uint limb)
    {
        if (limb < _split.Length) _split[limb]++;
    }

    /// <summary>Adds what another thread counted.</summary>
    public void Add(LookupCounts other)
    {
        for (var i = 0; i < _fifteen.Length; i++) _fifteen[i] += other._fifteen[i];
        for (var i = 0; i < _ten.Length; i++) _ten[i] += other._ten[i];
        for (var i = 0; i < _split.Length; i++) _split[i] += other._split[i];
    }

    /// <summary>Writes the range table; with or without the columns of ten bits.</summary>
    public Matrix Write(int heightLog2)
    {
        Check.That(heightLog2 >= RangeTable.HeightLog2Min);
        return Write(heightLog2, RangeTable.WidthWithTen);
    }

    /// <summary>Writes the range table of fifteen bits alone.</summary>
    public Matrix WriteFifteen(int heightLog2)
    {
        Check.That(heightLog2 >= RangeTable.HeightLog2Min);
        return Write(heightLog2, RangeTable.WidthFifteen);
    }

    // Keys stay at the top once they are there; counts stand at a key's first row.
    Matrix Write(int heightLog2, int columns)
    {
        var trace = new Matrix(1L << heightLog2, columns);
        for (var r = 0; r < trace.Rows; r++)
        {
            var row = trace.Row(r);
            var half = Math.Min(r, _fifteen.Length / 2 - 1);
            row[RangeTable.Half] = KoalaBear.From((uint)half);
            if (half == r)
            {
                row[RangeTable.EvenCount] = KoalaBear.From((uint)_fifteen[2 * r]);
                row[RangeTable.OddCount] = KoalaBear.From((uint)_fifteen[2 * r + 1]);
            }

            if (columns == RangeTable.WidthFifteen) continue;
            var ten = Math.Min(r, _ten.Length - 1);
            row[RangeTable.Low] = KoalaBear.From((uint)ten & 31);
            row[RangeTable.High] = KoalaBear.From((uint)ten >> 5);
            if (ten != r) continue;
            row[RangeTable.TenCount] = KoalaBear.From((uint)_ten[r]);
            row[RangeTable.SplitCount] = KoalaBear.From((uint)_split[r]);
        }

        return trace;
    }
}
