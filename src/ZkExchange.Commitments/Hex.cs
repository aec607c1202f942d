namespace ZkExchange.Commitments;

/// <summary>The one hexadecimal form: lower-case digits, two a byte.</summary>
public static class Hex
{
    /// <summary>Fills the destination; false if the text has another length or another character.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination)
    {
        if (text.Length != 2 * destination.Length) return false;
        for (var i = 0; i < destination.Length; i++)
        {
            var (high, low) = (Digit(text[2 * i]), Digit(text[(2 * i) + 1]));
            if (high < 0 || low < 0) return false;
            destination[i] = (byte)((high << 4) | low);
        }

        return true;
    }

    static int Digit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        _ => -1,
    };
}
