using System.Text;
using ZkExchange.Cli.Output;

namespace ZkExchange.Cli.Input;

/// <summary>One input file with a header row: knows its place, so that every error can name it.</summary>
sealed class InputFile : IDisposable
{
    readonly InputErrors _errors;
    readonly Stream _stream;
    readonly CsvReader _reader;
    readonly string[] _header;

    InputFile(string name, Stream stream, CsvReader reader, string[] header, InputErrors errors) =>
        (Name, _stream, _reader, _header, _errors) = (name, stream, reader, header, errors);

    /// <summary>As the user named it.</summary>
    public string Name { get; }

    /// <summary>The names of the columns, in their order.</summary>
    public IReadOnlyList<string> Header => _header;

    /// <summary>The line of the row, from 1.</summary>
    public long Line => _reader.Line;

    /// <summary>The row as it stands in the file.</summary>
    public ReadOnlySpan<byte> Text => _reader.Text;

    /// <summary>Bytes read so far.</summary>
    public long BytesRead => _reader.BytesRead;

    /// <summary>A cell of the row.</summary>
    public ReadOnlySpan<byte> this[int column] => _reader[column];

    /// <summary>Opens a file and reads its header; null, and an error, when that cannot be done.</summary>
    public static InputFile? Open(string path, InputErrors errors)
    {
        FileStream stream;
        try
        {
            stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.Add(path, InputReason.HostResource, "the file cannot be opened", "Check its name and its rights");
            return null;
        }

        return Open(path, stream, errors);
    }

    /// <summary>Reads the header of a stream, which then belongs to the result.</summary>
    public static InputFile? Open(string name, Stream stream, InputErrors errors)
    {
        var reader = new CsvReader(stream);
        string[]? header = null;
        if (!reader.Read())
        {
            errors.Add(name, InputReason.InputEncoding, "the file is empty", "A header row comes first, then the rows");
        }
        else if (reader.Fault is { } fault)
        {
            errors.Add(new(name, 1, fault.Column, "", InputReason.InputEncoding, fault.Message, fault.Remedy));
        }
        else
        {
            header = new string[reader.Count];
            for (var i = 0; i < header.Length; i++) header[i] = Encoding.UTF8.GetString(reader[i]);
            if (!IsHeader(name, header, errors)) header = null;
        }

        if (header is not null) return new(name, stream, reader, header, errors);
        stream.Dispose();
        return null;
    }

    /// <summary>Goes to the next row. A row that is no text, or has too many or too few cells, has a fault.</summary>
    public bool Read(out CsvFault? fault, out InputReason reason)
    {
        (fault, reason) = (null, InputReason.InputEncoding);
        if (!_reader.Read()) return false;
        fault = _reader.Fault;
        if (fault is null && _reader.Count != _header.Length)
        {
            reason = InputReason.InputRow;
            fault = new(
                0, $"the row has {Figures.Of(_reader.Count, "cell")}, the header has {_header.Length}",
                RemedyOfCells());
        }

        return true;
    }

    /// <summary>The error at a column (from 0; -1: the whole row) of this row, which may have more cells than the
    /// header names.</summary>
    public InputError ErrorAt(int column, InputReason reason, string message, string remedy) => new(
        Name, Line, column + 1, (uint)column < (uint)_header.Length ? _header[column] : "", reason, message, remedy);

    /// <summary>Notes an error of this row.</summary>
    public void Add(int column, InputReason reason, string message, string remedy) =>
        _errors.Add(ErrorAt(column, reason, message, remedy));

    /// <summary>Notes an error of the header.</summary>
    public void AddHeader(int column, string message, string remedy) =>
        _errors.Add(new(
            Name, 1, column + 1, column < 0 ? "" : _header[column], InputReason.InputHeader, message, remedy));

    public void Dispose() => _stream.Dispose();

    string RemedyOfCells() =>
        _reader.Count == 1 && _reader[0].IsEmpty ? "Remove the blank line"
        : _reader.Count > _header.Length ? "Quote a cell that holds a comma; decimals have a point"
        : "Give every row all its cells, empty ones too";

    static bool IsHeader(string name, string[] header, InputErrors errors)
    {
        var isGood = true;
        void Refuse(int column, string message, string remedy)
        {
            isGood = false;
            errors.Add(new(name, 1, column + 1, header[column], InputReason.InputHeader, message, remedy));
        }

        if (header.Length == 1 && header[0].AsSpan().ContainsAny(';', '\t'))
            Refuse(0, "the cells are not separated by commas", "Separate them by commas, and decimals by a point");

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Length && isGood; i++)
        {
            if (header[i].Length == 0) Refuse(i, "the column has no name", "Name it, or remove it");
            else if (!seen.TryAdd(header[i], i)) Refuse(i, "the column is repeated", "Keep one of the two");
        }

        return isGood;
    }
}
