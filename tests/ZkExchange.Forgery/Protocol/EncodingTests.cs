using System.Buffers.Binary;
using Xunit;
using ZkExchange.Fields;
using ZkExchange.Stark;

namespace ZkExchange.Forgery.Protocol;

/// <summary>Groups 8 and 9 of the catalogue: bytes, lengths, shapes.</summary>
public sealed class EncodingTests
{
    static readonly byte[] s_proof = Market.Prove();
    static readonly ProofMap s_map = new(Market.Shape, s_proof.Length);

    [Fact]
    public void Control_the_honest_proof_is_accepted() => Assert.Equal(Verdict.Accepted, Market.Verify(s_proof));

    // One bit of every byte up to the queries and of every fifth behind; another bit for each byte.
    [Fact]
    public void T01_A_flipped_bit_anywhere_is_refused_with_a_name()
    {
        var names = new HashSet<Outcome>();
        for (var i = 0; i < s_proof.Length; i += i < s_map["queries"].Start ? 1 : 5)
        {
            s_proof[i] ^= (byte)(1 << (i * 5 % 8));
            var verdict = Market.Verify(s_proof);
            s_proof[i] ^= (byte)(1 << (i * 5 % 8));
            Assert.False(verdict.IsAccepted, $"bit at {i}");
            names.Add(verdict.Outcome);
        }

        Assert.DoesNotContain(Outcome.Unchecked, names);
        Assert.Superset(new HashSet<Outcome> { Outcome.BadHeight, Outcome.GrindFailed, Outcome.MerkleMismatch }, names);
    }

    [Fact]
    public void T02_A_proof_cut_at_any_field_or_byte_is_too_short()
    {
        var ends = s_map.Fields.Select(field => field.Start)
            .Concat(Enumerable.Range(0, 4096).Where(i => i < s_proof.Length))
            .Concat(Enumerable.Range(1, 4096).Select(i => s_proof.Length - i).Where(i => i >= 0));
        foreach (var end in ends)
            Assert.Equal(Outcome.BadLength, Market.Verify(s_proof.AsSpan(0, end)).Outcome);
    }

    [Fact]
    public void T03_Bytes_behind_a_proof_are_refused()
    {
        Assert.Equal(
            Verdict.Reject(Outcome.TrailingBytes, s_proof.Length), Market.Verify([.. s_proof, 0]));
        Assert.Contains(
            Market.Verify([.. s_proof, .. s_proof]).Outcome, new[] { Outcome.TrailingBytes, Outcome.LimitExceeded });
    }

    // Words behind the commitments: values that are compared, rows that are opened. x + p is the same element.
    [Theory]
    [InlineData("terminals")]
    [InlineData("openings")]
    [InlineData("final")]
    [InlineData("queries")]
    public void T06_A_word_of_x_plus_p_is_no_encoding(string name)
    {
        var field = s_map[name];
        for (var at = field.Start; at < field.End; at += 4)
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(s_proof.AsSpan(at));
            if (word > uint.MaxValue - KoalaBear.Modulus) continue;

            var forged = (byte[])s_proof.Clone();
            BinaryPrimitives.WriteUInt32LittleEndian(forged.AsSpan(at), word + KoalaBear.Modulus);
            Assert.Equal(Outcome.BadEncoding, Market.Verify(forged).Outcome);
            return;
        }

