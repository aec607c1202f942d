using Xunit;
using ZkExchange.Stark.Air;

namespace ZkExchange.Stark.Tests.Air;

public sealed class KeyTests
{
    static readonly Bus s_range = new(1, "range", BusKind.Lookup, 1);
    static readonly Bus s_list = new(2, "list", BusKind.Permutation, 1);
    static readonly Bus s_sums = new(3, "sums", BusKind.Sum, 1, 2);

    [Fact]
    public void A_key_that_keeps_the_rules_is_made() => Assert.NotNull(Key(_ => { }));

    [Fact]
    public void A_degree_above_the_limit_is_refused()
    {
        Broken("degree at most 3: fourth", table => table.OnEvery(table[0] * table[0] * table[0] * table[0], "fourth"));
        Broken("degree at most 3: fourth", table => table.OnTransition(Power(table.Next(0), 4), "fourth"));
        Broken("degree at most 2: third", table => table.OnFirst(Power(table[0], 3), "third"));
        Broken("degree at most 2: third", table => table.OnLast(Power(table[0], 3), "third"));
        Assert.NotNull(Key(table =>
        {
            table.OnEvery(Power(table[0], 3) * table.Public(0), "a public input counts nothing");
            table.OnTransition(Power(table.Next(0), 3) * 7, "a constant counts nothing");
            table.OnFirst(Power(table[0], 2), "two on the first row");
            table.OnLast(Power(table[0], 2), "two on the last row");
        }));
    }

    [Fact]
    public void Messages_and_weights_of_too_high_degree_are_refused()
    {
        Broken("affine messages: squared", table => table.Send(s_list, 1, [table[0] * table[0]], "squared"));
        Broken("degree at most 2: cubed", table => table.Send(s_list, Power(table[0], 3), [1], "cubed"));
        Broken("degree at most 2: cubed", table => table.SendSum(s_sums, [0, Power(table[0], 3)], [1], "cubed"));
    }

    [Fact]
    public void Bounds_are_declared_exactly_where_multiplicities_count()
    {
        Broken("a bound exactly where", table => table.Send(s_range, table[0], [1], "no bound", bound: 0));
        Broken("at most once", table => table.Send(s_list, table[0], [1], "twice", bound: 2));
        Assert.NotNull(Key(table => table.Send(s_range, table[0], [1], "up to nine", bound: 9)));
    }

    [Fact]
    public void A_lookup_has_one_receiving_table()
    {
        Broken("one receiving table", table => table.Receive(s_range, table[0], [1], "a second table"));
        var lonely = new Bus(9, "lonely", BusKind.Lookup, 1);
        Refused("one receiving table", Circuit(_ => { }) with { Buses = [s_range, s_list, s_sums, lonely] });
    }

    [Fact]
    public void Buses_must_be_declared_and_distinct()
    {
        Broken("a bus of the circuit", table => table.Send(s_list with { Id = 8 }, 1, [1], "unknown"));
        Refused("bus ids are distinct",
            Circuit(_ => { }) with { Buses = [s_range, s_list, s_sums with { Id = 2 }] });
        Refused("one weight but on sum buses",
            Circuit(_ => { }) with { Buses = [s_range, s_list with { Weights = 2 }, s_sums] });
    }

    [Fact]
    public void Public_messages_go_over_permutations_alone()
    {
        Refused("permutation buses", Circuit(_ => { }) with { PublicMessages = [new(s_range, Direction.Receive)] });
        Refused("permutation buses", Circuit(_ => { }) with { PublicMessages = [new(s_sums, Direction.Send)] });
        Refused("a bus of the circuit",
            Circuit(_ => { }) with { PublicMessages = [new(s_list with { Id = 8 }, Direction.Send)] });
    }

    [Fact]
    public void Something_with_interactions_must_be_there()
    {
        var optional = new Table("optional", 1, 9, 10, isOptional: true);
        optional.Send(s_list, 1, [optional[0]], "sends");
        var plain = new Table("plain", 1, 9, 10);
        plain.OnEvery(plain[0], "is zero");
        Refused("a mandatory table with interactions", new("toy", [plain, optional], [s_list], 0, []));
        Refused("public messages only where", new("toy", [plain], [s_list], 0, [new(s_list, Direction.Send)]));
        Refused("1 to 255 tables", new("toy", [], [], 0, []));
    }

    [Fact]
    public void Tables_have_columns_names_and_heights()
    {
        Refused("1 to 32767 columns", new("toy", [new("none", 0, 9, 10)], [], 0, []));
        Refused("at least 2^5 rows", new("toy", [new("low", 1, 4, 10)], [], 0, []));
        Refused("from a minimum to a maximum", new("toy", [new("none", 1, 10, 9)], [], 0, []));
        Refused("at most 2^24 rows", new("toy", [new("high", 1, 10, 25)], [], 0, []));
        Refused("an ASCII name", new("toy", [new("\u00e4", 1, 9, 10)], [], 0, []));
        Refused("public inputs within", new("toy", [Reading(3)], [], 3, []));
    }

