using Xunit;
using ZkExchange.Fields.Kernels;

namespace ZkExchange.Fields.Tests;

public sealed class KernelChoiceTests
{
    [Theory]
    [InlineData(null, KernelSet.Avx512, KernelSet.Avx512)]
    [InlineData("", KernelSet.Avx2, KernelSet.Avx2)]
    [InlineData("scalar", KernelSet.Avx512, KernelSet.Scalar)]
    [InlineData("avx2", KernelSet.Avx512, KernelSet.Avx2)]
    [InlineData("avx512", KernelSet.Avx2, KernelSet.Avx2)]
    [InlineData("avx512", KernelSet.Scalar, KernelSet.Scalar)]
    public void A_wish_only_lowers_the_choice(string? wish, KernelSet strongest, KernelSet expected) =>
        Assert.Equal(expected, KernelChoice.Select(wish, strongest));

    [Fact]
    public void An_unknown_wish_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => KernelChoice.Select("sse", KernelSet.Avx2));
}
