// What must hold of a proof's parameters so that the bounds of the soundness argument apply to it
// (specs/30-proof-system.md section 3). All of it is decided in integers; prover and verifier ask the same question.

using System.Numerics;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Soundness;

/// <summary>Refuses parameters that the argument does not cover.</summary>
public static class Preconditions
{
    /// <summary>Every precondition of a proof of this shape about this claim.</summary>
    /// <returns><see cref="Outcome.BadHeight"/> with the class, <see cref="Outcome.MultiplicityBound"/>,
    /// <see cref="Outcome.BelowSecurityTarget"/>, or acceptance.</returns>
    public static Verdict Check(Shape shape, Claim claim)
    {
        foreach (var rows in shape.Classes)
        {
            if (!FitsProfile(shape.Profile, rows.HeightLog2)) return Verdict.Reject(Outcome.BadHeight, rows.Index);
        }

        var messages = claim.CountMessages(shape.Key);
        if (MultiplicityBound(shape, messages) >= KoalaBear.Modulus) return Verdict.Reject(Outcome.MultiplicityBound);

        return ReachesTarget(shape.Profile, Fractions(shape, messages))
            ? Verdict.Accepted
            : Verdict.Reject(Outcome.BelowSecurityTarget);
    }

    /// <summary>A height at which domain, masks, blinds and queries have room.</summary>
    public static bool FitsProfile(Profile profile, int heightLog2)
    {
        var rows = 1L << heightLog2;
        long degreeBound = Profile.DegreeBound(heightLog2);
        var domain = rows << profile.BlowupLog2;
        var shortest = 1L << profile.HeightLog2Min;
        long opened = Profile.DegreeBound(profile.HeightLog2Min) + Profile.OpeningPoints;
        var shortestDomain = shortest << profile.BlowupLog2;

        return domain <= 1L << KoalaBear.TwoAdicity
            // K + 2 < (1 + rho_min) / 2 N, with rho_min = opened / shortestDomain.
            && 2 * (degreeBound + Profile.OpeningPoints) * (Int128)shortestDomain
                < (shortestDomain + opened) * (Int128)domain
            && profile.MaskCoefficients <= rows >> Profile.SlackLog2
            && rows >= 3L * profile.ChunkBlindCoefficients
            && 8L * profile.Queries <= degreeBound;
    }

    /// <summary>N_int: fractions on all buses, of rows and of public messages.</summary>
    public static BigInteger Fractions(Shape shape, long publicMessages)
    {
        var fractions = new BigInteger(publicMessages);
        foreach (var table in shape.Tables)
        {
            fractions += (BigInteger)table.Layout.Table.Interactions.Count << table.HeightLog2;
        }

        return fractions;
    }

    /// <summary>Sum of bound times height over the interactions that count, and the public messages: below p no count
    /// can wrap.</summary>
    public static BigInteger MultiplicityBound(Shape shape, long publicMessages)
    {
        var sum = new BigInteger(publicMessages);
        foreach (var table in shape.Tables)
        {
            foreach (var interaction in table.Layout.Table.Interactions)
            {
                sum += (BigInteger)interaction.Bound << table.HeightLog2;
            }
        }

        return sum;
    }

    /// <summary>3 N_int 2^target &lt;= 2^g_lookup p^5: the one term that depends on the proof at hand. The others
    /// follow from the profile and are asserted by tests.</summary>
    public static bool ReachesTarget(Profile profile, BigInteger fractions) =>
        (3 * fractions) << profile.TargetBits
            <= BigInteger.Pow(KoalaBear.Modulus, Quintic.Degree) << profile.GrindLookup;
}
