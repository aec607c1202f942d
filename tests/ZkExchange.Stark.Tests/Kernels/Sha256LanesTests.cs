using System.Security.Cryptography;
using Xunit;
using ZkExchange.Fields;
using ZkExchange.Fields.Kernels;
using ZkExchange.Stark.Proving.Kernels;

namespace ZkExchange.Stark.Tests.Kernels;

public sealed class Sha256LanesTests
{
    // Widths around the edges of a block: the words behind the row are 8 of salt or none, then at least 3 of padding.
    [Theory]
    [InlineData(3, 1, 1, true)]
    [InlineData(6, 1, 1, true)]
    [InlineData(5, 0, 5, true)]
    [InlineData(5, 1, 13, false)]
    [InlineData(4, 2, 14, false)]
    [InlineData(5, 1, 15, false)]
    [InlineData(5, 1, 7, true)]
    [InlineData(5, 1, 16, false)]
    [InlineData(5, 1, 40, false)]
    [InlineData(5, 1, 5, true)]
    [InlineData(9, 2, 20, true)]
    [InlineData(5, 2, 6, true)]
    [InlineData(6, 1, 16, true)]
    [InlineData(5, 1, 32, true)]
    [InlineData(7, 1, 164, true)]
    [InlineData(5, 2, 181, true)]
    public void A_leaf_is_the_platforms_hash_of_header_row_and_salt(
        int rowsLog2, int blowupLog2, int columns, bool salted)
    {
        var random = new Random(columns);
        using var extension = Extended(random, rowsLog2, blowupLog2, columns);
        var header = new byte[64];
        random.NextBytes(header);
        var prefix = new byte[salted ? 36 : 0];
        random.NextBytes(prefix);
        foreach (var kernels in KernelChoice.Available)
        {
            var rows = LeafRows.Of(extension);
            var digests = new Digest32[extension.Points];
            Sha256Lanes.HashRows(header, rows, prefix, digests, threads: 2, kernels);
            for (var index = 0; index < digests.Length; index++)
            {
                var message = new List<byte>(header);
                foreach (var word in rows.Row(index)) message.AddRange(BitConverter.GetBytes(word.ToUInt32()));
                if (salted) message.AddRange(SHA256.HashData([.. prefix, .. BitConverter.GetBytes((long)index)]));
                Assert.Equal(new(SHA256.HashData([.. message])), digests[index]);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(21)]
    [InlineData(64)]
    [InlineData(75)]
    public void A_node_is_the_platforms_hash_of_its_children(int parents)
    {
        var random = new Random(parents);
        var level = Digests(random, 2 * parents);
        var leaves = Digests(random, parents);
        foreach (var kernels in KernelChoice.Available)
        {
            var pairs = new Digest32[parents];
            var triples = new Digest32[parents];
            Sha256Lanes.HashPairs(level, pairs, threads: 2, kernels);
            Sha256Lanes.HashTriples(level, leaves, triples, threads: 2, kernels);
            for (var i = 0; i < parents; i++)
            {
                byte[] pair = [.. level[i].ToArray(), .. level[i + parents].ToArray()];
                Assert.Equal(new(SHA256.HashData(pair)), pairs[i]);
                Assert.Equal(new(SHA256.HashData([.. pair, .. leaves[i].ToArray()])), triples[i]);
            }
        }
    }

    static Digest32[] Digests(Random random, int count)
    {
        var bytes = new byte[32 * count];
        random.NextBytes(bytes);
        return [.. bytes.Chunk(32).Select(chunk => new Digest32(chunk))];
    }

    static ExtendedMatrix Extended(Random random, int rowsLog2, int blowupLog2, int columns)
    {
        using var matrix = new Matrix(1L << rowsLog2, columns);
        for (var r = 0L; r < matrix.Rows; r++)
        {
            foreach (ref var cell in matrix.Row(r))
            {
                cell = random.Next(4) == 0
                    ? KoalaBear.From(random.Next(-2, 3))
                    : KoalaBear.From((uint)random.NextInt64(KoalaBear.Modulus));
            }
        }

        return CosetExtension.Evaluate(matrix, null, blowupLog2, threads: 1);
    }
}
