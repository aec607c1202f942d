using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZkExchange.Fields;
using ZkExchange.Fields.Kernels;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Proving.Tiles;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Stark.Tests.Proving.Laws;

/// <summary>A compiled program computes what the graph says, for graphs that nobody would write: step by step and as
/// code of every width.</summary>
public sealed unsafe class TileProgramLaws
{
    const int Columns = 21;
    const int Offset = 5;
    const int Rows = 128;

    static readonly uint[] s_publicInputs = [3, KoalaBear.Modulus - 1, 0];

    // Multiples, inverses of powers of two and their negatives take other ways than products do.
    static readonly KoalaBear[] s_constants =
    [
        .. new[] { 2, 3, 4, 5, -1, -2, -3, -4, 77 }.Select(KoalaBear.From),
        .. new[] { 1, 3, 8, 23, 24, 25, 30 }.SelectMany(InversePowers),
    ];

    static KoalaBear[] InversePowers(int k) => [KoalaBear.From(1U << k).Inverse(), -KoalaBear.From(1U << k).Inverse()];

    [Fact]
    public void Programs_equal_their_graph() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => Check(new(seed))).QuickCheckThrowOnFailure();

    static void Check(Random random)
    {
        var table = Draw(random);
        var nodes = table.Graph.Entries.Count;
        var kept = Enumerable.Range(0, nodes).Where(_ => random.Next(6) == 0).ToList();
        var constraints = table.Constraints
            .Select(constraint => new WeightedConstraint(constraint.Node, constraint.Rows, Element(random))).ToList();
        using var matrix = new Matrix(Rows, Columns + Offset);
        for (var row = 0; row < Rows; row++)
        {
            foreach (ref var cell in matrix.Row(row))
                cell = KoalaBear.From((uint)random.NextInt64(random.Next(3) == 0 ? 2 : KoalaBear.Modulus));
        }

        foreach (var lanes in KernelChoice.Available.Select(LaneCalls.Of).Prepend(null).Distinct())
        {
            var program = new TileProgram(
                table.Graph, [.. s_publicInputs.Select(KoalaBear.From)], column => column + Offset, kept, constraints,
                lanes);
            Compare(program, table, kept, constraints, matrix);
        }
    }

    static void Compare(
        TileProgram program, Table table, List<int> kept, List<WeightedConstraint> constraints, Matrix matrix)
    {
        using var tile = new Tile(program.Planes + 4 * Quintic.Degree);
        var sums = tile[program.Planes];
        TileMath.Fill(sums, 0, 4 * Tile.Extension);
        program.Run(tile, 0, new(matrix), 0, sums);

        for (var row = 0; row < Rows; row += row % 16 == 15 ? 23 : 5)
        {
            var values = GraphEvaluator.Evaluate(
                table.Graph, Lift(matrix.Row(row)), Lift(matrix.Row((row + 1) % Rows)), s_publicInputs);
            for (var i = 0; i < kept.Count; i++)
            {
                var operand = program.Kept[i];
                var value = operand.IsConstant
                    ? operand.Constant
                    : KoalaBear.FromResidue(tile[operand.Plane][row]);
                Assert.Equal(values[kept[i]], Quintic.From(value));
            }

            for (var kind = 0; kind < 4; kind++)
            {
                var expected = constraints.Where(constraint => (int)constraint.Rows == kind)
                    .Aggregate(Quintic.Zero, (sum, constraint) => sum + constraint.Weight * values[constraint.Node]);
                Assert.Equal(expected, TileScalar.Get(sums + kind * Tile.Extension + row, Tile.Points));
            }
        }
    }

    /// <summary>Sums, differences, products, squares, cubes and negatives of anything drawn before.</summary>
    static Table Draw(Random random)
    {
        var table = new Table("drawn", Columns, 5, 20);
        var drawn = new List<Node> { 0, 1, table.Public(0), table.Public(1), table.Public(2), KoalaBear.From(77) };
        for (var c = 0; c < Columns; c++) drawn.Add(random.Next(3) == 0 ? table.Next(c) : table[c]);
        for (var k = random.Next(30, 400); k > 0; k--)
        {
            var (left, right) = (drawn[random.Next(drawn.Count)], drawn[random.Next(drawn.Count)]);
            drawn.Add(random.Next(9) switch
            {
                0 or 1 => left + right,
                2 => left - right,
                3 => left * right,
                4 => left * left * left,
                5 => left * (left * left) + left * left,
                6 => left * s_constants[random.Next(s_constants.Length)],
                7 => left * s_constants[random.Next(s_constants.Length)] + right,
                _ => -left,
            });
        }

        for (var k = 0; k < 40; k++)
        {
            var node = drawn[random.Next(drawn.Count)];
            switch (random.Next(4))
            {
                case 0:
                    table.OnFirst(node, "first");
                    break;
                case 1:
                    table.OnTransition(node, "transition");
                    break;
                case 2:
                    table.OnLast(node, "last");
                    break;
                default:
                    table.OnEvery(node, "every");
                    break;
            }
        }

        return table;
    }

    static Quintic[] Lift(Span<KoalaBear> row) => [.. row[Offset..].ToArray().Select(Quintic.From)];

    static Quintic Element(Random random)
    {
        return new(Word(), Word(), Word(), Word(), Word());

        KoalaBear Word() => KoalaBear.From((uint)random.NextInt64(KoalaBear.Modulus));
    }
}
