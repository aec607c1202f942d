using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Tests.Forging;

/// <summary>The cells of a permutation that goes on from altered values as if they were right.</summary>
static class ForgedHash
{
    /// <summary>Recomputes the cells behind the inputs.</summary>
    /// <param name="inputs">16 words.</param>
    /// <param name="cells">140 columns, overwritten.</param>
    /// <param name="alter">Called with the number and value of each cell; what it returns is used from there
    /// on.</param>
    public static void Write(
        ReadOnlySpan<KoalaBear> inputs, Span<KoalaBear> cells, Func<int, KoalaBear, KoalaBear> alter)
    {
        var state = inputs.ToArray();
        External(state);
        var at = 0;
        for (var round = 0; round < 4; round++) Outer(state, Poseidon2Constants.Initial, round, cells, ref at, alter);
        for (var round = 0; round < 20; round++, at++)
        {
            var cube = Cube(state[0] + KoalaBear.From(Poseidon2Constants.Internal[round]));
            var sum = state[0] = cells[at] = alter(at, cube);
            for (var i = 1; i < 16; i++) sum += state[i];
            for (var i = 0; i < 16; i++)
                state[i] = sum + KoalaBear.From(Poseidon2Constants.Diagonal[i]) * state[i];
        }

        for (var round = 0; round < 4; round++) Outer(state, Poseidon2Constants.Final, round, cells, ref at, alter);
    }

    static void Outer(
        KoalaBear[] state, ReadOnlySpan<uint> constants, int round, Span<KoalaBear> cells, ref int at,
        Func<int, KoalaBear, KoalaBear> alter)
    {
        for (var i = 0; i < 16; i++) state[i] = Cube(state[i] + KoalaBear.From(constants[16 * round + i]));
        External(state);
        for (var i = 0; i < 16 && at < cells.Length; i++, at++) state[i] = cells[at] = alter(at, state[i]);
    }

    // circ(2 M4, M4, M4, M4), by the definition.
    static void External(KoalaBear[] state)
    {
        int[][] m4 = [[2, 3, 1, 1], [1, 2, 3, 1], [1, 1, 2, 3], [3, 1, 1, 2]];
        var before = (KoalaBear[])state.Clone();
        for (var i = 0; i < 16; i++)
        {
            state[i] = KoalaBear.Zero;
            for (var j = 0; j < 16; j++)
                state[i] += KoalaBear.From(m4[i % 4][j % 4] * (i / 4 == j / 4 ? 2 : 1)) * before[j];
        }
    }

    static KoalaBear Cube(KoalaBear value) => value * value * value;
}
