using System.Buffers.Binary;
using System.Security.Cryptography;
using Xunit;
using ZkExchange.Fields;
using ZkExchange.Stark.Merkle;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Stark.Tests.Proving;

public sealed class MasksTests
{
    static readonly byte[] s_key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    static readonly byte[] s_statement = [.. Enumerable.Repeat((byte)5, 32)];
    static readonly byte[] s_witness = [.. Enumerable.Repeat((byte)9, 32)];

    [Fact]
    public void Streams_are_what_the_specification_says()
    {
        var seed = HMACSHA256.HashData(s_key, s_statement.Concat(s_witness).ToArray());
        using var masks = Masks.From(s_key, s_statement, s_witness);
        using var stream = masks.Stream(MaskPurpose.Chunk, 3);
        var expected = new List<uint>();
        for (var counter = 0UL; counter < 40; counter++)
        {
            var block = SHA256.HashData(
                (byte[])[.. seed, 3, 0, 0, (byte)MaskPurpose.Chunk, .. BitConverter.GetBytes(counter)]);
            for (var i = 0; i < block.Length; i += 4)
            {
                var word = BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(i)) & 0x7FFF_FFFF;
                if (word < KoalaBear.Modulus) expected.Add(word);
            }
        }

        foreach (var word in expected) Assert.Equal(KoalaBear.From(word), stream.Element());
    }

    [Fact]
    public void A_seed_depends_on_key_statement_and_witness()
    {
        byte[][] inputs = [s_key, s_statement, s_witness];
        var first = First(inputs);
        Assert.Equal(first, First(inputs));
        for (var i = 0; i < inputs.Length; i++)
        {
            byte[][] other = [.. inputs.Select(input => input.ToArray())];
            other[i][7] ^= 1;
            Assert.NotEqual(first, First(other));
        }

        static Quintic First(byte[][] inputs)
        {
            using var masks = Masks.From(inputs[0], inputs[1], inputs[2]);
            using var stream = masks.Stream(MaskPurpose.Main);
            return stream.Extension();
        }
    }

    // A generator that says nothing, or that says that it failed: no key, hence no proof.
    [Fact]
    public void T105_A_generator_that_fails_gives_no_key()
    {
        Assert.Throws<CryptographicException>(() => Masks.Key(_ => { }));
        Assert.Throws<IOException>(() => Masks.Key(_ => throw new IOException("no entropy")));
        Assert.Equal(s_key, Masks.Key(span => s_key.CopyTo(span)));
        Assert.NotEqual(Masks.PlatformKey(), Masks.PlatformKey());
    }

    // The next block after the seed was wiped is that of zeros: nothing of the seed is left in the stream.
    [Fact]
    public void A_disposed_stream_knows_its_seed_no_more()
    {
        using var masks = Masks.From(s_key, s_statement, s_witness);
        var stream = masks.Stream(MaskPurpose.Main);
        _ = stream.Element();
        stream.Dispose();
        var zeros = new byte[MaskStream.PrefixBytes];
        var next = SHA256.HashData((byte[])[.. zeros, .. BitConverter.GetBytes((ulong)MaskStream.Blocks)]);
        var words = Enumerable.Range(0, 8)
            .Select(i => BinaryPrimitives.ReadUInt32LittleEndian(next.AsSpan(4 * i)) & 0x7FFF_FFFF);
        Assert.Equal(KoalaBear.From(words.First(word => word < KoalaBear.Modulus)), stream.Element());
    }

    [Fact]
    public void Streams_of_different_purposes_differ()
    {
        using var masks = Masks.From(s_key, s_statement, s_witness);
        var seen = new HashSet<Quintic>();
        foreach (var purpose in Enum.GetValues<MaskPurpose>())
        {
            for (var index = 0; index < 3; index++)
            {
                using var stream = masks.Stream(purpose, index);
                Assert.True(seen.Add(stream.Extension()));
            }
        }
    }

    [Fact]
    public void Every_leaf_has_a_salt_of_its_own()
    {
        using var masks = Masks.From(s_key, s_statement, s_witness);
        var seen = new HashSet<Digest32>();
        for (var leaf = 0; leaf < 50; leaf++)
        {
            Assert.True(seen.Add(masks.Salt(TreeKind.Main, 13, leaf)));
            Assert.True(seen.Add(masks.Salt(TreeKind.Main, 14, leaf)));
            Assert.True(seen.Add(masks.Salt(TreeKind.Auxiliary, 13, leaf)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(34)]
    [InlineData(36)]
    [InlineData(47)]
    public void Blocks_are_platform_digests(int prefixBytes)
    {
        var prefix = s_key.Concat(s_statement).Take(prefixBytes).ToArray();
        var digests = new Digest32[85];
        const ulong first = 0xFFFF_FFFF - 20;
        SeedBlocks.Hash(prefix, first, digests);
        for (var i = 0; i < digests.Length; i++)
        {
            var message = prefix.Concat(BitConverter.GetBytes(first + (ulong)i)).ToArray();
            Assert.Equal(new Digest32(SHA256.HashData(message)), digests[i]);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 2)]
    [InlineData(13, 3)]
    public void The_smallest_nonce_is_found(int bits, int threads)
    {
        var transcript = new Transcript();
        transcript.Absorb(Label.Openings, [1, 2, (byte)bits]);
        var nonce = Grinding.Find(transcript, Label.GrindQueries, bits, new(threads, default));
        for (var smaller = 0UL; smaller < nonce; smaller++)
            Assert.False(transcript.TryGrind(Label.GrindQueries, bits, smaller));

        Assert.True(transcript.TryGrind(Label.GrindQueries, bits, nonce));
    }

    [Fact]
    public void Witnesses_that_differ_in_one_cell_have_different_digests()
    {
        using var trace = new Matrix(512, 3);
        var work = new Work(2, default);
        var first = WitnessDigest.Of([trace, null], s_key, work);
        Assert.Equal(first, WitnessDigest.Of([trace, null], s_key, work));
        trace[300, 1] = KoalaBear.One;
        Assert.NotEqual(first, WitnessDigest.Of([trace, null], s_key, work));
        Assert.NotEqual(first, WitnessDigest.Of([null, trace], s_key, work));
    }
}
