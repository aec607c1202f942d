namespace ZkExchange.Cli.Input;

/// <summary>The forms of customer ids as bytes (specs/40-statements.md section 9).</summary>
static class InputText
{
    /// <summary>1 .. 128 bytes of 0x21 .. 0x7E but quote and backslash: a customer id.</summary>
    public static bool IsCustomer(ReadOnlySpan<byte> id)
    {
        if (id.Length is < 1 or > 128) return false;
        foreach (var character in id)
            if (character is < 0x21 or > 0x7E or (byte)'"' or (byte)'\\') return false;

        return true;
    }

    /// <summary>64 lower-case hexadecimal digits: a customer id of the wide form.</summary>
    public static bool IsHexId(ReadOnlySpan<byte> id)
    {
        if (id.Length != 64) return false;
        foreach (var character in id)
            if (character is not ((>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f'))) return false;

        return true;
    }
}
