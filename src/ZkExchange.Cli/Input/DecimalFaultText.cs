using System.Text;
using ZkExchange.Fields;

namespace ZkExchange.Cli.Input;

/// <summary>Sentences about a cell that is no number of the demanded form.</summary>
static class DecimalFaultText
{
    /// <summary>The reason, the sentence and the remedy for a fault.</summary>
    /// <param name="fault">Not None.</param>
    /// <param name="text">The cell.</param>
    /// <param name="decimals">The decimals that are allowed.</param>
    /// <param name="limit">What is too large, in words.</param>
    public static (InputReason Reason, string Message, string Remedy) Explain(
        DecimalFault fault, ReadOnlySpan<byte> text, int decimals, string limit)
    {
        Check.That(fault != DecimalFault.None);
        var shown = Show(text);
        return fault switch
        {
            DecimalFault.Empty => (InputReason.InputNumber, "the cell is empty", "Write 0 where there is nothing"),
            DecimalFault.Negative => (InputReason.InputNumber, $"{shown} is negative",
                "Write what is owed by the customer as debt; no number has a sign"),
            DecimalFault.Comma => (InputReason.InputNumber, $"{shown} has a comma",
                "Decimals follow a point, and thousands are not grouped"),
            DecimalFault.Exponent => (InputReason.InputNumber, $"{shown} has an exponent", "Write all its digits"),
            DecimalFault.Decimals => (InputReason.InputNumber,
                $"{shown} has more than {decimals} decimals, which is all that the asset has",
                "Give the asset its decimals in the asset file; nothing is rounded"),
            DecimalFault.TooLarge => (InputReason.InputRange, $"{shown} is too large: {limit}",
                "Check the number; an asset with a larger supply takes fewer decimals"),
            _ => (InputReason.InputNumber, $"{shown} is not a decimal number", "Write digits and at most one point"),
        };
    }

    /// <summary>A cell in quotes for a message: printable, and not long.</summary>
    public static string Show(ReadOnlySpan<byte> text)
    {
        const int longest = 40;
        var shown = Encoding.UTF8.GetString(text[..Math.Min(text.Length, longest)]);
        return text.Length > longest ? $"'{shown}...'" : $"'{shown}'";
    }
}
