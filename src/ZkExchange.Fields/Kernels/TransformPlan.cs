using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ZkExchange.Fields.Kernels;

/// <summary>The shape and the twiddles of the four-step transform of n = C R rows, R = 2^ceil(lg n / 2).</summary>
/// <remarks>
/// The inverse takes natural order to bit-reversed coefficients, c_k t^k for a chosen t, which costs nothing: branch
/// b of the layer of half h carries t^(n / 2h). The forward transform takes bit-reversed coefficients to natural
/// order with one twiddle a block, w^(h bitrev(block)). Both are of Gentleman-Sande form: sums wait for no product.
/// A table of one gathered tile holds a <see cref="Factor"/> for each butterfly of a block of layers, fifteen at radix
/// 16, seven at 8, three at 4, one at 2, in the order of the calls.
/// </remarks>
sealed unsafe class TransformPlan
{
    /// <summary>Words of a factor.</summary>
    public const int FactorWords = 2;

    static readonly ConcurrentDictionary<(int RowsLog2, KoalaBear Scale), TransformPlan> s_plans = new();

    TransformPlan(int rowsLog2, KoalaBear scale)
    {
        RowsLog2 = rowsLog2;
        BlockLog2 = Matrix.BlockLog2Of(1L << rowsLog2);
        Strided = Radices(rowsLog2 - BlockLog2);
        Blocked = Radices(BlockLog2);
        StridedWords = DownWords(Strided, 1 << (rowsLog2 - BlockLog2));
        BlockedWords = UpWords(Blocked, 1 << BlockLog2);

        var rows = 1L << rowsLog2;
        var block = 1L << BlockLog2;
        var root = KoalaBear.RootOfUnity(rowsLog2);
        var powers = Powers(root, rows);
        var scales = new KoalaBear[rowsLog2 + 1];            // t^(2^k)
        for (var (k, t) = (0, scale); k <= rowsLog2; k++, t *= t) scales[k] = t;

        DownStrided = Allocate(block * StridedWords);
        for (var r = 0L; r < block; r++) FillDown(DownStrided + r * StridedWords, Strided, block, r, powers, scales);
        DownBlocked = Allocate(DownWords(Blocked, (int)block));
        FillDown(DownBlocked, Blocked, 1, 0, powers, scales);
        UpBlocked = Allocate((rows >> BlockLog2) * BlockedWords);
        for (var b = 0L; b < rows >> BlockLog2; b++)
        {
            FillUp(UpBlocked + b * BlockedWords, Blocked, 1, b * block, powers);
        }

        UpStrided = Allocate(UpWords(Strided, 1 << (rowsLog2 - BlockLog2)));
        FillUp(UpStrided, Strided, block, 0, powers);
    }

    public int RowsLog2 { get; }

    /// <summary>lg R.</summary>
    public int BlockLog2 { get; }

    /// <summary>lg C.</summary>
    public int StridedLog2 => RowsLog2 - BlockLog2;

    /// <summary>Radices over the C rows r, r + R, r + 2R, .., largest half first.</summary>
    public int[] Strided { get; }

    /// <summary>Radices over the R rows of a block.</summary>
    public int[] Blocked { get; }

    /// <summary>R tables of <see cref="StridedWords"/>, one a residue: inverse layers of half n/2 .. R.</summary>
    public uint* DownStrided { get; }

    /// <summary>One table: inverse layers of half R/2 .. 1.</summary>
    public uint* DownBlocked { get; }

    /// <summary>C tables of <see cref="BlockedWords"/>, one a block: forward layers of half 1 .. R/2.</summary>
    public uint* UpBlocked { get; }

    /// <summary>One table: forward layers of half R .. n/2.</summary>
    public uint* UpStrided { get; }

    public int StridedWords { get; }

    public int BlockedWords { get; }

