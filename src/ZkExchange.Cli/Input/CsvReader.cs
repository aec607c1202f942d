// RFC 4180 as a strict reader: records of fields between commas, a field in quotes may hold commas and doubled quotes,
// lines end in LF or CRLF, a byte order mark of UTF-8 at the start is allowed. Text is printable: no control
// character, no line break inside quotes, no UTF-16. Nothing is trimmed or skipped, every record knows its line.

using System.Text.Unicode;
using ZkExchange.Fields;

namespace ZkExchange.Cli.Input;

/// <summary>Reads records from a stream, one at a time; a record's fields are valid until the next is read.</summary>
/// <param name="stream">The bytes; the caller disposes of them.</param>
sealed class CsvReader(Stream stream)
{
    /// <summary>The longest record: 65,535 assets of six columns and twenty digits fit.</summary>
    public const int RecordBytesMax = 1 << 24;

    const int BufferBytes = 1 << 18;
    const byte Quote = (byte)'"';
    const byte Comma = (byte)',';

    byte[] _buffer = new byte[BufferBytes];
    int _start;         // of the record, in the buffer
    int _next;          // of the record after it
    int _end;           // of the bytes in the buffer
    bool _isEnd;        // the stream has no more
    bool _isOpened;
    long _nextLine = 1;
    int _textLength;

    (int Start, int Length, bool IsUnquoted)[] _fields = new (int, int, bool)[64];
    byte[] _unquoted = [];
    int _unquotedLength;

    /// <summary>The line on which the record begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Fields of the record.</summary>
    public int Count { get; private set; }

    /// <summary>What is wrong with the record, if anything; its fields are then not to be used.</summary>
    public CsvFault? Fault { get; private set; }

    /// <summary>Bytes taken from the stream so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The bytes of a field, quotes removed.</summary>
    public ReadOnlySpan<byte> this[int field]
    {
        get
        {
            Check.That((uint)field < (uint)Count);
            var (start, length, isUnquoted) = _fields[field];
            return (isUnquoted ? _unquoted : _buffer).AsSpan(start, length);
        }
    }

    /// <summary>The record as it stands in the file, without its line end.</summary>
    public ReadOnlySpan<byte> Text => _buffer.AsSpan(_start, _textLength);

    /// <summary>Goes to the next record; false at the end of the file and after a fatal fault.</summary>
    public bool Read()
    {
        if (Fault is { IsFatal: true }) return false;
        (Fault, Count, _textLength, _unquotedLength, _start, Line) = (null, 0, 0, 0, _next, _nextLine);
        if (!_isOpened) Open();
        if (Fault is not null) return true;

        var length = FindLineEnd(0);
        if (length < 0) return Fault is not null;

        // A quoted field carries the record over the line break. That is a fault too, found by FaultOfText.
        var quotes = _buffer.AsSpan(_start, length).Contains(Quote);
        while (quotes && EndsInQuotes(_buffer.AsSpan(_start, length)))
        {
            var more = FindLineEnd(length + 1);
            if (more < 0)
            {
                Fault ??= new(0, "a quote is opened and never closed", "Close it, or double it", true);
                return true;
            }

            length = more;
            _nextLine++;
        }

        _next = Math.Min(_start + length + 1, _end);
        _nextLine++;
        if (length > 0 && _buffer[_start + length - 1] == '\r') length--;
        _textLength = length;
        Fault = FaultOfText(quotes);
        if (Fault is null && !quotes) Split();
        if (Fault is null && quotes) Fault = SplitQuoted();
        return true;
    }

    // True if the text breaks off inside a quoted field. Only a quote at the start of a field opens one.
    static bool EndsInQuotes(ReadOnlySpan<byte> text)
    {
        var (isInside, mayOpen) = (false, true);    // A doubled quote closes the field and opens it again.
        foreach (var character in text)
        {
            if (character == Quote)
            {
                if (!isInside && !mayOpen) return false; // A stray one, which is a fault of this line.
                (isInside, mayOpen) = (!isInside, true);
            }
            else if (!isInside)
            {
                mayOpen = character == Comma;
            }
        }

        return isInside;
    }

