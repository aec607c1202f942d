using Xunit;
using ZkExchange.Commitments.Kernels;
using ZkExchange.Fields;
using ZkExchange.Fields.Kernels;

namespace ZkExchange.Commitments.Tests.Kernels;

public sealed class Poseidon2LanesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(31)]
    [InlineData(37)]
    [InlineData(160)]
    public void Every_width_compresses_like_the_definition(int count)
    {
        var inputs = Inputs(count);
        foreach (var kernels in KernelChoice.Available)
        {
            var parents = new NodeDigest[count];
            Poseidon2Lanes.CompressPairs(inputs, parents, kernels);
            for (var i = 0; i < count; i++)
            {
                Assert.True(Poseidon2.Compress(inputs[2 * i], inputs[2 * i + 1]) == parents[i], $"{kernels} {i}");
            }
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(41)]
    public void Every_width_writes_the_cells_of_the_definition(int count)
    {
        var inputs = Inputs(count);
        foreach (var kernels in KernelChoice.Available)
        {
            var digests = new NodeDigest[count];
            var cells = new KoalaBear[count * Poseidon2.TraceCells];
            Poseidon2Lanes.Trace(inputs, cells, digests, kernels);
            var expected = new KoalaBear[Poseidon2.TraceCells];
            for (var i = 0; i < count; i++)
            {
                var digest = Poseidon2.Trace(inputs[2 * i], inputs[2 * i + 1], expected);
                Assert.True(digest == digests[i], $"{kernels} {i}");
                var row = cells.AsSpan(i * Poseidon2.TraceCells, Poseidon2.TraceCells);
                Assert.True(row.SequenceEqual(expected), $"{kernels} {i}");
            }
        }
    }

    // Random words, with 0, 1 and p - 1 one time in four.
    static NodeDigest[] Inputs(int count)
    {
        var random = new Random(count);
        var words = new KoalaBear[NodeDigest.Length];
        var inputs = new NodeDigest[2 * count];
        for (var i = 0; i < inputs.Length; i++)
        {
            foreach (ref var word in words.AsSpan())
            {
                word = random.Next(4) == 0
                    ? KoalaBear.From(random.Next(-1, 2))
                    : KoalaBear.From((uint)random.NextInt64(KoalaBear.Modulus));
            }

            inputs[i] = new(words);
        }

        return inputs;
    }
}
