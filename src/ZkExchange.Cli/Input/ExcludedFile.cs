using System.Globalization;
using System.Text;

namespace ZkExchange.Cli.Input;

/// <summary>The rows that a run leaves out at the user's wish (--exclude-invalid): each with its place and reason, as a
/// CSV file. Their number and a keyed digest of the file go into the statement, so no row is dropped in silence.
/// </summary>
sealed class ExcludedFile
{
    readonly StringBuilder _text = new("file,line,reason,message,row\n");

    /// <summary>Rows left out.</summary>
    public long Count { get; private set; }

    /// <summary>The file: UTF-8, a header row, a row for each row left out.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());

    /// <summary>Leaves out a row.</summary>
    /// <param name="error">Why.</param>
    /// <param name="row">As it stands in the file.</param>
    public void Add(InputError error, ReadOnlySpan<byte> row)
    {
        Count++;
        Quote(error.File);
        _text.Append(',').Append(error.Line.ToString(CultureInfo.InvariantCulture)).Append(',').Append(error.Reason);
        _text.Append(',');
        Quote(error.Message);
        _text.Append(',');
        Quote(Encoding.UTF8.GetString(row));
        _text.Append('\n');
    }

    void Quote(string text) =>
        _text.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
}
