using Xunit;
using ZkExchange.Commitments;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Tests.Forging;

/// <summary>What a false witness must show.</summary>
static class LawCheck
{
    /// <summary>Refused with the law, accepted without it.</summary>
    public static void OnlyThisLaw(Forge forge, string law)
    {
        using (forge)
        {
            forge.Without = law;
            forge.Complete();
            Assert.Empty(forge.CheckWithout(law));
            var broken = forge.Check();
            Assert.NotEmpty(broken);
            if (ConstraintsOf(forge.Circuit).Contains(law, StringComparer.Ordinal))
                Assert.All(broken, so => Assert.Equal(law, so.Law));
        }
    }

    /// <summary>Of the constraints this one alone is broken; the buses may be off as well.</summary>
    public static void OnlyThisConstraint(Forge forge, string law)
    {
        using (forge)
        {
            forge.Complete();
            var constraints = ConstraintsOf(forge.Circuit).ToHashSet(StringComparer.Ordinal);
            var broken = forge.Check().Select(so => so.Law).Where(constraints.Contains);
            Assert.Equal([law], broken.Distinct(StringComparer.Ordinal));
        }
    }

    /// <summary>Altering every cell of a permutation breaks the law of each, and no other.</summary>
    public static void EveryCell(Forge forge, int table, long row)
    {
        using (forge)
        {
            var hash = forge.Circuit.Tables[table].Constraints.Take(Parts.Poseidon2Part.Cells).Select(so => so.Law);
            for (var cell = 0; cell < Parts.Poseidon2Part.Cells; cell++)
                forge.After(table, row, Poseidon2.Width + cell, 1 + cell);
            forge.Complete();
            Assert.Equal(hash, forge.Check().Select(so => so.Law));
        }
    }

    /// <summary>Laws of constraints.</summary>
    public static IEnumerable<string> ConstraintsOf(Circuit circuit) =>
        circuit.Tables.SelectMany(table => table.Constraints.Select(constraint => constraint.Law));

    /// <summary>Every law of a circuit but those of permutations.</summary>
    public static IEnumerable<string> LawsOf(Circuit circuit) => circuit.Tables.SelectMany(table =>
        table.Constraints.Select(constraint => constraint.Law).Where(law => !IsHash(law))
            .Concat(table.Interactions.Select(interaction => interaction.Law)));

    static bool IsHash(string law) =>
        law.Contains("after outer round", StringComparison.Ordinal)
        || law.Contains("the cube of inner round", StringComparison.Ordinal);
}
