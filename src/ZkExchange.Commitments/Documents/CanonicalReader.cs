// Reads canonical JSON without building a tree: all fields of a format are required and ascend, so a format is one
// fixed sequence of reads, and whatever stands elsewhere, twice, or not at all is refused where it is met. Nesting is
// as deep as the format and memory as large as the document that comes out (specs/50-wire-formats.md section 1).

using System.Globalization;
using System.Numerics;
using System.Text;

namespace ZkExchange.Commitments;

/// <summary>A reader that remembers the first refusal; after it every read gives an empty value and every loop ends.
/// </summary>
ref struct CanonicalReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>The longest document.</summary>
    public const int BytesMax = 64 << 20;

    /// <summary>2^53 - 1, the largest integer that every reader of JSON represents exactly.</summary>
    public const long IntegerMax = (1L << 53) - 1;

    readonly ReadOnlySpan<byte> _bytes = bytes;
    readonly List<Step> _path = [];                            // the fields and items around what is read
    int _at;
    bool _follows;                                             // something stands before in this object or array

    public Refusal Refusal { get; private set; } = bytes.Length is 0 or > BytesMax
        ? new(DocumentRule.Length, $"{bytes.Length} bytes")
        : default;

    public readonly bool IsRefused => Refusal.IsRefused;

    public void BeginObject()
    {
        Expect((byte)'{');
        _path.Add(new("", 0));
        _follows = false;
    }

    public void EndObject()
    {
        _path.RemoveAt(_path.Count - 1);
        if (!IsRefused && Peek() == ',') Refuse(DocumentRule.Field, $"{Place()} (byte {_at}): a field too many");
        Expect((byte)'}');
        _follows = true;
    }

    /// <summary>Reads <c>"name":</c> and the comma before it.</summary>
    public void Field(string name)
    {
        _path[^1] = new(name, 0);
        if (IsRefused) return;
        if (Peek() == '}')
        {
            Refuse(DocumentRule.Field, Place() + ": missing");
            return;
        }

        if (_follows) Expect((byte)',');
        _follows = true;
        if (!IsRefused && !IsNamed(name))
            Refuse(Peek() == '"' ? DocumentRule.Field : DocumentRule.Canonical, Place() + ": expected here");
        Expect((byte)':');
    }

    public void BeginArray(string field)
    {
        Field(field);
        Expect((byte)'[');
        _path.Add(new(null, -1));
        _follows = false;
    }

    /// <summary>True if there is an item, whose reading follows; false behind the closing bracket.</summary>
    public bool NextItem()
    {
        if (!IsRefused && Peek() == ']')
        {
            _at++;
            _path.RemoveAt(_path.Count - 1);
            _follows = true;
            return false;
        }

        if (_follows) Expect((byte)',');
        _follows = true;
        _path[^1] = new(null, _path[^1].Index + 1);
        return !IsRefused;
    }

    /// <summary>Reads <c>null</c> if it stands here.</summary>
    public bool TryNull(string field)
    {
        Field(field);
        if (IsRefused || !_bytes[_at..].StartsWith("null"u8)) return false;
        _at += 4;
        return true;
    }

    /// <summary>Reads a string of at most so many characters.</summary>
    /// <param name="field">The field whose value it is; null for an item of an array, here and below.</param>
    /// <param name="lengthMax">A longer one is refused.</param>
    public string Text(string? field, int lengthMax)
    {
        if (field is not null) Field(field);
        return Quoted(lengthMax);
    }

    public long Integer(string? field)
    {
        if (field is not null) Field(field);
        if (IsRefused) return 0;
        var start = _at;
        long value = 0;
        while (Peek() is >= '0' and <= '9' && _at - start < 17) value = (value * 10) + (_bytes[_at++] - '0');
        var digits = _at - start;
        var isPadded = digits > 1 && _bytes[start] == '0';
        if (digits is 0 or > 16 || isPadded || value > IntegerMax || Peek() is '.' or 'e' or 'E')
        {
            var isNumber = digits > 0 || Peek() is '-' or '+' or '.';
            _at = start;
            Refuse(isNumber ? DocumentRule.Number : DocumentRule.Canonical, Place());
            return 0;
        }

        return value;
    }

    /// <summary>An integer that does not fit is given as the largest one: out of every range.</summary>
    public int Int32(string? field) => (int)Math.Min(Integer(field), int.MaxValue);

    /// <summary>A decimal string of at most so many bits.</summary>
    public BigInteger Decimal(string? field, int bits, DocumentRule rule)
    {
        var text = Text(field, (bits / 3) + 1);                     // a digit is more than three bits
        if (IsRefused) return default;
        var isCanonical = text.Length > 0 && (text.Length == 1 || text[0] != '0');
        foreach (var c in text) isCanonical &= char.IsAsciiDigit(c);
        if (isCanonical && BigInteger.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) is var value
            && value.GetBitLength() <= bits) return value;
        Refuse(rule, Place());
        return default;
    }

    public UInt128 Amount(string? field, DocumentRule rule) =>
        (UInt128)Decimal(field, Commitments.Amount.Bits, rule);

    public FileDigest Hash(string? field)
    {
        var text = Text(field, 2 * FileDigest.Bytes);
        if (!IsRefused && FileDigest.TryParse(text, out var digest)) return digest;
        Refuse(DocumentRule.Hash, Place());
        return default;
    }

    public NodeDigest Digest(string? field)
    {
        var text = Text(field, 2 * NodeDigest.Bytes);
        if (!IsRefused && NodeDigest.TryParse(text, out var digest)) return digest;
        Refuse(DocumentRule.Digest, Place());
        return default;
    }

    public Salt Salt(string? field)
    {
        var text = Text(field, 2 * Commitments.Salt.Bytes);
        if (!IsRefused && Commitments.Salt.TryParse(text, out var salt)) return salt;
        Refuse(DocumentRule.Digest, Place());
        return default;
    }

    /// <summary>Nothing may stand behind the document.</summary>
    public void End()
    {
        if (!IsRefused && _at != _bytes.Length) Refuse(DocumentRule.Canonical, $"byte {_at}: behind the end");
    }

    /// <summary>The first refusal stands.</summary>
    public void Refuse(DocumentRule rule, string where)
    {
        if (!IsRefused) Refusal = new(rule, where);
    }

    /// <summary>The field that is being read.</summary>
    public readonly string Place()
    {
        var place = new StringBuilder();
        foreach (var step in _path)
        {
            if (step.Name is null) place.Append(CultureInfo.InvariantCulture, $"[{step.Index}]");
            else if (place.Length > 0) place.Append('.').Append(step.Name);
            else place.Append(step.Name);
        }

        return place.Length == 0 ? "the document" : place.ToString();
    }

    readonly int Peek() => _at < _bytes.Length ? _bytes[_at] : -1;

    bool IsNamed(string name)
    {
        var end = _at + name.Length + 2;
        if (end > _bytes.Length || _bytes[_at] != '"' || _bytes[end - 1] != '"') return false;
        for (var i = 0; i < name.Length; i++)
        {
            if (_bytes[_at + 1 + i] != name[i]) return false;
        }

        _at = end;
        return true;
    }

    void Expect(byte mark)
    {
        if (IsRefused) return;
        if (Peek() == mark) _at++;
        else Refuse(DocumentRule.Canonical, $"{Place()} (byte {_at}): expected '{(char)mark}'");
    }

    string Quoted(int lengthMax)
    {
        Expect((byte)'"');
        if (IsRefused) return "";
        var rest = _bytes.Slice(_at, Math.Min(lengthMax + 1, _bytes.Length - _at));
        var length = rest.IndexOf((byte)'"');
        if (length < 0)
        {
            var isShort = rest.Length <= lengthMax;
            Refuse(isShort ? DocumentRule.Canonical : DocumentRule.Text, Place());
            return "";
        }

        var text = Encoding.Latin1.GetString(rest[..length]);
        if (!CanonicalText.IsPlain(text)) Refuse(DocumentRule.Text, Place());
        _at += length + 1;
        return IsRefused ? "" : text;
    }

    readonly record struct Step(string? Name, int Index);
}