    [Fact]
    public void A_key_depends_on_everything_in_the_circuit()
    {
        var circuit = Circuit(_ => { });
        Circuit[] others =
        [
            circuit,
            circuit with { PublicInputs = 2 },
            circuit with { Buses = [s_list, s_range, s_sums] },
            circuit with { Tables = [.. circuit.Tables.Reverse()] },
            circuit with { PublicMessages = [new(s_list, Direction.Send)] },
            circuit with { PublicMessages = [new(s_list, Direction.Receive)] },
            Circuit(table => table.OnEvery(table[0] - 5, "a law")),
            Circuit(table => table.OnEvery(table[0] - 6, "a law")),
            Circuit(table => table.OnFirst(table[0] - 6, "a law")),
            Circuit(table => table.OnEvery(table.Next(0) - 6, "a law")),
            Circuit(table => table.OnEvery(table[0] + 6, "a law")),
            Circuit(table => table.Send(s_list, table[0], [1], "a message")),
            Circuit(table => table.Receive(s_list, table[0], [1], "a message")),
            Circuit(table => table.Send(s_range, table[0], [1], "a message", bound: 1)),
            Circuit(table => table.Send(s_range, table[0], [1], "a message", bound: 2)),
            Circuit(table => table.SendSum(s_sums, [table[0]], [1], "a message")),
            Circuit(table => table.SendSum(s_sums, [table[0], 0], [1], "a message")),
        ];
        var hashes = others.Select(other => VerifyingKey.Of(other).Hash).ToHashSet();
        Assert.Equal(others.Length, hashes.Count);
    }

    [Fact]
    public void Names_of_laws_are_not_part_of_the_key() => Assert.Equal(
        Key(table => table.OnEvery(table[0], "one name")).Hash, Key(table => table.OnEvery(table[0], "another")).Hash);

    [Fact]
    public void Interactions_pair_up_in_order()
    {
        var key = Key(table =>
        {
            for (var i = 0; i < 4; i++) table.Send(s_list, table[0], [i], "sent");
        });
        var layout = key.Tables[0];                          // one interaction of its own, four more

        Assert.Equal([new(0, 2), new(2, 2), new(4, 1)], layout.Groups);
        Assert.Equal(20, layout.AuxiliaryWidth);
        Assert.Equal(15, layout.AccumulatorWord);
        Assert.Equal(7, layout.MainWidth);                   // two columns and a blind
        Assert.Equal(2, layout.BlindColumn);
        Assert.Equal(
            [
                new(ConstraintSource.Group, Rows.Every, 0), new(ConstraintSource.Group, Rows.Every, 1),
                new(ConstraintSource.Group, Rows.Every, 2), new(ConstraintSource.AccumulatorFirst, Rows.First, 0),
                new(ConstraintSource.AccumulatorTransition, Rows.Transition, 0),
                new(ConstraintSource.AccumulatorLast, Rows.Last, 0),
            ],
            layout.Constraints);
    }

    [Fact]
    public void Columns_read_in_the_next_row_are_found()
    {
        var key = Key(table => table.OnTransition(table.Next(1) - table[0], "a step"));
        Assert.Equal([1], key.Tables[0].NextColumns);
        Assert.Empty(key.Tables[1].NextColumns);
    }

    static Node Power(Node value, int exponent)
    {
        var power = value;
        for (var k = 1; k < exponent; k++) power *= value;
        return power;
    }

    static Table Reading(int index)
    {
        var table = new Table("reading", 1, 9, 10);
        table.OnEvery(table[0] - table.Public(index), "is public");
        return table;
    }

    static Circuit Circuit(Action<Table> more)
    {
        var table = new Table("first", 2, 9, 10);
        var keys = new Table("keys", 2, 9, 10);
        table.Send(s_range, table[1], [table[0]], "in range");
        keys.Receive(s_range, keys[1], [keys[0]], "the range");
        more(table);
        return new("toy", [table, keys], [s_range, s_list, s_sums], 1, []);
    }

    static VerifyingKey Key(Action<Table> more) => VerifyingKey.Of(Circuit(more));

    static void Broken(string rule, Action<Table> more) => Refused(rule, Circuit(more));

    static void Refused(string rule, Circuit circuit)
    {
        var refusal = Assert.Throws<CircuitException>(() => VerifyingKey.Of(circuit));
        Assert.Contains(rule, refusal.Message, StringComparison.Ordinal);
    }
}
