using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZkExchange.Fields;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.LogUp;

namespace ZkExchange.Stark.Tests.Laws;

public sealed class LogUpLaws
{
    const uint Largest = KoalaBear.Modulus - 1;

    static readonly Arbitrary<uint[]> s_words = Gen
        .OneOf(Gen.Constant(Largest), Gen.Constant(0u), Gen.Choose(0, (int)Largest).Select(word => (uint)word))
        .ListOf().Select(list => list.ToArray()).ToArbitrary();

    [Fact]
    public void A_sum_of_words_is_the_sum_of_products() => Prop.ForAll(s_words, words =>
    {
        var elements = Elements(words.Length, words.Length);
        var expected = Quintic.Zero;
        for (var i = 0; i < words.Length; i++) expected += KoalaBear.From(words[i]) * elements[i];

        var sum = new WordSum();
        var half = words.Length / 2;
        sum.Add(words.AsSpan(0, half), WordSum.Words(elements));
        sum.Add(words.AsSpan(half), WordSum.Words(elements.AsSpan(half)));
        return sum.Value == expected;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sums_of_the_largest_words_do_not_overflow()
    {
        var words = Enumerable.Repeat(Largest, 5000).ToArray();
        var elements = Enumerable.Repeat(Largest, 5000 * Quintic.Degree).ToArray();
        var sum = new WordSum();
        sum.Add(words, elements);                            // 5000 (-1)(-1)

        for (var k = 0; k < Quintic.Degree; k++) Assert.Equal(KoalaBear.From(5000), sum.Value[k]);
    }

    [Fact]
    public void Many_inverses_are_the_inverses()
    {
        var elements = Elements(50, 1);
        var inverses = elements.ToArray();
        Assert.True(Inversion.TryInvert(inverses));
        for (var i = 0; i < elements.Length; i++) Assert.Equal(Quintic.One, elements[i] * inverses[i]);

        elements[31] = Quintic.Zero;
        var untouched = elements.ToArray();
        Assert.False(Inversion.TryInvert(untouched));
        Assert.Equal(elements, untouched);
        Assert.True(Inversion.TryInvert([]));
    }

    [Fact]
    public void Public_messages_are_signed_fractions()
    {
        var key = Key(Direction.Send, Direction.Receive);
        var fingerprint = Fingerprint.Squeeze(new Transcript(), key);
        var bus = key.PublicMessages[0].Bus;
        uint[] first = [1, 2, 3, 4, 5], second = [5, 4, 3, 2, Largest];
        var claim = new Claim(default, [], [[.. first, .. second], first]);

        Assert.True(fingerprint.TrySumPublic(key, claim, out var sum));
        Assert.Equal(fingerprint.Of(bus, second).Inverse(), sum);

        var expected = fingerprint.Alpha + fingerprint.Betas[0] * KoalaBear.From((uint)bus.Id + 1);
        for (var j = 0; j < 5; j++) expected += fingerprint.Betas[j + 1] * KoalaBear.From(second[j]);
        Assert.Equal(expected, fingerprint.Of(bus, second));
    }

    // Five words can be chosen so that the fingerprint is zero, once the challenges are known.
    [Fact]
    public void A_zero_fingerprint_is_seen()
    {
        var key = Key(Direction.Send, Direction.Send);
        var fingerprint = Fingerprint.Squeeze(new Transcript(), key);
        var bus = key.PublicMessages[0].Bus;
        var message = Solve(fingerprint.Betas[1..], -fingerprint.Start(bus));

        Assert.Equal(Quintic.Zero, fingerprint.Of(bus, message));
        var claim = new Claim(default, [], [[1, 1, 1, 1, 1, .. message], []]);
        Assert.False(fingerprint.TrySumPublic(key, claim, out _));
    }

    static VerifyingKey Key(Direction first, Direction second)
    {
        var bus = new Bus(7, "wide", BusKind.Permutation, 5);
        var table = new Table("table", 1, 9, 12);
        table.Send(bus, table[0], [1, 2, 3, 4, 5], "sent");
        return VerifyingKey.Of(new("toy", [table], [bus], 0, [new(bus, first), new(bus, second)]));
    }

    /// <summary>Words m with sum_j columns[j] m_j = target, by elimination over the five coordinates.</summary>
    static uint[] Solve(ReadOnlySpan<Quintic> columns, Quintic target)
    {
        var rows = new KoalaBear[5][];
        for (var k = 0; k < 5; k++)
        {
            rows[k] = new KoalaBear[6];
            for (var j = 0; j < 5; j++) rows[k][j] = columns[j][k];
            rows[k][5] = target[k];
        }

        for (var pivot = 0; pivot < 5; pivot++)
        {
            var at = Array.FindIndex(rows, pivot, row => row[pivot] != KoalaBear.Zero);
            (rows[pivot], rows[at]) = (rows[at], rows[pivot]);
            var inverse = rows[pivot][pivot].Inverse();
            for (var c = 0; c < 6; c++) rows[pivot][c] *= inverse;
            for (var k = 0; k < 5; k++)
            {
                var factor = rows[k][pivot];
                for (var c = 0; c < 6 && k != pivot; c++) rows[k][c] -= factor * rows[pivot][c];
            }
        }

        return [.. rows.Select(row => row[5].ToUInt32())];
    }

    static Quintic[] Elements(int count, int seed)
    {
        var random = new Random(seed);
        KoalaBear Word() => KoalaBear.From((uint)random.NextInt64(1, KoalaBear.Modulus));
        return [.. Enumerable.Range(0, count).Select(_ => new Quintic(Word(), Word(), Word(), Word(), Word()))];
    }
}
