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

    /// <summary>Columns.</summary>
    public const int Width = 3;

    /// <summary>Bits of a limb.</summary>
    public const int LimbBits = 15;

    /// <summary>One row for two keys: no lower height can hold them.</summary>
    public const int HeightLog2Min = LimbBits - 1;

    /// <summary>The table of fifteen-bit numbers.</summary>
    public static Table Build(Bus fifteen)
    {
        var table = new Table("range", Width, HeightLog2Min, Heights.Max);
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