    // The first bytes tell what kind of file it is.
    void Open()
    {
        _isOpened = true;
        while (_end < 4 && Fill())
        {
        }

        var head = _buffer.AsSpan(0, _end);
        var kind = head switch
        {
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "text in UTF-16",
            [0x1F, 0x8B, ..] => "compressed (gzip)",
            [(byte)'P', (byte)'K', 3, 4, ..] => "a zip archive or a spreadsheet",
            [_, 0, ..] or [0, ..] => "text in UTF-16 or binary data",
            _ => null,
        };
        if (kind is not null) Fault = new(0, $"the file is {kind}, not UTF-8 text", "Save it as CSV in UTF-8", true);
        if (head is [0xEF, 0xBB, 0xBF, ..]) _start = _next = 3;
    }

    // The offset from the record's start of the first line feed at or after an offset, or the number of bytes left if
    // the file ends first; -1 if nothing is left there, or the record is too long (a fault then).
    int FindLineEnd(int from)
    {
        var searched = from;
        while (true)
        {
            var seen = _end - _start;
            if (searched < seen)
            {
                var at = _buffer.AsSpan(_start + searched, seen - searched).IndexOf((byte)'\n');
                if (at >= 0) return searched + at;
                searched = seen;
            }

            if (seen > RecordBytesMax)
            {
                Fault = new(0, "the line is longer than 16 MiB", "End the lines with LF or CRLF", true);
                return -1;
            }

            if (!Fill()) return from < seen ? seen : -1;
        }
    }

    // Takes more bytes behind those that are left, which move to the front.
    bool Fill()
    {
        if (_isEnd) return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_end, _next, _start) = (_end - _start, _next - _start, 0);
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        BytesRead += read;
        _end += read;
        _isEnd = read == 0;
        return !_isEnd;
    }

    CsvFault? FaultOfText(bool isQuoted)
    {
        var text = Text;
        if (text.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) < 0) return null;
        if (!Utf8.IsValid(text)) return new(0, "the line is not valid UTF-8", "Save the file as UTF-8");

        var at = text.IndexOfAnyInRange((byte)0, (byte)0x1F);
        if (at < 0) at = text.IndexOf((byte)0x7F);
        if (at < 0) return null; // Letters beyond ASCII are text; the columns say whether they want them.

        var column = isQuoted ? 0 : 1 + text[..at].Count(Comma);
        return text[at] switch
        {
            0 => new(column, "a NUL byte in the text", "Save the file as UTF-8 text", true),
            (byte)'\n' => new(0, "a line break inside quotes", "Keep every record on one line"),
            (byte)'\r' => new(column, "a carriage return inside the line", "End lines with LF or CRLF"),
            (byte)'\t' => new(column, "a tabulator in the text", "Separate fields by commas, without blanks"),
            _ => new(column, "a control character in the text", "Remove it"),
        };
    }

    void Split()
    {
        var (at, left) = (_start, _textLength);
        while (true)
        {
            var length = _buffer.AsSpan(at, left).IndexOf(Comma);
            if (length < 0) break;
            AddField(at, length, false);
            (at, left) = (at + length + 1, left - length - 1);
        }

        AddField(at, left, false);
    }

    CsvFault? SplitQuoted()
    {
        if (_unquoted.Length < _textLength) _unquoted = new byte[Math.Max(_textLength, 256)];
        var text = Text;
        var at = 0;
        while (true)
        {
            if (at < text.Length && text[at] == Quote)
            {
                var start = _unquotedLength;
                at = Unquote(text, at + 1);
                if (at < text.Length && text[at] != Comma)
                    return new(Count + 1, "text after a closing quote", "Double a quote that belongs to the text");
                AddField(start, _unquotedLength - start, true);
            }
            else
            {
                var length = text[at..].IndexOf(Comma);
                if (length < 0) length = text.Length - at;
                if (text.Slice(at, length).Contains(Quote))
                    return new(
                        Count + 1, "a quote inside a field", "Put the whole field in quotes and double the quote");
                AddField(_start + at, length, false);
                at += length;
            }

            if (at == text.Length) return null;
            at++; // The comma.
        }
    }

    // Copies the field from behind its opening quote; returns the offset behind the closing one, which exists, because
    // the quotes of a record are even in number.
    int Unquote(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length)
        {
            if (text[at] == Quote)
            {
                if (at + 1 == text.Length || text[at + 1] != Quote) return at + 1;
                at++;
            }

            _unquoted[_unquotedLength++] = text[at++];
        }

        return at;
    }

    void AddField(int start, int length, bool isUnquoted)
    {
        if (Count == _fields.Length) Array.Resize(ref _fields, 2 * Count);
        _fields[Count++] = (start, length, isUnquoted);
    }
}
