using Xunit;

namespace ZkExchange.Tidy.Generators;

/// <summary>Files that are written by a program are exactly what it writes.</summary>
public sealed class GeneratedFileTests
{
    /// <summary>Set to 1, the files are written instead of compared.</summary>
    const string Variable = "ZKX_REGENERATE";

    [Theory]
    [InlineData("Avx512", true)]
    [InlineData("Avx2", false)]
    public void The_rounds_of_SHA_256_are_what_their_generator_writes(string folder, bool wide) => AssertIs(
        $"src/ZkExchange.Stark.Proving/Kernels/{folder}/Sha256Rounds.g.cs", Sha256Generator.Source(wide));

    [Theory]
    [InlineData("Avx512", true)]
    [InlineData("Avx2", false)]
    public void The_rounds_of_Poseidon2_are_what_their_generator_writes(string folder, bool wide) => AssertIs(
        $"src/ZkExchange.Commitments/Kernels/{folder}/Poseidon2Rounds.g.cs", Poseidon2Generator.Source(wide));

    [Fact]
    public void The_constants_of_SHA_256_are_those_of_the_standard()
    {
        Assert.Equal(0x428a2f98u, Sha256Generator.Constants[0]);
        Assert.Equal(0xc67178f2u, Sha256Generator.Constants[63]);
    }

    static void AssertIs(string relative, string expected)
    {
        var path = Path.Combine(Repository.Root, relative);
        if (Environment.GetEnvironmentVariable(Variable) is "1") File.WriteAllText(path, expected);
        Assert.True(
            string.Equals(File.ReadAllText(path), expected, StringComparison.Ordinal),
            $"{relative} is not what its generator writes; {Variable}=1 rewrites it.");
    }
}
