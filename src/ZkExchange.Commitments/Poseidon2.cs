// Poseidon2 over KoalaBear, width 16: the hash inside the statements (specs/40-statements.md section 2, eprint
// 2023/323). 4 external rounds, 20 internal rounds, 4 external rounds, S-box x^3. This is the definition; the lane
// kernels must equal it word by word.

using System.Runtime.CompilerServices;
using ZkExchange.Commitments.Kernels;
using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>The permutation and the compression function made of it.</summary>
public static class Poseidon2
{
    /// <summary>Words of a state.</summary>
    public const int Width = 16;

    /// <summary>External rounds before, and again after, the internal ones.</summary>
    public const int ExternalRounds = 4;

    /// <summary>Internal rounds.</summary>
    public const int InternalRounds = 20;

    /// <summary>Cells of one permutation in a table: 16 inputs, four times 16 states after the first external rounds,
    /// 20 cubes of the internal rounds, four times 16 states after the last external rounds.</summary>
    public const int TraceCells = Width + (ExternalRounds * Width) + InternalRounds + (ExternalRounds * Width);

    /// <summary>Where the last state begins in the cells: digest word i is cell[LastState + i] + cell[i].</summary>
    public const int LastState = TraceCells - Width;

    const int PairsAtATime = 64;

    static readonly KoalaBear[] s_initial = Elements(Poseidon2Constants.Initial);
    static readonly KoalaBear[] s_internal = Elements(Poseidon2Constants.Internal);
    static readonly KoalaBear[] s_final = Elements(Poseidon2Constants.Final);
    static readonly KoalaBear[] s_diagonal = Elements(Poseidon2Constants.Diagonal);

    /// <summary>Applies the permutation in place.</summary>
    /// <param name="state">16 words.</param>
    public static void Permute(Span<KoalaBear> state)
    {
        Check.That(state.Length == Width);
        ExternalLayer(state);
        for (var round = 0; round < ExternalRounds; round++) ExternalRound(state, s_initial, round);
        for (var round = 0; round < InternalRounds; round++) InternalRound(state, round);
        for (var round = 0; round < ExternalRounds; round++) ExternalRound(state, s_final, round);
    }

    /// <summary>trunc8(P(left, right) + (left, right)): one-way because of what is added.</summary>
    public static NodeDigest Compress(in NodeDigest left, in NodeDigest right)
    {
        Span<KoalaBear> state = stackalloc KoalaBear[Width];
        left.CopyTo(state);
        right.CopyTo(state[NodeDigest.Length..]);
        Permute(state);
        for (var i = 0; i < NodeDigest.Length; i++) state[i] += left[i];
        return new(state[..NodeDigest.Length]);
    }

    /// <summary>parents[i] = Compress(children[2 i], children[2 i + 1]).</summary>
    /// <param name="children">Twice as many as parents.</param>
    /// <param name="parents">Overwritten; apart from the children.</param>
    /// <param name="emptyChild">A child of which many pairs are expected..</param>
    /// <param name="emptyParent">.. and what such a pair compresses to: it is copied, not computed.</param>
    public static void CompressPairs(
        ReadOnlySpan<NodeDigest> children, Span<NodeDigest> parents, in NodeDigest emptyChild,
        in NodeDigest emptyParent)
    {
        Check.That(children.Length == 2 * parents.Length);
        Span<int> empties = stackalloc int[PairsAtATime];
        for (var first = 0; first < parents.Length; first += PairsAtATime)
        {
            var count = Math.Min(PairsAtATime, parents.Length - first);
            var pairs = children.Slice(2 * first, 2 * count);
            var targets = parents.Slice(first, count);
            var empty = 0;
            for (var i = 0; i < count; i++)
            {
                if (pairs[2 * i] == emptyChild && pairs[(2 * i) + 1] == emptyChild) empties[empty++] = i;
            }

            // Lanes take a whole run; what a few empty pairs in it compress to is overwritten.
            if (empty < count) Poseidon2Lanes.CompressPairs(pairs, targets);
            foreach (var i in empties[..empty]) targets[i] = emptyParent;
        }
    }

    /// <summary>Writes the cells of one permutation (specs/41-circuits.md) and returns its digest.</summary>
    /// <param name="left">Words 0..7 of the input.</param>
    /// <param name="right">Words 8..15 of the input.</param>
    /// <param name="cells">164 words, overwritten.</param>
    public static NodeDigest Trace(in NodeDigest left, in NodeDigest right, Span<KoalaBear> cells)
    {
        Check.That(cells.Length == TraceCells);
        left.CopyTo(cells);
        right.CopyTo(cells[NodeDigest.Length..]);

        Span<KoalaBear> state = stackalloc KoalaBear[Width];
        cells[..Width].CopyTo(state);
        ExternalLayer(state);
        var at = Width;
        for (var round = 0; round < ExternalRounds; round++, at += Width)
        {
            ExternalRound(state, s_initial, round);
            state.CopyTo(cells[at..]);
        }

        for (var round = 0; round < InternalRounds; round++, at++) cells[at] = InternalRound(state, round);
        for (var round = 0; round < ExternalRounds; round++, at += Width)
        {
            ExternalRound(state, s_final, round);
            state.CopyTo(cells[at..]);
        }

        for (var i = 0; i < NodeDigest.Length; i++) state[i] += left[i];
        return new(state[..NodeDigest.Length]);
    }

    static void ExternalRound(Span<KoalaBear> state, KoalaBear[] constants, int round)
    {
        for (var i = 0; i < Width; i++) state[i] = Cube(state[i] + constants[(round * Width) + i]);
        ExternalLayer(state);
    }

    // Returns the cube, the one value of the round that is not linear in earlier ones.
    static KoalaBear InternalRound(Span<KoalaBear> state, int round)
    {
        var cube = Cube(state[0] + s_internal[round]);
        state[0] = cube;
        ulong total = 0;                                       // 16 (p - 1) < 2^35
        foreach (var word in state) total += word.Residue;
        var sum = KoalaBear.FromResidue((uint)(total % KoalaBear.Modulus));
        for (var i = 0; i < Width; i++) state[i] = sum + (s_diagonal[i] * state[i]);
        return cube;
    }

    // circ(2 M4, M4, M4, M4): M4 on each block of four, then every word gains the sum of its position over the blocks.
    static void ExternalLayer(Span<KoalaBear> state)
    {
        for (var block = 0; block < Width; block += 4) MultiplyM4(state.Slice(block, 4));
        for (var i = 0; i < 4; i++)
        {
            var sum = state[i] + state[i + 4] + (state[i + 8] + state[i + 12]);
            for (var j = i; j < Width; j += 4) state[j] += sum;
        }
    }

    // M4 = [[2,3,1,1],[1,2,3,1],[1,1,2,3],[3,1,1,2]]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void MultiplyM4(Span<KoalaBear> x)
    {
        var low = x[0] + x[1];
        var high = x[2] + x[3];
        var all = low + high;
        var u = all + x[1];
        var v = all + x[3];
        x[3] = v + (x[0] + x[0]);
        x[1] = u + (x[2] + x[2]);
        x[0] = u + low;
        x[2] = v + high;
    }

    static KoalaBear Cube(KoalaBear value) => value * value * value;

    static KoalaBear[] Elements(ReadOnlySpan<uint> integers)
    {
        var elements = new KoalaBear[integers.Length];
        for (var i = 0; i < integers.Length; i++) elements[i] = KoalaBear.From(integers[i]);
        return elements;
    }
}
