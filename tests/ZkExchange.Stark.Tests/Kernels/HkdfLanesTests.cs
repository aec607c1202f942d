using System.Security.Cryptography;
using Xunit;
using ZkExchange.Fields.Kernels;
using ZkExchange.Stark.Proving.Kernels;

namespace ZkExchange.Stark.Tests.Kernels;

public sealed class HkdfLanesTests
{
    // Behind the context a counter, 0x80 and eight bytes of length: 54 fill a block, 118 two; 32 bytes go before the
    // context from the second digest on.
    public static readonly TheoryData<int[]> Lengths =
    [
        [0], [1, 54, 55, 0], [.. Enumerable.Range(0, 193)], [.. Enumerable.Repeat(36, 48)],
        [.. Enumerable.Range(0, 33).Select(i => 20 + i)], [.. Enumerable.Range(0, 16).Select(i => 12 * i)],
    ];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void What_lanes_expand_is_the_platforms_derivation(int[] lengths)
    {
        var random = new Random(lengths.Length);
        var (key, infos) = (new byte[32], new byte[HkdfLanes.InfoBytesMax * lengths.Length]);
        random.NextBytes(key);
        random.NextBytes(infos);
        foreach (var bytes in (int[])[32, 64, 96])
        {
            foreach (var kernels in KernelChoice.Available)
            {
                var output = new byte[bytes * lengths.Length];
                HkdfLanes.Expand(key, infos, lengths, output, kernels);
                for (var i = 0; i < lengths.Length; i++)
                {
                    var expected = new byte[bytes];
                    var info = infos.AsSpan(HkdfLanes.InfoBytesMax * i, lengths[i]);
                    HKDF.Expand(HashAlgorithmName.SHA256, key, expected, info);
                    Assert.Equal(expected, output[(bytes * i)..(bytes * (i + 1))]);
                }
            }
        }
    }

    [Fact]
    public void A_context_that_is_too_long_or_an_output_of_another_form_is_refused()
    {
        var (key, infos) = (new byte[32], new byte[2 * HkdfLanes.InfoBytesMax + 2]);
        Assert.Throws<InvalidOperationException>(() =>
            HkdfLanes.Expand(key, infos, [HkdfLanes.InfoBytesMax + 1, 0], new byte[64]));
        Assert.Throws<InvalidOperationException>(() => HkdfLanes.Expand(key, infos, [1, 1], new byte[66]));
        Assert.Throws<InvalidOperationException>(() => HkdfLanes.Expand(key, infos, [1, 1], []));
        Assert.Throws<InvalidOperationException>(() => HkdfLanes.Expand(key.AsSpan(1), infos, [1, 1], new byte[64]));
    }
}
