using Xunit;
using ZkExchange.Fields;
using ZkExchange.Stark.Proving;
using ZkExchange.Stark.Tests.Reference;

namespace ZkExchange.Stark.Tests.Proving;

/// <summary>Blinds that no verifier can miss: without them every proof is accepted and says too much. They are looked
/// at where they are committed (specs/31-derivations.md, P7 and P8).</summary>
public sealed class BlindingTests
{
    const int TallLog2 = 10;
    const int ShortLog2 = 9;
    const int Stride = Quintic.Degree;

    static readonly Quintic[][][] s_first = Commit(1);
    static readonly Quintic[][][] s_second = Commit(2);

    [Fact]
    public void R_is_random_in_every_coefficient_of_the_tallest_class_and_nowhere_else()
    {
        var (mask, other) = (s_first[0][Profile.QuotientChunks], s_second[0][Profile.QuotientChunks]);
        Assert.Equal(Profile.DegreeBound(TallLog2), mask.Length);
        AssertRandom(mask, other);
        Assert.Equal(Profile.QuotientChunks, s_first[1].Length);
    }

    [Theory]
    [InlineData(0, TallLog2)]
    [InlineData(1, ShortLog2)]
    public void Chunks_end_in_blinds_and_the_next_one_takes_them_back(int index, int heightLog2)
    {
        var stride = Toys.Weak.ChunkStride(heightLog2);
        for (var chunk = 0; chunk < Profile.QuotientChunks - 1; chunk++)
        {
            var (blind, other) = (s_first[index][chunk][stride..], s_second[index][chunk][stride..]);
            Assert.Equal(Toys.Weak.ChunkBlindCoefficients, blind.Length);
            AssertRandom(blind, other);
        }

        // The lowest coefficients of Q_2 - t_1.
        AssertRandom(
            s_first[index][2][..Toys.Weak.ChunkBlindCoefficients],
            s_second[index][2][..Toys.Weak.ChunkBlindCoefficients]);
    }

    // No word is 0 and none is that of another proof: with a few thousand words once in 10^5 proofs, and seeds are
    // fixed. Half of them are above p/2, give or take six deviations.
    static void AssertRandom(Quintic[] elements, Quintic[] other)
    {
        var (words, above) = (0, 0);
        for (var i = 0; i < elements.Length; i++)
        {
            for (var c = 0; c < Stride; c++, words++)
            {
                Assert.NotEqual(KoalaBear.Zero, elements[i][c]);
                Assert.NotEqual(other[i][c], elements[i][c]);
                above += elements[i][c].ToUInt32() > KoalaBear.Modulus / 2 ? 1 : 0;
            }
        }

        Assert.InRange(above, (words / 2) - (3 * Math.Sqrt(words)), (words / 2) + (3 * Math.Sqrt(words)));
    }

    /// <summary>By class the coefficients of the chunks, and of R where it is.</summary>
    static Quintic[][][] Commit(byte seed)
    {
        var toy = Toys.Groups(TallLog2, ShortLog2, ShortLog2);
        var witness = new Listener();
        StarkProver.Prove(toy.Key, Toys.Weak, toy.Claim, Witness.Of(toy), new()
        {
            Threads = 1,
            Seed = [.. Enumerable.Repeat(seed, Digest32.Bytes)],
            Tampering = witness,
        });
        return [.. witness.Classes];
    }

    /// <summary>Changes nothing.</summary>
    sealed class Listener : Tampering
    {
        public List<Quintic[][]> Classes { get; } = [];

        public override void Quotient(int index, Matrix low, Matrix high)
        {
            var columns = new Quintic[low.Columns / Stride][];
            for (var column = 0; column < columns.Length; column++)
            {
                columns[column] = new Quintic[low.Rows + high.Rows];
                for (var k = 0; k < columns[column].Length; k++)
                {
                    var words = (k < low.Rows ? low.Row(k) : high.Row(k - low.Rows))[(Stride * column)..];
                    columns[column][k] = new(words[0], words[1], words[2], words[3], words[4]);
                }
            }

            Classes.Add(columns);
        }
    }
}
