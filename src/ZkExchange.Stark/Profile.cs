// The parameter sets a proof can be made with. The verifier names one; a proof carries none of these numbers, only the
// transcript binds them (specs/30-proof-system.md section 3).

using System.Buffers.Binary;
using System.Text;
using ZkExchange.Fields;

namespace ZkExchange.Stark;

/// <summary>The parameters of a proof. The four that exist are the static members.</summary>
public sealed class Profile
{
    /// <summary>Largest degree of a constraint in the columns.</summary>
    public const int ConstraintDegreeMax = 3;

    /// <summary>Pieces of a quotient polynomial.</summary>
    public const int QuotientChunks = 3;

    /// <summary>Points at which a column is opened outside its domain: zeta and g zeta.</summary>
    public const int OpeningPoints = 2;

    /// <summary>s: a masked column of n rows has fewer than K = n + n / 2^s coefficients.</summary>
    public const int SlackLog2 = 5;

    /// <summary>A fold maps at most 2^3 points to one.</summary>
    public const int FoldArityLog2Max = 3;

    /// <summary>Folding ends at this height; the polynomial left is sent in clear.</summary>
    public const int FinalHeightLog2 = 5;

    /// <summary>Coefficients of the final polynomial: its degree bound K at the final height.</summary>
    public const int FinalCoefficients = (1 << FinalHeightLog2) + (1 << (FinalHeightLog2 - SlackLog2));

    const int DigestElements = 8;
    const byte Sha256 = 1;
    const byte Poseidon2Width16 = 1;

    /// <summary>100 proven bits, small proofs: the default.</summary>
    public static Profile S100 { get; } = new("S100", 2, 121, 13, 22, 100);

    /// <summary>100 proven bits, half the prover's work for half as much proof again.</summary>
    public static Profile S100Fast { get; } = new("S100-fast", 1, 202, 14, 23, 100);

    /// <summary>120 proven bits.</summary>
    public static Profile S120 { get; } = new("S120", 2, 150, 14, 22, 120);

    /// <summary>120 proven bits, half the prover's work for half as much proof again.</summary>
    public static Profile S120Fast { get; } = new("S120-fast", 1, 251, 14, 23, 120);

    /// <summary>The profiles that a proof may name.</summary>
    public static IReadOnlyList<Profile> All { get; } = [S100, S100Fast, S120, S120Fast];

    internal Profile(
        string name, int blowupLog2, int queries, int heightLog2Min, int heightLog2Max, int targetBits,
        int grindQueries = 20, int grindLookup = 0)
    {
        Name = name;
        BlowupLog2 = blowupLog2;
        Queries = queries;
        HeightLog2Min = heightLog2Min;
        HeightLog2Max = heightLog2Max;
        TargetBits = targetBits;
        GrindQueries = grindQueries;
        GrindLookup = grindLookup;
        Record = WriteRecord();
    }

    public string Name { get; }

    /// <summary>lg B: an evaluation domain has B points for each row.</summary>
    public int BlowupLog2 { get; }

    /// <summary>t, drawn with replacement.</summary>
    public int Queries { get; }

    /// <summary>The shortest table, as lg rows: the mask must fit.</summary>
    public int HeightLog2Min { get; }

    /// <summary>The tallest table, as lg rows: the evaluation domain must exist.</summary>
    public int HeightLog2Max { get; }

    /// <summary>The proven bits that the profile stands for; proofs below are refused.</summary>
    public int TargetBits { get; }

    public int GrindLookup { get; }
    public int GrindConstraints { get; }
    public int GrindOutOfDomain { get; }
    public int GrindBatch { get; }
    public int GrindFold { get; }
    public int GrindQueries { get; }

    /// <summary>Random bytes beside each row of a salted tree.</summary>
    public int SaltBytes { get; } = 32;

    /// <summary>h = 2 (t + 5): random coefficients of a masked column.</summary>
    public int MaskCoefficients => 2 * ChunkBlindCoefficients;

    /// <summary>t + 5: random coefficients of a blind between two chunks of the quotient.</summary>
    public int ChunkBlindCoefficients => Queries + Quintic.Degree;

    /// <summary>The parameters as the transcript binds them.</summary>
    public ReadOnlyMemory<byte> Record { get; }

    /// <summary>K: every column, chunk and codeword of a height has fewer coefficients than this, or as many.</summary>
    public static int DegreeBound(int heightLog2) => (1 << heightLog2) + (1 << (heightLog2 - SlackLog2));

    /// <summary>K': how far apart the chunks of a quotient are: sum_k x^(k K') Q_k.</summary>
    public int ChunkStride(int heightLog2) => DegreeBound(heightLog2) - ChunkBlindCoefficients;

    /// <summary>The profile of a name, or null.</summary>
    public static Profile? Find(string name)
    {
        foreach (var profile in All)
        {
            if (string.Equals(profile.Name, name, StringComparison.Ordinal)) return profile;
        }

        return null;
    }

    public override string ToString() => Name;

    byte[] WriteRecord()
    {
        var name = Encoding.ASCII.GetBytes(Name);
        var record = new byte[1 + name.Length + 18];
        record[0] = (byte)name.Length;
        name.CopyTo(record, 1);

        var rest = record.AsSpan(1 + name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(rest, 1);                       // version
        rest[2] = Quintic.Degree;
        rest[3] = (byte)BlowupLog2;
        rest[4] = SlackLog2;
        BinaryPrimitives.WriteUInt16LittleEndian(rest[5..], (ushort)Queries);
        rest[7] = (byte)GrindLookup;
        rest[8] = (byte)GrindConstraints;
        rest[9] = (byte)GrindOutOfDomain;
        rest[10] = (byte)GrindBatch;
        rest[11] = (byte)GrindFold;
        rest[12] = (byte)GrindQueries;
        rest[13] = FoldArityLog2Max;
        rest[14] = Sha256;
        rest[15] = (byte)SaltBytes;
        rest[16] = Poseidon2Width16;
        rest[17] = DigestElements;
        return record;
    }
}
