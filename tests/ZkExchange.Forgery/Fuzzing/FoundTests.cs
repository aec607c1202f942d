using System.Text;
using Xunit;
using ZkExchange.Cli.Input;

namespace ZkExchange.Forgery.Fuzzing;

/// <summary>What the fuzzer found once, for good.</summary>
public sealed class FoundTests
{
    // A control character in the fourth cell of a row whose header names three columns: the error had no column.
    [Fact]
    public void L03_A_fault_in_a_cell_beyond_the_header_is_an_error_without_a_column_name()
    {
        var errors = new InputErrors();
        var bytes = Encoding.UTF8.GetBytes("asset,chain,amount\nbtc,main,1,a\u0001\n");
        using var file = InputFile.Open("reserves.csv", new MemoryStream(bytes), errors)!;
        Assert.True(file.Read(out var fault, out var reason));
        file.Add(fault!.Value.Column - 1, reason, fault.Value.Message, fault.Value.Remedy);
        var error = Assert.Single(errors.First);
        Assert.Equal((2, 4), (error.Line, error.Column));
    }
}