    /// <summary>The plan whose inverse yields c_k <paramref name="scale"/>^k; kept for the life of the
    /// process.</summary>
    public static TransformPlan Of(int rowsLog2, KoalaBear scale)
    {
        if (s_plans.TryGetValue((rowsLog2, scale), out var plan)) return plan;
        lock (s_plans)
        {
            return s_plans.GetOrAdd((rowsLog2, scale), key => new(key.RowsLog2, key.Scale));
        }
    }

    /// <summary>2^log2 as a product of as few numbers up to 16 as possible, sixteens and eights where they
    /// suffice.</summary>
    internal static int[] Radices(int log2)
    {
        var passes = (log2 + 3) / 4;
        return log2 switch
        {
            0 => [],
            1 => [2],
            2 => [4],
            5 => [8, 4],
            _ => [.. Enumerable.Repeat(16, log2 - 3 * passes), .. Enumerable.Repeat(8, 4 * passes - log2)],
        };
    }

    /// <summary>Words of the twiddles of one call.</summary>
    internal static int TwiddleWords(int radix) => (radix - 1) * FactorWords;

    static int DownWords(int[] radices, int rows)
    {
        var (words, length) = (0, rows);
        foreach (var radix in radices)
        {
            length /= radix;
            words += length * TwiddleWords(radix);
        }

        return words;
    }

    static int UpWords(int[] radices, int rows)
    {
        var (words, blocks) = (0, rows);
        foreach (var radix in radices)
        {
            blocks /= radix;
            words += blocks * TwiddleWords(radix);
        }

        return words;
    }

    // Butterfly (i, i + h) of the inverse, 0 <= i < h: the difference times w^(-i n/2h) t^(n/2h).
    void FillDown(uint* table, int[] radices, long step, long residue, KoalaBear[] powers, KoalaBear[] scales)
    {
        var rows = 1L << RowsLog2;
        var target = (Factor*)table;
        Factor Twiddle(long half, long i)
        {
            var log2 = RowsLog2 - 1 - BitOperations.Log2((ulong)half);
            return Factor.Of(powers[(rows - (i << log2)) & (rows - 1)] * scales[log2]);
        }

        var length = radices.Aggregate(1L, (product, radix) => product * radix);
        foreach (var radix in radices)
        {
            var stride = length / radix;
            for (var g = 0L; g < stride; g++)
            {
                for (int span = radix / 2, half = 1; span >= 1; span /= 2, half *= 2)
                {
                    for (var m = 0; m < span; m++)
                    {
                        *target++ = Twiddle(length / (2 * half) * step, residue + step * (g + stride * m));
                    }
                }
            }

            length = stride;
        }
    }

    // Every butterfly of block k of the forward layer of half h: the difference times w^(h bitrev(k)).
    void FillUp(uint* table, int[] radices, long step, long first, KoalaBear[] powers)
    {
        var rows = 1L << RowsLog2;
        var target = (Factor*)table;
        Factor Twiddle(long half, long row)
        {
            var log2 = RowsLog2 - 1 - BitOperations.Log2((ulong)half);
            return Factor.Of(powers[half * Ntt.Reverse(row / (2 * half), log2) & (rows - 1)]);
        }

        var length = radices.Aggregate(1L, (product, radix) => product * radix);
        var stride = 1L;
        foreach (var radix in radices)
        {
            for (var block = 0L; block < length / (radix * stride); block++)
            {
                for (var size = 1; size < radix; size *= 2)
                {
                    for (var m = 0; m < radix; m += 2 * size)
                    {
                        *target++ = Twiddle(size * stride * step, first + step * stride * (block * radix + m));
                    }
                }
            }

            stride *= radix;
        }
    }

    static KoalaBear[] Powers(KoalaBear root, long count)
    {
        var powers = new KoalaBear[count];
        var power = KoalaBear.One;
        for (var k = 0L; k < count; k++, power *= root) powers[k] = power;
        return powers;
    }

    // Plans live as long as the process: nothing frees them.
    static uint* Allocate(long words) =>
        (uint*)NativeMemory.AlignedAlloc((nuint)(Math.Max(words, 1) * sizeof(uint)), 64);
}
