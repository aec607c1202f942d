namespace ZkExchange.Stark.Soundness;

/// <summary>How far a word may be from the code for the bound to hold.</summary>
public enum Regime : byte
{
    /// <summary>Within the unique decoding radius: old, simple bounds without lists. The level of a proof.</summary>
    UniqueDecoding = 0,

    /// <summary>Within the Johnson radius: rests on recent work; shown beside, never instead.</summary>
    Johnson = 1,
}

/// <summary>The numbers that decide a proof's soundness (specs/30-proof-system.md section 3.1).</summary>
/// <param name="HeightLog2">lg of the tallest height n.</param>
/// <param name="HeightLog2Min">lg of the shortest height allowed; the query term depends on it.</param>
/// <param name="Blowup">B.</param>
/// <param name="Queries">t.</param>
/// <param name="Fractions">N_int: fractions on all buses.</param>
public sealed record SoundnessParameters(int HeightLog2, int HeightLog2Min, int Blowup, int Queries, double Fractions)
{
    /// <summary>Degree of the extension over F.</summary>
    public int ExtensionDegree { get; init; } = Fields.Quintic.Degree;

    /// <summary>Words of a statement's digests; 0 leaves the term out.</summary>
    public int DigestElements { get; init; } = 8;

    public int GrindLookup { get; init; }
    public int GrindConstraints { get; init; }
    public int GrindOutOfDomain { get; init; }
    public int GrindBatch { get; init; }
    public int GrindFold { get; init; }
    public int GrindQueries { get; init; }

    /// <summary>The parameters of a profile at a height.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="heightLog2">lg of the tallest height.</param>
    /// <param name="fractions">N_int; 24 for each row where it is not known.</param>
    public static SoundnessParameters Of(Profile profile, int heightLog2, double? fractions = null) => new(
        heightLog2, profile.HeightLog2Min, 1 << profile.BlowupLog2, profile.Queries,
        fractions ?? 24 * Math.Pow(2, heightLog2))
    {
        GrindLookup = profile.GrindLookup,
        GrindConstraints = profile.GrindConstraints,
        GrindOutOfDomain = profile.GrindOutOfDomain,
        GrindBatch = profile.GrindBatch,
        GrindFold = profile.GrindFold,
        GrindQueries = profile.GrindQueries,
    };

    /// <summary>The parameters of a proof of a shape about a claim.</summary>
    public static SoundnessParameters Of(Shape shape, Claim claim) => Of(
        shape.Profile, shape.Classes[0].HeightLog2,
        (double)Preconditions.Fractions(shape, claim.CountMessages(shape.Key)));
}
