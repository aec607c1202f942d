using Xunit;

namespace ZkExchange.Stark.Tests.Kernels;

/// <summary>Files of the repository that tests compare with what they can write themselves.</summary>
static class RepositoryFile
{
    /// <summary>Set to 1, generated files are written instead of compared.</summary>
    const string Variable = "ZKX_REGENERATE";

    public static string Path(string relative)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "ZkExchange.sln")))
        {
            folder = folder.Parent;
        }

        Assert.NotNull(folder);
        return System.IO.Path.Combine(folder.FullName, relative);
    }

    public static void AssertIs(string relative, string expected)
    {
        var path = Path(relative);
        if (Environment.GetEnvironmentVariable(Variable) is "1") File.WriteAllText(path, expected);
        Assert.True(
            string.Equals(File.ReadAllText(path), expected, StringComparison.Ordinal),
            $"{relative} is not what its generator writes; {Variable}=1 rewrites it.");
    }
}