        Assert.Fail("no word is small");
    }

    [Fact]
    public void T07_Rubbish_is_refused_at_once()
    {
        Assert.Equal(Outcome.BadLength, Market.Verify([]).Outcome);
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(0, 2 * s_proof.Length)];
            random.NextBytes(bytes);
            if (i % 2 == 1 && bytes.Length > 4) Market.Heights.CopyTo(bytes, 0);
            Assert.False(Market.Verify(bytes).IsAccepted);
        }

        foreach (var octet in new byte[] { 0, 11, 12, 0x7F, 0xFF })
        {
            var bytes = new byte[64 << 20];
            bytes.AsSpan().Fill(octet);
            Assert.False(Market.Verify(bytes).IsAccepted);
            Market.Heights.CopyTo(bytes, 0);
            Assert.Equal(Outcome.LimitExceeded, Market.Verify(bytes).Outcome);
        }
    }

    // Opened rows and digests in another order, or twice: the form of an opening is one. Only equal neighbours could be
    // exchanged unseen, and salts make no two rows equal.
    [Fact]
    public void G14_T74_Openings_have_one_order_and_no_repeats()
    {
        var start = s_map["queries"].Start;
        var row = 4 * Market.Shape.Classes[0].MainWidth + Market.Weak.SaltBytes;
        var swapped = (byte[])s_proof.Clone();
        s_proof.AsSpan(start, row).CopyTo(swapped.AsSpan(start + row));
        s_proof.AsSpan(start + row, row).CopyTo(swapped.AsSpan(start));
        Assert.Equal(Outcome.MerkleMismatch, Market.Verify(swapped).Outcome);

        var repeated = s_proof.ToList();
        repeated.InsertRange(start, s_proof.AsSpan(start, row));
        Assert.Equal(Outcome.TrailingBytes, Market.Verify([.. repeated]).Outcome);

        var missing = s_proof.ToList();
        missing.RemoveRange(missing.Count - 32, 32);
        Assert.Equal(Outcome.BadLength, Market.Verify([.. missing]).Outcome);
    }

    // The prover made everything else for the shape that it states.
    [Theory]
    [InlineData(Market.Trades, 1)]
    [InlineData(Market.Trades, -1)]
    [InlineData(Market.Prices, 1)]
    [InlineData(Market.Sums, 1)]
    [InlineData(Market.Sums, -1)]
    public void T10_A_height_that_is_not_the_tables_is_refused(int table, int more)
    {
        var forged = (byte[])s_proof.Clone();
        forged[table] = (byte)(forged[table] + more);
        Assert.Contains(
            Market.Verify(forged).Outcome,
            new[]
            {
                Outcome.GrindFailed, Outcome.ConstraintMismatch, Outcome.BadLength, Outcome.BusUnbalanced,
                Outcome.BadEncoding,
            });

        var verdict = TwoVerifiers.Verify(
            Market.Key, Market.Weak, Market.Claim with { PrescribedShape = Market.Heights }, forged);
        Assert.Equal(Verdict.Reject(Outcome.StatementMismatch, table), verdict);
    }

    // Another height with a trace of that height and everything recomputed: the range of prices is another then, and
    // only a statement that names its shape can tell.
    [Fact]
    public void T10_A_recomputed_proof_of_another_shape_is_refused_by_the_statement()
    {
        var witness = Market.Witness();
        var taller = new Matrix(2 * witness[Market.Sums]!.Rows, 4);
        for (var row = 0; row < taller.Rows; row++)
        {
            taller[row, 1] = KoalaBear.From(row);
            if (row < witness[Market.Sums]!.Rows) witness[Market.Sums]!.Row(row).CopyTo(taller.Row(row));
        }

        witness[Market.Sums]!.Dispose();
        witness[Market.Sums] = taller;
        var proof = Market.Prove(witness: witness);
        Assert.True(Market.Verify(proof).IsAccepted);
        var claim = Market.Claim with { PrescribedShape = Market.Heights };
        Assert.Equal(
            Verdict.Reject(Outcome.StatementMismatch, Market.Sums),
            TwoVerifiers.Verify(Market.Key, Market.Weak, claim, proof));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(14)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(32)]
    [InlineData(44)]
    [InlineData(254)]
    public void T11_T12_Heights_outside_key_and_profile_are_refused(byte height)
    {
        for (var table = 0; table < 3; table++)
        {
            var forged = (byte[])s_proof.Clone();
            forged[table] = height;
            Assert.Equal(Verdict.Reject(Outcome.BadHeight, table), Market.Verify(forged));
        }

        var refused = Assert.Throws<Stark.Proving.ProverException>(() => Market.Prove(new Departure
        {
            AtHeights = heights => heights[Market.Trades] = height,
        }));
        Assert.Equal(Outcome.BadHeight, refused.Verdict.Outcome);
    }

    [Theory]
    [InlineData(Market.Trades)]
    [InlineData(Market.Prices)]
    [InlineData(Market.Sums)]
    public void T13_T16_A_mandatory_table_is_there(int table)
    {
        var forged = (byte[])s_proof.Clone();
        forged[table] = Shape.Absent;
        Assert.Equal(Verdict.Reject(Outcome.BadShape, table), Market.Verify(forged));

        var witness = Market.Witness();
        witness[table]!.Dispose();
        witness[table] = null;
        var refused = Assert.Throws<Stark.Proving.ProverException>(() => Market.Prove(witness: witness));
        Assert.Equal(Outcome.BadShape, refused.Verdict.Outcome);
    }

    [Fact]
    public void T13_T15_A_table_more_changes_every_count()
    {
        var forged = (byte[])s_proof.Clone();
        forged[Market.Counter] = 10;
        Assert.Contains(
            Market.Verify(forged).Outcome, new[] { Outcome.GrindFailed, Outcome.BadLength });

        var proof = Market.Prove(witness: Market.Witness(counterLog2: 10));
        Assert.True(Market.Verify(proof).IsAccepted);
        proof[Market.Counter] = Shape.Absent;
        Assert.Contains(
            Market.Verify(proof).Outcome,
            new[] { Outcome.GrindFailed, Outcome.BadLength, Outcome.TrailingBytes, Outcome.LimitExceeded });
    }

    // One terminal more or fewer moves every field behind it.
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void T15_Another_number_of_terminals_is_another_proof(int more)
    {
        var field = s_map["terminals"];
        var forged = s_proof.ToList();
        if (more > 0) forged.InsertRange(field.End, new byte[Canonical.ElementBytes]);
        else forged.RemoveRange(field.End - Canonical.ElementBytes, Canonical.ElementBytes);
        Assert.Contains(Market.Verify([.. forged]).Outcome, new[]
        {
            Outcome.BusUnbalanced, Outcome.ConstraintMismatch, Outcome.BadEncoding, Outcome.BadLength,
            Outcome.LimitExceeded,
        });
    }

    // Rule 2 of section 7: an interaction that may be sent 2^20 times on 2^12 rows could wrap around p.
    [Fact]
    public void T17_A18_T62_T63_Counts_that_could_wrap_are_refused()
    {
        var key = Stark.Air.VerifyingKey.Of(Market.Build((trades, prices) => trades.Send(
            prices, trades[Market.IsReal], [trades[Market.Price]], "a greedy lookup", bound: 1 << 20)));
        var verdict = TwoVerifiers.Verify(key, Market.Weak, Market.Claim, s_proof);
        Assert.Equal(Outcome.MultiplicityBound, verdict.Outcome);
        var refused = Assert.Throws<Stark.Proving.ProverException>(() => Market.Prove(key: key));
        Assert.Equal(Outcome.MultiplicityBound, refused.Verdict.Outcome);
    }
}
