using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ZkExchange.Fields.Tests.Laws;

public sealed class FieldLaws
{
    static readonly uint[] s_edges =
        [0, 1, 2, 3, KoalaBear.Modulus - 1, KoalaBear.Modulus - 2, 33554430, (KoalaBear.Modulus - 1) / 2, 1 << 24];

    // Words over the whole range of 32 bits, edges of the field one time in four.
    static readonly Gen<uint> s_word = Gen.Frequency(
        (1, Gen.Elements(s_edges)), (3, ArbMap.Default.GeneratorFor<uint>()));

    static readonly Gen<KoalaBear> s_element = s_word.Select(word => KoalaBear.From(word));

    static readonly Gen<Quintic> s_quintic = s_element.ArrayOf(Quintic.Degree).Select(c => Quintic.From(c));

    static Arbitrary<KoalaBear[]> Elements(int count) => s_element.ArrayOf(count).ToArbitrary();

    static Arbitrary<Quintic[]> Quintics(int count) => s_quintic.ArrayOf(count).ToArbitrary();

    [Fact]
    public void Base_elements_are_integers_modulo_p() =>
        Prop.ForAll(s_word.ArrayOf(2).ToArbitrary(), words =>
        {
            const ulong p = KoalaBear.Modulus;
            var (a, b) = (KoalaBear.From(words[0]), KoalaBear.From(words[1]));
            var (x, y) = (words[0] % p, words[1] % p);
            return a.ToUInt32() == x
                && (a + b).ToUInt32() == (x + y) % p
                && (a - b).ToUInt32() == (x + p - y) % p
                && (a * b).ToUInt32() == x * y % p
                && (-a).ToUInt32() == (p - x) % p
                && KoalaBear.From(words[0] | (ulong)words[1] << 32) == a + b * KoalaBear.From(1ul << 32);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_base_field_keeps_the_axioms() =>
        Prop.ForAll(Elements(3), e =>
            e[0] + e[1] == e[1] + e[0]
            && e[0] * e[1] == e[1] * e[0]
            && e[0] + e[1] + e[2] == e[0] + (e[1] + e[2])
            && e[0] * e[1] * e[2] == e[0] * (e[1] * e[2])
            && e[0] * (e[1] + e[2]) == e[0] * e[1] + e[0] * e[2]
            && e[0] - e[0] == KoalaBear.Zero
            && e[0] * KoalaBear.One == e[0]).QuickCheckThrowOnFailure();

    [Fact]
    public void The_extension_keeps_the_axioms() =>
        Prop.ForAll(Quintics(3), e =>
            e[0] + e[1] == e[1] + e[0]
            && e[0] * e[1] == e[1] * e[0]
            && e[0] * e[1] * e[2] == e[0] * (e[1] * e[2])
            && e[0] * (e[1] + e[2]) == e[0] * e[1] + e[0] * e[2]
            && e[0] - e[1] == e[0] + -e[1]
            && e[0] * Quintic.One == e[0]
            && e[0] * e[1].C0 == e[0] * Quintic.From(e[1].C0)).QuickCheckThrowOnFailure();

    [Fact]
    public void An_inverse_undoes_a_product() =>
        Prop.ForAll(Quintics(1), e =>
            (e[0] == Quintic.Zero || e[0] * e[0].Inverse() == Quintic.One)
            && (e[0].C0 == KoalaBear.Zero || e[0].C0 * e[0].C0.Inverse() == KoalaBear.One))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Zero_has_no_inverse()
    {
        Assert.Throws<DivideByZeroException>(() => KoalaBear.Zero.Inverse());
        Assert.Throws<DivideByZeroException>(() => Quintic.Zero.Inverse());
    }

    [Fact]
    public void Frobenius_is_the_p_th_power_and_has_order_five() =>
        Prop.ForAll(Quintics(2), e =>
        {
            var conjugate = e[0];
            for (var k = 0; k < Quintic.Degree; k++) conjugate = conjugate.Frobenius();
            return e[0].Frobenius() == e[0].Power(KoalaBear.Modulus)
                && (e[0] * e[1]).Frobenius() == e[0].Frobenius() * e[1].Frobenius()
                && conjugate == e[0];
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_cube_is_a_permutation_with_a_known_root() =>
        Prop.ForAll(Elements(1), e => (e[0] * e[0] * e[0]).Power(1420470955) == e[0]).QuickCheckThrowOnFailure();

    [Fact]
    public void X_is_a_root_of_its_polynomial()
    {
        var x = Quintic.X;
        Assert.Equal(Quintic.Zero, x.Power(5) + x.Power(2) - Quintic.One);
    }

    [Fact]
    public void Roots_of_unity_have_their_order()
    {
        for (var log2 = 1; log2 <= KoalaBear.TwoAdicity; log2++)
        {
            var root = KoalaBear.RootOfUnity(log2);
            Assert.Equal(-KoalaBear.One, root.Power(1ul << (log2 - 1)));
            Assert.Equal(KoalaBear.RootOfUnity(log2 - 1), root * root);
        }
    }

    [Fact]
    public void Three_generates_the_multiplicative_group()
    {
        const ulong order = KoalaBear.Modulus - 1;           // 127 * 2^24
        Assert.NotEqual(KoalaBear.One, KoalaBear.Generator.Power(order / 2));
        Assert.NotEqual(KoalaBear.One, KoalaBear.Generator.Power(order / 127));
        Assert.Equal(KoalaBear.One, KoalaBear.Generator.Power(order));
    }

    [Fact]
    public void Reduction_is_exact_at_the_ends_of_its_range()
    {
        const ulong p = KoalaBear.Modulus;
        ulong[] products = [0, 1, p - 1, p, (p - 1) * (p - 1), (p << 32) - 1, (p << 32) - p, 1ul << 32];
        foreach (var product in products)
        {
            var reduced = KoalaBear.Reduce(product);
            Assert.True(reduced < p);
            Assert.Equal(product % p, (ulong)reduced * (1ul << 32) % p);
        }
    }

    [Fact]
    public void A_transform_evaluates_and_its_inverse_interpolates()
    {
        var random = new FieldSource(3);
        for (var log2 = 0; log2 <= 10; log2++)
        {
            var coefficients = random.Elements(1 << log2);
            var shift = KoalaBear.From(7);
            var values = (KoalaBear[])coefficients.Clone();
            Ntt.Forward(values, shift);
            var point = shift;
            foreach (var value in values)
            {
                Assert.Equal(Quintic.From(value), Ntt.Evaluate(coefficients, Quintic.From(point)));
                point *= KoalaBear.RootOfUnity(log2);
            }

            Ntt.Inverse(values, shift);
            Assert.Equal(coefficients, values);
        }
    }

    [Fact]
    public void A_transform_of_the_extension_is_one_of_each_coordinate()
    {
        var random = new FieldSource(4);
        var coefficients = Enumerable.Range(0, 32).Select(_ => random.Extension()).ToArray();
        var values = (Quintic[])coefficients.Clone();
        Ntt.Forward(values, KoalaBear.Generator);
        var point = KoalaBear.Generator * KoalaBear.RootOfUnity(5).Power(9);
        Assert.Equal(Ntt.Evaluate(coefficients, Quintic.From(point)), values[9]);
        Ntt.Inverse(values, KoalaBear.Generator);
        Assert.Equal(coefficients, values);
    }
}
