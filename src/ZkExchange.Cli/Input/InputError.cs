using System.Globalization;

namespace ZkExchange.Cli.Input;

/// <summary>One thing that is wrong with one file, where it is, and what to do about it.</summary>
/// <param name="File">As the user named it.</param>
/// <param name="Line">The line of the file, from 1; 0 when the whole file is meant.</param>
/// <param name="Column">The column of the record, from 1; 0 when the whole line is meant.</param>
/// <param name="ColumnName">The header of that column, or "".</param>
/// <param name="Reason">The name of the reason.</param>
/// <param name="Message">What is wrong, one sentence without its full stop.</param>
/// <param name="Remedy">What the user can do, one sentence without its full stop.</param>
sealed record InputError(
    string File, long Line, int Column, string ColumnName, InputReason Reason, string Message, string Remedy)
{
    /// <summary>The place in the form that editors understand, file:line:column.</summary>
    public string Place
    {
        get
        {
            var line = Line.ToString(CultureInfo.InvariantCulture);
            var column = Column.ToString(CultureInfo.InvariantCulture);
            return Line == 0 ? File : Column == 0 ? $"{File}:{line}" : $"{File}:{line}:{column}";
        }
    }

    public override string ToString() =>
        ColumnName.Length == 0
            ? $"{Place}: {Reason}: {Message}. {Remedy}."
            : $"{Place}: column '{ColumnName}': {Reason}: {Message}. {Remedy}.";
}
