// The numbers that limbs may be (specs/41-circuits.md section 4). Keys are columns like any other, fully constrained:
// they begin at 0, never step by more than 1 and end at the top, so every number stands there at whatever height.

using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Parts;

/// <summary>The receiving side of the range buses.</summary>
static class RangeTable
{
    /// <summary>v, 0 .. 2^14 - 1: stands for the keys 2v and 2v + 1.</summary>
    public const int Half = 0;

    /// <summary>How often 2v was looked up.</summary>
    public const int EvenCount = 1;

    /// <summary>How often 2v + 1 was looked up.</summary>
    public const int OddCount = 2;

    /// <summary>r, 0 .. 31, of the key t = r + 32 q.</summary>
    public const int Low = 3;

    /// <summary>q, 0 .. 31.</summary>
    public const int High = 4;

    /// <summary>How often t was looked up alone.</summary>
    public const int TenCount = 5;

    /// <summary>How often (t, q) was looked up.</summary>
    public const int SplitCount = 6;

    /// <summary>Columns where ten bits are looked up as well.</summary>
    public const int WidthWithTen = 7;

    /// <summary>Columns of the fifteen-bit keys.</summary>
    public const int WidthFifteen = 3;

    /// <summary>Bits of a limb.</summary>
    public const int LimbBits = 15;

    /// <summary>One row for two keys: no lower height can hold them.</summary>
    public const int HeightLog2Min = LimbBits - 1;

    /// <summary>The table of fifteen-bit numbers.</summary>
    public static Table Build(Bus fifteen) =>
        WithFifteen(new("range", WidthFifteen, HeightLog2Min, Heights.Max), fifteen);

    /// <summary>The table of fifteen-bit and ten-bit numbers, the latter alone and with their five high bits.</summary>
    public static Table Build(Bus fifteen, Bus ten, Bus split)
    {
        var table = WithFifteen(new("range", WidthWithTen, HeightLog2Min, Heights.Max), fifteen);
        var (low, high) = (table[Low], table[High]);
        var key = low + 32 * high;
        var rise = table.Next(High) - high;
        var step = table.Next(Low) + 32 * table.Next(High) - key;

        // r[0] = q[0] = 0 ;  t and q rise by 0 or 1 ;  q rises only from r = 31 to r' = 0 ;  r[last] = q[last] = 31.
        // If r passed 31, it could never come back: it falls only where q rises, which is at 31.
        table.OnFirst(low, "ten bits begin with r = 0");
        table.OnFirst(high, "ten bits begin with q = 0");
        table.OnTransition(step * (step - 1), "t rises by 0 or 1");
        table.OnTransition(rise * (rise - 1), "q rises by 0 or 1");
        table.OnTransition(rise * (low - 31), "q rises from r = 31 only");
        table.OnTransition(rise * table.Next(Low), "q rises to r = 0 only");
        table.OnLast(low - 31, "ten bits end with r = 31");
        table.OnLast(high - 31, "ten bits end with q = 31");

        table.Receive(ten, table[TenCount], [key], "t is a number of ten bits");
        table.Receive(split, table[SplitCount], [key, high], "t is a number of ten bits, q its five high ones");
        return table;
    }

    static Table WithFifteen(Table table, Bus fifteen)
    {
        var half = table[Half];
        var step = table.Next(Half) - half;

        // v[0] = 0 ;  v' - v is 0 or 1 ;  v[last] = 2^14 - 1
        table.OnFirst(half, "fifteen bits begin with 0");
        table.OnTransition(step * (step - 1), "v rises by 0 or 1");
        table.OnLast(half - ((1 << HeightLog2Min) - 1), "fifteen bits end with 2^15 - 1");

        table.Receive(fifteen, table[EvenCount], [2 * half], "2 v is a number of fifteen bits");
        table.Receive(fifteen, table[OddCount], [2 * half + 1], "2 v + 1 is a number of fifteen bits");
        return table;
    }
}
