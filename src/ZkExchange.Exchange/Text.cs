using System.Text;
using ZkExchange.Ledger;

namespace ZkExchange.Exchange;

/// <summary>Names, in one form each.</summary>
static class Text
{
    public const int NameMax = 64;

    /// <summary>1 to 64 of A-Z a-z 0-9 . _ - : and @.</summary>
    public static bool IsName(string? name)
    {
        if (name is null or { Length: 0 or > NameMax })
            return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-' or ':' or '@'))
                return false;
        }
        return true;
    }

    public static void Write(StateWriter writer, string text) => writer.Block(Encoding.ASCII.GetBytes(text));

    public static string Read(ref StateReader reader)
    {
        var text = Encoding.ASCII.GetString(reader.Block());
        if (!IsName(text))
            reader.Fail();
        return text;
    }
}
