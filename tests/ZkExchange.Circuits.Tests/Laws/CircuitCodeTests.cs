using Xunit;
using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Top;
using ZkExchange.Fields;
using ZkExchange.Fields.Kernels;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Proving;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Circuits.Tests.Laws;

/// <summary>The prover's code for every table computes what its graph says, node by node.</summary>
public sealed unsafe class CircuitCodeTests
{
    static readonly uint[] s_edges = [0, 1, 2, KoalaBear.Modulus - 1, KoalaBear.Modulus - 2, 1 << 30];

    /// <summary>Every table of the keys, and the yardstick.</summary>
    public static TheoryData<string, int> Tables()
    {
        var tables = new TheoryData<string, int>();
        foreach (var key in Keys())
        {
            for (var i = 0; i < key.Tables.Count; i++) tables.Add(key.Circuit.Name, i);
        }

        return tables;
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Code_of_every_width_equals_the_graph(string circuit, int index)
    {
        var key = Keys().Single(key => string.Equals(key.Circuit.Name, circuit, StringComparison.Ordinal));
        var table = key.Tables[index].Table;
        var random = new Random(index);
        var publicInputs = Enumerable.Range(0, key.Circuit.PublicInputs).Select(_ => Word(random)).ToArray();
        var kept = TableBuses.NodesOf(table);
        var constraints = table.Constraints
            .Select(constraint => new WeightedConstraint(constraint.Node, constraint.Rows, Weight(random))).ToList();
        using var rows = new Matrix(2 * Tile.Points, table.Width);
        for (var row = 0; row < rows.Rows; row++)
        {
            foreach (ref var cell in rows.Row(row)) cell = KoalaBear.From(Word(random));
        }

        var oracle = new TraceTile(table, rows, publicInputs);
        oracle.Evaluate(Tile.Points);
        foreach (var lanes in KernelChoice.Available.Select(LaneCalls.Of).Prepend(null).Distinct())
        {
            var program = new TileProgram(
                table.Graph, [.. publicInputs.Select(KoalaBear.From)], column => column, kept, constraints, lanes);
            using var tile = new Tile(program.Planes + 4 * Quintic.Degree);
            var sums = tile[program.Planes];
            TileMath.Fill(sums, 0, 4 * Tile.Extension);
            program.Run(tile, 0, new(rows), Tile.Points, sums);
            for (var point = 0; point < oracle.Rows; point += 9)
            {
                for (var i = 0; i < kept.Count; i++)
                {
                    var operand = program.Kept[i];
                    var value = operand.IsConstant ? operand.Constant : ((KoalaBear*)tile[operand.Plane])[point];
                    Assert.Equal(oracle.Values(kept[i])[point], value);
                }

                var expected = new Quintic[4];
                foreach (var (node, kind, weight) in constraints)
                    expected[(int)kind] += weight * oracle.Values(node)[point];
                for (var kind = 0; kind < expected.Length; kind++)
                    Assert.Equal(expected[kind], TileScalar.Get(sums + kind * Tile.Extension + point, Tile.Points));
            }
        }
    }

    [Fact]
    public void Rounds_of_a_permutation_share_their_code()
    {
        if (LaneCalls.Of(KernelChoice.Strongest) is not { } lanes) return;

        var table = HashCircuit.Key.Tables[0].Table;
        var constraints = table.Constraints
            .Select(constraint => new WeightedConstraint(constraint.Node, constraint.Rows, Quintic.One)).ToList();
        var plan = new TileCompiler(table.Graph, [], column => column, [], constraints);
        var code = new TileCode(plan, [], lanes);

        // Eight outer and twenty inner rounds; the first and the last of a kind may differ from the others.
        Assert.InRange(code.Blocks, 28, 40);
        Assert.InRange(code.DistinctBlocks, 2, 14);
    }

    static VerifyingKey[] Keys() => [HashCircuit.Key, ShardCircuit.Key, TopCircuit.Key];

    static uint Word(Random random) =>
        random.Next(4) == 0 ? s_edges[random.Next(s_edges.Length)] : (uint)random.NextInt64(KoalaBear.Modulus);

    static Quintic Weight(Random random)
    {
        return new(Element(), Element(), Element(), Element(), Element());

        KoalaBear Element() => KoalaBear.From(Word(random));
    }
}
