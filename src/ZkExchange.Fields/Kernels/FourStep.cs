// The transform of row-major matrices in four steps (Bailey, FFTs in external or hierarchical memory, 1990), whole rows
// at a time: n = C R rows as C blocks of R, R near sqrt(n), so that a tile of C or R rows stays in the second cache.
//
//   strided down   for each residue r: rows r, r + R, ..      inverse layers of half n/2 .. R, in place
//   blocks         for each block k of R rows                 inverse layers of half R/2 .. 1: coefficients, reversed,
//                                                             which never go to memory; then for each coset: add the
//                                                             mask, scale, forward layers of half 1 .. R/2
//   strided up     for each coset and residue                 forward layers of half R .. n/2, in place
//
// Position i of block k holds the coefficient of index bitrev(k R + i) = bitrev_R(i) C + bitrev_C(k).

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace ZkExchange.Fields.Kernels;

/// <summary>The four-step transforms on one set of butterflies.</summary>
sealed unsafe class FourStep<TKernel>(TransformPlan plan, int columns, int threads)
    where TKernel : struct, IButterflies
{
    // A tile is at most this many words: the two of a thread fill the second cache of a server core.
    const int TileWords = 256 << 10;

    // Of the rows of a block, and never fewer than a vector has lanes.
    int FactorWordsMax => TransformPlan.FactorWords * Math.Max(Matrix.Lanes, _block);

    readonly int _block = 1 << plan.BlockLog2;
    readonly int _count = 1 << plan.StridedLog2;
    readonly int _stride = (columns + Matrix.Lanes - 1) / Matrix.Lanes * Matrix.Lanes;

    /// <summary>Values on &lt;w_n&gt; to coefficients c_k t^k n in bit-reversed order, in place.</summary>
    public void Down(Matrix values)
    {
        StridedDown(values);
        InBlocks((scratch, k, column, words) =>
        {
            var rows = values.Pointer(k * _block) + column;
            DownTile(plan.Blocked, rows, _stride, rows, _stride, scratch, words, plan.DownBlocked, null, 0, false);
        });
    }

    /// <summary>Values on &lt;w_n&gt;, where the first coset will be, to the values on every coset of the extension.
    /// </summary>
    /// <param name="mask">The mask, or null.</param>
    /// <param name="extension">Has the values in its first n rows and receives those on the cosets.</param>
    /// <param name="cosets">Of the extension.</param>
    /// <param name="outside">Further shifts s. Row k of their matrices, which must be zero and have m = 2^j rows, m at
    /// least C, receives the sum of c_l s^l over l = k modulo m: the transform of m points that it is one step away
    /// from gives the values on s &lt;w_m&gt;.</param>
    public void Extend(
        Matrix? mask, ExtendedMatrix extension, Coset[] cosets,
        IReadOnlyList<(Coset Coset, Matrix Residues)> outside)
    {
        var values = extension.Storage;                      // a block is read before any is written in its place
        StridedDown(values);
        InBlocks((scratch, k, column, words) =>
        {
            var rows = values.Pointer(k * _block) + column;
            DownTile(plan.Blocked, rows, _stride, scratch, words, scratch, words, plan.DownBlocked, null, 0, false);
            foreach (var (coset, residues) in outside)
            {
                AddMask(scratch, mask, coset, k, column, words);
                Reduce(scratch, coset, residues, k, column, words);
            }

            UpBlock(scratch, mask, cosets, extension, k, column, words);
        });
        StridedUp(extension);
    }

    /// <summary>Coefficients in natural order to the values on every coset of the extension.</summary>
    public void Evaluate(Matrix coefficients, Matrix? mask, ExtendedMatrix extension, Coset[] cosets)
    {
        InBlocks((scratch, k, column, words) =>
        {
            Gather(coefficients, scratch, k, column, words);
            UpBlock(scratch, mask, cosets, extension, k, column, words);
        });
        StridedUp(extension);
    }

    void StridedDown(Matrix values)
    {
        if (_count == 1) return;
        var distance = values.Pointer(_block) - values.Pointer(0);
        Strided(_block, (scratch, r, column, words, more) =>
        {
            var rows = values.Pointer(r) + column;
            DownTile(
                plan.Strided, rows, distance, rows, distance, scratch, words,
                plan.DownStrided + r * plan.StridedWords, more ? rows + _stride : null, distance, true);
        });
    }

    void StridedUp(ExtendedMatrix extension)
    {
        if (_count == 1) return;
        var storage = extension.Storage;
        var distance = storage.Pointer(_block) - storage.Pointer(0);
        Strided((long)_block << extension.BlowupLog2, (scratch, item, column, words, more) =>
        {
            var (coset, r) = (item >> plan.BlockLog2, item & (_block - 1));
            var rows = storage.Pointer((coset << plan.RowsLog2) + r) + column;
            var next = more && r + 1 < _block ? rows + _stride : null;
            UpTile(
                plan.Strided, rows, distance, rows, distance, scratch, words, plan.UpStrided, null, next, distance,
                true);
        });
    }

    /// <summary>The coefficients of a block, which lie far apart: they are asked for early.</summary>
    void Gather(Matrix coefficients, uint* tile, long k, int column, int words)
    {
        const int ahead = 16;
        var low = Ntt.Reverse(k, plan.StridedLog2);
        for (var i = 0; i < _block; i++)
        {
            if (i + ahead < _block) Prefetch(Row(i + ahead), 0, 1, words);
            Buffer.MemoryCopy(Row(i), tile + i * words, words * sizeof(uint), words * sizeof(uint));
        }

        uint* Row(int i) =>
            coefficients.Pointer((Ntt.Reverse(i, plan.BlockLog2) << plan.StridedLog2) + low) + column;
    }

    /// <summary>From the coefficients of a block to values on all cosets, the last coset first, and the first one where
    /// the coefficients are: what fits into the cache then is twice as long.</summary>
    void UpBlock(
        uint* tile, Matrix? mask, Coset[] cosets, ExtendedMatrix extension, long k, int column, int words)
    {
        var second = tile + (long)_block * words;
        var factors = second + (long)_block * words;
        for (var j = cosets.Length - 1; j >= 0; j--)
        {
            AddMask(tile, mask, cosets[j], k, column, words);
            WriteFactors(factors, cosets[j], k);
            UpTile(
                plan.Blocked, tile, words, extension.Storage.Pointer(((long)j << plan.RowsLog2) + k * _block) + column,
                _stride, j > 0 ? second : tile, words, plan.UpBlocked + k * plan.BlockedWords, factors, null, 0, true);
        }
    }

    /// <summary>Adds the mask to the coefficients of a block.</summary>
    void AddMask(uint* tile, Matrix? mask, Coset coset, long k, int column, int words)
    {
        for (var index = Ntt.Reverse(k, plan.StridedLog2); mask is not null && index < mask.Rows; index += _count)
        {
            var row = Ntt.Reverse(index >> plan.StridedLog2, plan.BlockLog2);
            TKernel.AddScaled(tile + row * words, mask.Pointer(index) + column, words, coset.MaskSteps[index]);
        }
    }

    /// <summary>Adds the block's coefficients to the residues; no other block has the same residues.</summary>
    void Reduce(uint* tile, Coset coset, Matrix residues, long k, int column, int words)
    {
        var factors = (Factor*)(tile + 2L * _block * words);
        WriteFactors((uint*)factors, coset, k);
        var low = Ntt.Reverse(k, plan.StridedLog2);
        for (var i = 0; i < _block; i++)
        {
            var index = (Ntt.Reverse(i, plan.BlockLog2) << plan.StridedLog2) + low;
            var target = residues.Pointer(index & (residues.Rows - 1)) + column;
            TKernel.AddScaled(target, tile + i * words, words, factors[i]);
        }
    }

    void WriteFactors(uint* factors, Coset coset, long k)
    {
        var first = coset.LowPowers[Ntt.Reverse(k, plan.StridedLog2)];
        fixed (uint* residues = coset.Residues)
        {
            TKernel.Factors(factors, residues, coset.Residues.Length, first.Residue);
        }
    }

    delegate void BlockBody(uint* scratch, long block, int column, int words);

    delegate void StridedBody(uint* scratch, long item, int column, int words, bool more);

    void InBlocks(BlockBody body) => Panels(_block, (column, words) => Workers.Share(
        _count, 1, threads, () => Allocate(2L * _block * words + FactorWordsMax),
        (scratch, from, to) =>
        {
            for (var k = from; k < to; k++) body((uint*)scratch, k, column, words);
            if (Sse.IsSupported) Sse.StoreFence();
        },
        scratch => NativeMemory.AlignedFree((void*)scratch)));

    void Strided(long items, StridedBody body) => Panels(_count, (column, words) => Workers.Share(
        items, Math.Min(_block, 16), threads, () => Allocate((long)_count * words),
        (scratch, from, to) =>
        {
            for (var item = from; item < to; item++) body((uint*)scratch, item, column, words, item + 1 < to);
            if (Sse.IsSupported) Sse.StoreFence();
        },
        scratch => NativeMemory.AlignedFree((void*)scratch)));

    /// <summary>Splits the columns so that a tile of that many rows stays in the cache.</summary>
    void Panels(int rows, Action<int, int> body)
    {
        var wide = Math.Max(1, TileWords / rows / Matrix.Lanes);             // lanes that fit
        var lanes = _stride / Matrix.Lanes;
        var panels = (lanes + wide - 1) / wide;
        for (var (panel, from) = (0, 0); panel < panels; panel++)
        {
            var to = (int)((long)lanes * (panel + 1) / panels);
            body(from * Matrix.Lanes, (to - from) * Matrix.Lanes);
            from = to;
        }
    }

    static nint Allocate(long words) => (nint)NativeMemory.AlignedAlloc((nuint)(words * sizeof(uint)), 64);

    /// <summary>Inverse layers over the rows s + i ss, through the scratch tile, to d + i ds.</summary>
    static void DownTile(
        int[] radices, uint* s, long ss, uint* d, long ds, uint* scratch, int words, uint* twiddles,
        uint* next, long nextStride, bool stream)
    {
        var rows = 1;
        foreach (var radix in radices) rows *= radix;
        var length = rows;
        for (var stage = 0; stage < radices.Length; stage++)
        {
            var (radix, last) = (radices[stage], stage == radices.Length - 1);
            var source = stage == 0 ? s : scratch;
            var sourceStride = stage == 0 ? ss : words;
            var target = last ? d : scratch;
            var targetStride = last ? ds : words;
            var ahead = stage == Math.Min(1, radices.Length - 1) ? next : null;
            var stride = length / radix;
            for (var block = 0; block < rows; block += length)
            {
                for (var g = 0; g < stride; g++)
                {
                    if (ahead != null) ahead = Prefetch(ahead, nextStride, radix, words);
                    Down(
                        radix, source + (block + g) * sourceStride, stride * sourceStride,
                        target + (block + g) * targetStride, stride * targetStride, words,
                        twiddles + g * TransformPlan.TwiddleWords(radix), last && stream);
                }
            }

            twiddles += stride * TransformPlan.TwiddleWords(radix);
            length = stride;
        }
    }

    /// <summary>Forward layers over the rows s + i ss, through the scratch tile, to d + i ds; row i is multiplied by
    /// factor i first, if there are factors.</summary>
    static void UpTile(
        int[] radices, uint* s, long ss, uint* d, long ds, uint* scratch, int words, uint* twiddles, uint* factors,
        uint* next, long nextStride, bool stream)
    {
        var rows = 1;
        foreach (var radix in radices) rows *= radix;
        var stride = 1;
        for (var stage = 0; stage < radices.Length; stage++)
        {
            var (radix, last) = (radices[stage], stage == radices.Length - 1);
            var source = stage == 0 ? s : scratch;
            var sourceStride = stage == 0 ? ss : words;
            var target = last ? d : scratch;
            var targetStride = last ? ds : words;
            var ahead = stage == Math.Min(1, radices.Length - 1) ? next : null;
            var blocks = rows / (radix * stride);
            for (var block = 0; block < blocks; block++)
            {
                for (var g = 0; g < stride; g++)
                {
                    if (ahead != null) ahead = Prefetch(ahead, nextStride, radix, words);
                    var row = (long)block * radix * stride + g;
                    Up(
                        radix, source + row * sourceStride, stride * sourceStride,
                        target + row * targetStride, stride * targetStride, words,
                        twiddles + block * TransformPlan.TwiddleWords(radix),
                        factors == null ? null : factors + row * TransformPlan.FactorWords, last && stream);
                }
            }

            factors = null;
            twiddles += blocks * TransformPlan.TwiddleWords(radix);
            stride *= radix;
        }
    }

    static void Down(int radix, uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream)
    {
        if (radix == 16) TKernel.Down16(s, ss, d, ds, words, twiddles, stream);
        else if (radix == 8) TKernel.Down8(s, ss, d, ds, words, twiddles, stream);
        else if (radix == 4) TKernel.Down4(s, ss, d, ds, words, twiddles, stream);
        else TKernel.Two(s, ss, d, ds, words, twiddles, null);
    }

    static void Up(
        int radix, uint* s, long ss, uint* d, long ds, int words, uint* twiddles, uint* factors, bool stream)
    {
        if (radix == 16) TKernel.Up16(s, ss, d, ds, words, twiddles, factors, stream);
        else if (radix == 8) TKernel.Up8(s, ss, d, ds, words, twiddles, factors, stream);
        else if (radix == 4) TKernel.Up4(s, ss, d, ds, words, twiddles, factors, stream);
        else TKernel.Two(s, ss, d, ds, words, twiddles, factors);
    }

    /// <summary>Asks for the next rows, a few at a time: bursts of more than about a hundred lines stall.</summary>
    static uint* Prefetch(uint* rows, long stride, int count, int words)
    {
        for (var i = 0; i < count; i++, rows += stride)
        {
            if (!Sse.IsSupported) continue;
            for (var c = 0; c < words; c += Matrix.Lanes) Sse.Prefetch1(rows + c);
        }

        return rows;
    }
}
