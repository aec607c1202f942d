// The proven soundness of a parameter set, term by term (specs/30-proof-system.md section 3.2). Every term is -log2 of
// the error of one round of the interactive proof; the level is the smallest. Floating point is for showing only: what
// the verifier refuses is decided in integers, in Preconditions.

using static System.Math;

namespace ZkExchange.Stark.Soundness;

/// <summary>One round's error.</summary>
/// <param name="Name">As in the specification.</param>
/// <param name="Bits">-log2 of the error, work of grinding included.</param>
/// <param name="Meaning">What happens with that probability.</param>
public readonly record struct SoundnessTerm(string Name, double Bits, string Meaning);

/// <summary>All terms of a parameter set in one regime.</summary>
public sealed class SoundnessReport
{
    const int FoldArity = 1 << Profile.FoldArityLog2Max;
    const int HashBits = 256;

    static readonly string[] s_once = ["LOGUP", "ALI", "DEEP", "BATCH", "QUERY"];

    SoundnessReport(SoundnessParameters parameters, Regime regime, int proximity, IReadOnlyList<SoundnessTerm> terms)
    {
        Parameters = parameters;
        Regime = regime;
        Proximity = proximity;
        Terms = terms;
        Level = terms.Min(term => term.Bits);
    }

    public SoundnessParameters Parameters { get; }

    public Regime Regime { get; }

    /// <summary>The parameter m of the Johnson regime; 0 in the other.</summary>
    public int Proximity { get; }

    /// <summary>LOGUP, ALI, DEEP, BATCH, FOLD, QUERY, HASH, and STMT if there are statement digests.</summary>
    public IReadOnlyList<SoundnessTerm> Terms { get; }

    /// <summary>The smallest term.</summary>
    public double Level { get; }

    /// <summary>-log2 of the sum of all rounds' errors, without the hashes, with a fold for every halving: the worst
    /// schedule.</summary>
    public double SumForm
    {
        get
        {
            var error = 0.0;
            foreach (var name in s_once) error += Pow(2, -this[name]);
            var folds = Parameters.HeightLog2 - Profile.FinalHeightLog2;
            for (var i = 0; i < folds; i++) error += Pow(2, -this["FOLD"] - i);
            return -Log2(error);
        }
    }

    /// <summary>The bits of a term.</summary>
    public double this[string name] =>
        Terms.First(term => string.Equals(term.Name, name, StringComparison.Ordinal)).Bits;

    /// <summary>The report that counts: unique decoding.</summary>
    public static SoundnessReport Of(SoundnessParameters parameters) =>
        TryCreate(parameters, Regime.UniqueDecoding, 0)!;

    /// <summary>The best report in the Johnson regime, over m = 3 .. 512; null if there is none.</summary>
    public static SoundnessReport? Johnson(SoundnessParameters parameters)
    {
        SoundnessReport? best = null;
        for (var m = 3; m <= 512; m += m < 64 ? 1 : 8)
        {
            var report = TryCreate(parameters, Regime.Johnson, m);
            if (report is not null && (best is null || report.Level > best.Level)) best = report;
        }

        return best;
    }

    /// <summary>The terms in a regime; null where the Johnson bound does not apply.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="regime">The regime.</param>
    /// <param name="proximity">m, at least 3, in the Johnson regime.</param>
    public static SoundnessReport? TryCreate(SoundnessParameters parameters, Regime regime, int proximity)
    {
        var lgQ = parameters.ExtensionDegree * Log2(Fields.KoalaBear.Modulus);
        var rows = Pow(2, parameters.HeightLog2);
        var degree = rows + Floor(rows / (1 << Profile.SlackLog2));
        var domain = parameters.Blowup * rows;
        var rate = (degree + Profile.OpeningPoints) / domain;
        var rateMax = RateOf(Min(parameters.HeightLog2Min, parameters.HeightLog2), parameters.Blowup);

        // The list size, the agreement a query leaves, and lg of the number of bad points on a line.
        var (list, agreement) = (1.0, (1 + rateMax) / 2);
        Func<double, double> bad = Log2;                     // BCIKS20, Theorem 4.1: N of q
        if (regime == Regime.Johnson)                        // BCHKS25, Theorems 1.5 and 4.2
        {
            var half = proximity + 0.5;
            var radius = 1 - Sqrt(rate) * (1 + 1.0 / (2 * proximity));
            agreement = Sqrt(rateMax) * (1 + 1.0 / (2 * proximity));
            if (radius <= 0 || agreement >= 1) return null;

            list = half / Sqrt(rate);
            bad = points => Log2(
                (2 * Pow(half, 5) + 3 * half * radius * rate) * points / (3 * Pow(rate, 1.5)) + half / Sqrt(rate));
        }

        var point = Profile.ConstraintDegreeMax * (degree + Profile.OpeningPoints - 1) + (degree - 1) + rows;
        var terms = new List<SoundnessTerm>
        {
            new("LOGUP", lgQ - Log2(list) - Log2(3 * parameters.Fractions) + parameters.GrindLookup,
                "buses that do not balance cancel by chance"),
            new("ALI", lgQ - Log2(list) + parameters.GrindConstraints,
                "a broken constraint vanishes in the combination"),
            new("DEEP", Log2(Pow(2, lgQ) - Fields.KoalaBear.Modulus) - Log2(list) - Log2(point)
                + parameters.GrindOutOfDomain, "different polynomials agree at the out-of-domain point"),
            new("BATCH", lgQ - bad(domain) + parameters.GrindBatch,
                "far words combine to a near one"),
            new("FOLD", lgQ - Log2(FoldArity) - bad(domain / FoldArity) + parameters.GrindFold,
                "a far word folds to a near one"),
            new("QUERY", -parameters.Queries * Log2(agreement) + parameters.GrindQueries,
                "all queries miss the places where a far word is wrong"),
            new("HASH", HashBits / 2.0, "a collision of SHA-256"),
        };
        if (parameters.DigestElements > 0)
        {
            terms.Add(new("STMT", parameters.DigestElements * Log2(Fields.KoalaBear.Modulus) / 2,
                "a collision of the statement's hash"));
        }

        return new(parameters, regime, proximity, terms);
    }

    static double RateOf(int heightLog2, int blowup)
    {
        var rows = Pow(2, heightLog2);
        return (rows + Floor(rows / (1 << Profile.SlackLog2)) + Profile.OpeningPoints) / (blowup * rows);
    }
}
