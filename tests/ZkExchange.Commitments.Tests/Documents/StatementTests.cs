using System.Text;
using Xunit;

namespace ZkExchange.Commitments.Tests;

public class StatementTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var (read, refusal) = Statement.Read(Samples.Statement.Bytes.Span);
        Assert.Equal(default, refusal);
        Assert.Equal(Samples.Statement, read);
        Assert.Equal(Samples.Statement.Digest, FileDigest.Of(Samples.Statement.Bytes.Span));
    }

    [Fact]
    public void A_changed_copy_is_written_anew()
    {
        var original = Samples.Statement;
        var bytes = Encoding.ASCII.GetString(original.Bytes.Span);
        var copy = original with { Epoch = 13 };
        Assert.Equal(bytes.Replace("\"epoch\":12", "\"epoch\":13", StringComparison.Ordinal),
            Encoding.ASCII.GetString(copy.Bytes.Span));
        Assert.NotEqual(original, copy);
    }
}
