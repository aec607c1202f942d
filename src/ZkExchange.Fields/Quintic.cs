// The extension E = F[X] / (X^5 + X^2 - 1) of degree five (specs/10-field.md). Challenges live here: 154.9 bits leave
// more than 120 proven bits after every loss of the protocol, which no extension of degree four can.
//
//   X^5 = 1 - X^2      X^6 = X - X^3      X^7 = X^2 - X^4      X^8 = X^3 + X^2 - 1

namespace ZkExchange.Fields;

/// <summary>c0 + c1 X + .. + c4 X^4 modulo X^5 + X^2 - 1.</summary>
public readonly record struct Quintic(KoalaBear C0, KoalaBear C1, KoalaBear C2, KoalaBear C3, KoalaBear C4)
{
    /// <summary>Coefficients of an element, each one column of the base field.</summary>
    public const int Degree = 5;

    // Rows: (X^k)^p for k = 1..4, canonical.
    static readonly KoalaBear[] s_frobenius = [.. new uint[]
    {
        1576402667, 1173144480, 1567662457, 1206866823, 2428146,
        1680345488, 1381986, 615237464, 1380104858, 295431824,
        441230756, 323126830, 704986542, 1445620072, 503505220,
        1364444097, 1144738982, 2008416047, 143367062, 1027410849,
    }.Select(value => KoalaBear.From(value))];

    public static Quintic Zero => default;
    public static Quintic One => From(KoalaBear.One);
    public static Quintic X => new(default, KoalaBear.One, default, default, default);

    /// <summary>A base-field element as an element of the extension.</summary>
    public static Quintic From(KoalaBear value) => new(value, default, default, default, default);

    /// <summary>The five coefficients, lowest first.</summary>
    public static Quintic From(ReadOnlySpan<KoalaBear> coefficients) =>
        new(coefficients[0], coefficients[1], coefficients[2], coefficients[3], coefficients[4]);

    /// <summary>True where the element lies in the base field.</summary>
    public bool IsBase => C1 == default && C2 == default && C3 == default && C4 == default;

    /// <summary>The coefficient of X^<paramref name="index"/>.</summary>
    public KoalaBear this[int index] => index switch
    {
        0 => C0,
        1 => C1,
        2 => C2,
        3 => C3,
        4 => C4,
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, "0 .. 4"),
    };

    public static Quintic operator +(Quintic a, Quintic b) =>
        new(a.C0 + b.C0, a.C1 + b.C1, a.C2 + b.C2, a.C3 + b.C3, a.C4 + b.C4);

    public static Quintic operator -(Quintic a, Quintic b) =>
        new(a.C0 - b.C0, a.C1 - b.C1, a.C2 - b.C2, a.C3 - b.C3, a.C4 - b.C4);

    public static Quintic operator -(Quintic a) => new(-a.C0, -a.C1, -a.C2, -a.C3, -a.C4);

    public static Quintic operator *(Quintic a, KoalaBear b) =>
        new(a.C0 * b, a.C1 * b, a.C2 * b, a.C3 * b, a.C4 * b);

    public static Quintic operator *(KoalaBear a, Quintic b) => b * a;

    public static Quintic operator *(Quintic a, Quintic b)
    {
        var c0 = a.C0 * b.C0;
        var c1 = a.C0 * b.C1 + a.C1 * b.C0;
        var c2 = a.C0 * b.C2 + a.C1 * b.C1 + a.C2 * b.C0;
        var c3 = a.C0 * b.C3 + a.C1 * b.C2 + a.C2 * b.C1 + a.C3 * b.C0;
        var c4 = a.C0 * b.C4 + a.C1 * b.C3 + a.C2 * b.C2 + a.C3 * b.C1 + a.C4 * b.C0;
        var c5 = a.C1 * b.C4 + a.C2 * b.C3 + a.C3 * b.C2 + a.C4 * b.C1;
        var c6 = a.C2 * b.C4 + a.C3 * b.C3 + a.C4 * b.C2;
        var c7 = a.C3 * b.C4 + a.C4 * b.C3;
        var c8 = a.C4 * b.C4;

        var t = c5 - c8;
        return new(c0 + t, c1 + c6, c2 - t + c7, c3 - c6 + c8, c4 - c7);
    }

    /// <summary>The p-th power, a linear map over the base field.</summary>
    public Quintic Frobenius()
    {
        Span<KoalaBear> sum = [C0, default, default, default, default];
        for (var k = 1; k < Degree; k++)
        {
            for (var i = 0; i < Degree; i++) sum[i] += this[k] * s_frobenius[(k - 1) * Degree + i];
        }

        return From(sum);
    }

    /// <summary>The multiplicative inverse: the conjugates' product over the norm, a base-field element.</summary>
    /// <exception cref="DivideByZeroException">The element is zero.</exception>
    public Quintic Inverse()
    {
        var first = Frobenius();
        var second = first.Frobenius();
        var third = second.Frobenius();
        var conjugates = first * second * (third * third.Frobenius());
        var norm = (this * conjugates).C0;
        return conjugates * norm.Inverse();
    }

    /// <summary>The power with a non-negative exponent; anything to the power 0 is 1.</summary>
    public Quintic Power(ulong exponent)
    {
        var (result, square) = (One, this);
        for (; exponent != 0; exponent >>= 1, square *= square)
        {
            if ((exponent & 1) != 0) result *= square;
        }

        return result;
    }
}
