using Xunit;
using ZkExchange.Fields;
using ZkExchange.Stark;

namespace ZkExchange.Forgery.Protocol;

/// <summary>Groups 12 and 13 of the catalogue: a prover that breaks one law of a circuit or of a bus and does
/// everything else right.</summary>
public sealed class LawTests
{
    static readonly KoalaBear s_one = KoalaBear.One;

    [Fact]
    public void Control_no_departure_is_accepted() => Accepted(new());

    [Theory]
    [InlineData(Market.Trades, Market.Squares, 0, Outcome.ConstraintMismatch)]          // a law of the first row
    [InlineData(Market.Trades, Market.Squares, 2000, Outcome.ConstraintMismatch)]       // a transition
    [InlineData(Market.Trades, Market.Number, 4095, Outcome.ConstraintMismatch)]        // a transition into the last
    [InlineData(Market.Trades, Market.Squares, 4095, Outcome.ConstraintMismatch)]       // a law of the last row
    [InlineData(Market.Trades, Market.Good, 77, Outcome.BusUnbalanced)]                 // a sum of another good
    [InlineData(Market.Prices, 0, 5, Outcome.ConstraintMismatch)]
    [InlineData(Market.Prices, 0, 1023, Outcome.ConstraintMismatch)]                    // T67: a key twice, one missing
    [InlineData(Market.Sums, 1, 2047, Outcome.ConstraintMismatch)]
    public void G17_T50_T51_A_changed_cell_is_refused(int table, int column, int row, Outcome outcome) => Refused(
        outcome, new() { AtTrace = (index, trace) => { if (index == table) trace[row, column] += s_one; } });

    // A flag of 2 in the first row, in the middle, in the last: all buses follow, so that only its own law is broken.
    [Theory]
    [InlineData(2)]
    [InlineData(2047)]
    [InlineData(4094)]
    [InlineData(4095)]
    public void G17_T50_T51_A_flag_of_two_is_refused_in_any_row(int row) => Refused(Outcome.ConstraintMismatch, new()
    {
        AtTrace = (index, trace) =>
        {
            // Row 4095 is padding: there the price is zero.
            var (good, price, more) = (row % 6, row * row % 1023, row % 5 == 0 ? 2u : 1u);
            if (row % 5 == 0) price = 0;
            switch (index)
            {
                case Market.Trades:
                    trace[row, Market.IsReal] = KoalaBear.From(2);
                    break;
                case Market.Prices:
                    trace[price, 1] += KoalaBear.From(more);
                    break;
                case Market.Sums:
                    trace[good, 2] += KoalaBear.From(more);
                    trace[good, 3] += KoalaBear.From(more * (uint)price);
                    break;
            }
        },
    });

