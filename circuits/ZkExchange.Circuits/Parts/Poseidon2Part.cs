// One permutation of Poseidon2 a row (specs/41-circuits.md section 3). The state is a vector of nodes: linear layers
// only write sums, and each cube ends in a column of its own or, in the outer rounds, in the next state, so that the
// degree never exceeds three.

using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Parts;

/// <summary>Compress(left, right) as columns and constraints of a table.</summary>
/// <remarks>
/// Of the last state only the words of the digest are columns: the other eight leave the permutation and are used by
/// nobody. The columns behind the inputs are therefore the cells of <see cref="Poseidon2.Trace"/> without the last
/// eight.
/// </remarks>
static class Poseidon2Part
{
    /// <summary>Columns behind the inputs: 4 x 16 states, 20 cubes, 3 x 16 states, 8 words.</summary>
    public const int Cells = Poseidon2.TraceCells - Poseidon2.Width - NodeDigest.Length;

    /// <summary>Columns with all 16 inputs.</summary>
    public const int Width = Poseidon2.Width + Cells;

    /// <summary>Where the eight words of the last state begin, counted behind the inputs.</summary>
    public const int LastState = Cells - NodeDigest.Length;

    /// <summary>Constrains the cells of every row and returns the digest, affine in the columns.</summary>
    /// <param name="table">The table.</param>
    /// <param name="inputs">16 nodes of degree at most 1.</param>
    /// <param name="first">The first of the <see cref="Cells"/> columns.</param>
    public static Node[] Compress(Table table, ReadOnlySpan<Node> inputs, int first)
    {
        Check.That(inputs.Length == Poseidon2.Width);
        var state = inputs.ToArray();
        ExternalLayer(state);
        var at = first;
        for (var round = 0; round < Poseidon2.ExternalRounds; round++)
            ExternalRound(table, state, Poseidon2Constants.Initial, round, isLast: false, ref at);
        for (var round = 0; round < Poseidon2.InternalRounds; round++) InternalRound(table, state, round, at++);
        for (var round = 0; round < Poseidon2.ExternalRounds; round++)
            ExternalRound(table, state, Poseidon2Constants.Final, round, isLast: true, ref at);
        Check.That(at == first + Cells);

        var digest = new Node[NodeDigest.Length];
        for (var i = 0; i < digest.Length; i++) digest[i] = state[i] + inputs[i];
        return digest;
    }

    // cell_i = (M_E (s + c)^3)_i; the last round keeps the words of the digest only.
    static void ExternalRound(
        Table table, Node[] state, ReadOnlySpan<uint> constants, int round, bool isLast, ref int at)
    {
        for (var i = 0; i < Poseidon2.Width; i++) state[i] = Cube(state[i] + constants[(round * Poseidon2.Width) + i]);
        ExternalLayer(state);
        var isDigest = isLast && round == Poseidon2.ExternalRounds - 1;
        var number = round + 1 + (isLast ? Poseidon2.ExternalRounds : 0);
        for (var i = 0; i < (isDigest ? NodeDigest.Length : Poseidon2.Width); i++, at++)
        {
            table.OnEvery(table[at] - state[i], $"{table.Name}: word {i} after outer round {number}");
            state[i] = table[at];
        }
    }

    // cell = (s_0 + c)^3 ; s_0 = cell ; s_i = sum + V_i s_i
    static void InternalRound(Table table, Node[] state, int round, int at)
    {
        var cube = Cube(state[0] + Poseidon2Constants.Internal[round]);
        table.OnEvery(table[at] - cube, $"{table.Name}: the cube of inner round {round + 1}");
        state[0] = table[at];
        var sum = state[0];
        for (var i = 1; i < Poseidon2.Width; i++) sum += state[i];
        for (var i = 0; i < Poseidon2.Width; i++) state[i] = sum + (state[i] * Poseidon2Constants.Diagonal[i]);
    }

    static void ExternalLayer(Node[] state)
    {
        for (var block = 0; block < Poseidon2.Width; block += 4) MultiplyM4(state.AsSpan(block, 4));
        for (var i = 0; i < 4; i++)
        {
            var sum = state[i] + state[i + 4] + (state[i + 8] + state[i + 12]);
            for (var j = i; j < Poseidon2.Width; j += 4) state[j] += sum;
        }
    }

    // M4 = [[2,3,1,1],[1,2,3,1],[1,1,2,3],[3,1,1,2]]
    static void MultiplyM4(Span<Node> x)
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

    static Node Cube(Node value) => value * value * value;
}