    // Every number one too high, and the statement with them: only the law of the first row can tell.
    [Fact]
    public void T51_A_law_of_the_first_row_alone_is_kept()
    {
        var words = Market.Claim.PublicMessages[0].ToArray();
        for (var i = 0; i < words.Length; i += 2) words[i]++;
        var claim = Market.Claim with { PublicMessages = [words] };
        var proof = Market.Prove(claim: claim, tampering: new Departure
        {
            AtTrace = (index, trace) =>
            {
                if (index != Market.Trades) return;
                for (var row = 0; row < trace.Rows; row++) trace[row, Market.Number] += s_one;
            },
        });
        Assert.Equal(
            Outcome.ConstraintMismatch, TwoVerifiers.Verify(Market.Key, Market.Weak, claim, proof).Outcome);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void T62_A_count_of_a_lookup_that_is_off_is_refused(int more) => Refused(Outcome.BusUnbalanced, new()
    {
        AtTrace = (index, trace) => { if (index == Market.Prices) trace[9, 1] += KoalaBear.From(more % 1_000_003); },
    });

    [Fact]
    public void T62_A_count_of_p_more_is_the_same_element() => Accepted(new()
    {
        AtTrace = (index, trace) =>
        {
            if (index == Market.Prices)
                trace[9, 1] = KoalaBear.From((ulong)trace[9, 1].ToUInt32() + KoalaBear.Modulus);
        },
    });

    // Outside the table: 1500 is looked up, and some row counts for it.
    [Fact]
    public void T63_A_value_outside_of_the_table_is_refused() => Refused(Outcome.BusUnbalanced, new()
    {
        AtTrace = (index, trace) =>
        {
            if (index == Market.Trades) trace[21, Market.Price] = KoalaBear.From(1500);
        },
    });

    [Fact]
    public void T64_Padding_that_speaks_is_refused()
    {
        // Row 10 is padding (10 mod 5 = 0): with a price it breaks the law of padding, as real it breaks the counts.
        Refused(Outcome.ConstraintMismatch, new()
        {
            AtTrace = (index, trace) => { if (index == Market.Trades) trace[10, Market.Price] = s_one; },
        });
        Refused(Outcome.BusUnbalanced, new()
        {
            AtTrace = (index, trace) => { if (index == Market.Trades) trace[10, Market.IsReal] = s_one; },
        });
    }

    // A trade that is listed although the statement does not know it; one that is not although it does.
    [Theory]
    [InlineData(11, 1)]
    [InlineData(3, 0)]
    public void T65_Messages_too_many_or_too_few_are_refused(int row, int isListed)
    {
        var outcome = Market.Try(new Departure
        {
            AtTrace = (index, trace) =>
            {
                if (index != Market.Trades) return;
                trace[row, Market.IsListed] = KoalaBear.From(isListed);
                var sum = trace[0, Market.Squares];
                for (var at = 1; at < trace.Rows; at++)
                    trace[at, Market.Squares] = sum +=
                        trace[at, Market.IsListed] * trace[at, Market.Price] * trace[at, Market.Price];
            },
        }).Outcome;
        Assert.Equal(Outcome.BusUnbalanced, outcome);
    }

    [Fact]
    public void T61_Terminals_that_do_not_cancel_are_refused() => Refused(
        Outcome.BusUnbalanced, new() { AtTerminals = terminals => terminals[1] += Quintic.One });

    [Fact]
    public void T61_Terminals_that_cancel_but_are_not_the_tables_are_refused() => Refused(
        Outcome.ConstraintMismatch, new()
        {
            AtTerminals = terminals =>
                (terminals[0], terminals[2]) = (terminals[0] + Quintic.X, terminals[2] - Quintic.X),
        });

    // The blind of a table stands behind its columns, in row 0; the terminal then follows or does not.
    [Fact]
    public void T68_An_accumulator_that_does_not_begin_with_its_blind_is_refused() => Refused(
        Outcome.ConstraintMismatch, new()
        {
            AtMain = (index, rows) => { if (index == 0) rows[0, rows.Columns - 1] += s_one; },
        });

    // Every acc and the terminal shifted: the tables add up to something that is not zero.
    [Fact]
    public void T69_Blinds_that_do_not_sum_to_zero_are_refused()
    {
        var shift = new Departure
        {
            AtMain = (index, rows) => { if (index == 0) rows[0, rows.Columns - 5] += s_one; },
            AtAuxiliary = (index, rows) =>
            {
                if (index != 0) return;
                for (var row = 0; row < rows.Rows; row++) rows[row, rows.Columns - 5] += s_one;
            },
            AtTerminals = terminals => terminals[0] += Quintic.One,
        };
        Refused(Outcome.BusUnbalanced, shift);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(4095)]
    public void T50_A_wrong_fraction_or_accumulator_is_refused(int row)
    {
        Refused(Outcome.ConstraintMismatch, new()
        {
            AtAuxiliary = (index, rows) => { if (index == 0) rows[row, 1] += s_one; },
        });
        Refused(Outcome.ConstraintMismatch, new()
        {
            AtAuxiliary = (index, rows) => { if (index == 0) rows[row, rows.Columns - 1] += s_one; },
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void T52_A_quotient_that_is_another_is_refused(int place)
    {
        for (var chunk = 0; chunk < 3; chunk++)
        {
            Refused(Outcome.ConstraintMismatch, new()
            {
                AtQuotient = (index, low, _) => { if (index == place) low[3, 5 * chunk] += s_one; },
            });
            Refused(Outcome.ConstraintMismatch, new()
            {
                AtQuotient = (index, _, high) => { if (index == place) high[high.Rows - 1, 5 * chunk] += s_one; },
            });
        }
    }

    // The table has no buses, so nothing of it is in the terminals; its laws hold all the same.
    [Fact]
    public void T68_A_table_without_buses_has_no_terminal_and_keeps_its_laws()
    {
        var shape = new byte[] { 12, 10, 11, 10 };
        Assert.True(Shape.TryCreate(Market.Key, Market.Weak, shape, out var made).IsAccepted);
        Assert.Equal(3, made!.Terminals);
        Assert.Equal(Outcome.Accepted, Market.Try(witness: Market.Witness(counterLog2: 10)).Outcome);
        var broken = new Departure
        {
            AtTrace = (index, trace) => { if (index == Market.Counter) trace[500, 0] += s_one; },
        };
        Assert.Equal(Outcome.ConstraintMismatch, Market.Try(broken, Market.Witness(counterLog2: 10)).Outcome);
    }

    // Openings at zeta and at g zeta exchanged: the accumulator and each column that is read in the next row.
    [Fact]
    public void T55_Openings_of_the_two_points_are_not_exchanged()
    {
        var rows = Market.Shape.Classes[0];
        for (var i = 0; i < rows.NextOpenings.Count; i++)
        {
            var (tree, word) = rows.NextOpenings[i];
            var here = word + (tree == Stark.Merkle.TreeKind.Main ? 0 : rows.MainWidth);
            var next = rows.OpeningsAtPoint + i;
            Refused(Outcome.ConstraintMismatch, new()
            {
                AtOpenings = values => (values[here], values[next]) = (values[next], values[here]),
            });
        }
    }

    [Fact]
    public void T54_The_point_lies_in_no_domain_and_everything_is_drawn_from_all_of_E()
    {
        var coefficients = new HashSet<uint>[Quintic.Degree];
        for (var k = 0; k < coefficients.Length; k++) coefficients[k] = [];
        for (var i = 0; i < 200; i++)
        {
            var transcript = new Transcript();
            transcript.Absorb(Label.Openings, BitConverter.GetBytes(i));
            var point = transcript.SqueezePoint(Label.OutOfDomain);
            Assert.False(point.IsBase);
            for (var k = 0; k < Quintic.Degree; k++) coefficients[k].Add(point[k].ToUInt32());
        }

        Assert.All(coefficients, seen => Assert.InRange(seen.Count, 199, 200));
    }

    // An element of F comes once in 2^124: a sampler that is told what comes shows that it is passed over, that zeta is
    // in no trace domain and no evaluation domain, and that nothing is drawn behind it.
    [Fact]
    public void T54_A_point_of_a_domain_is_drawn_again()
    {
        var drawn = 0;
        Assert.Equal(Quintic.X, Transcript.FirstOutsideF(Coins()));
        Assert.Equal(5, drawn);

        IEnumerable<Quintic> Coins()
        {
            foreach (var coin in new[]
            {
                Quintic.Zero, Quintic.One, Quintic.From(KoalaBear.RootOfUnity(12)),
                Quintic.From(KoalaBear.Generator * KoalaBear.RootOfUnity(13)), Quintic.X, Quintic.X + Quintic.One,
            })
            {
                drawn++;
                yield return coin;
            }
        }
    }

    static void Accepted(Departure departure) => Assert.Equal(Verdict.Accepted, Market.Try(departure));

    static void Refused(Outcome outcome, Departure departure) =>
        Assert.Equal(outcome, Market.Try(departure).Outcome);
}
