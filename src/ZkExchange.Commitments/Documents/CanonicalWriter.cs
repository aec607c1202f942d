using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>Writes the one form of a document (specs/50-wire-formats.md section 1). Fields are written in the order in
/// which they are named, which must ascend.</summary>
sealed class CanonicalWriter
{
    readonly ArrayBufferWriter<byte> _bytes = new(4096);
    bool _follows;                                             // the next value stands behind another: a comma first

    int _padAt = -1;

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>The document with zeros in its pad, as many as bring it to a length.</summary>
    /// <param name="lengthOf">From the length with an empty pad.</param>
    public byte[] ToPaddedArray(Func<int, int> lengthOf)
    {
        Check.That(_padAt >= 0);
        var written = _bytes.WrittenSpan;
        var padded = new byte[lengthOf(written.Length)];
        var zeros = padded.Length - written.Length;
        written[.._padAt].CopyTo(padded);
        padded.AsSpan(_padAt, zeros).Fill((byte)'0');
        written[_padAt..].CopyTo(padded.AsSpan(_padAt + zeros));
        return padded;
    }

    public int Length => _bytes.WrittenCount;

    public CanonicalWriter BeginObject() => Open("{"u8);

    public CanonicalWriter EndObject() => Close("}"u8);

    public CanonicalWriter BeginArray() => Open("["u8);

    public CanonicalWriter EndArray() => Close("]"u8);

    public CanonicalWriter Field(string name)
    {
        Text(name);
        _bytes.Write(":"u8);
        _follows = false;
        return this;
    }

    public CanonicalWriter Text(string text)
    {
        Check.That(CanonicalText.IsPlain(text));
        Begin();
        _bytes.Write("\""u8);
        Raw(text);
        _bytes.Write("\""u8);
        return this;
    }

    /// <summary>The empty string that <see cref="ToPaddedArray"/> fills.</summary>
    public CanonicalWriter Pad()
    {
        Text("");
        _padAt = _bytes.WrittenCount - 1;
        return this;
    }

    public CanonicalWriter Integer(long value)
    {
        Check.That(value is >= 0 and <= CanonicalReader.IntegerMax);
        Begin();
        Check.That(value.TryFormat(_bytes.GetSpan(20), out var digits, default, CultureInfo.InvariantCulture));
        _bytes.Advance(digits);
        return this;
    }

    public CanonicalWriter Decimal(UInt128 value)
    {
        Begin();
        _bytes.Write("\""u8);
        Check.That(value.TryFormat(_bytes.GetSpan(40), out var digits, default, CultureInfo.InvariantCulture));
        _bytes.Advance(digits);
        _bytes.Write("\""u8);
        return this;
    }

    public CanonicalWriter Decimal(BigInteger value) => Text(value.ToString(CultureInfo.InvariantCulture));

    public CanonicalWriter Digest(in NodeDigest digest)
    {
        Span<byte> bytes = stackalloc byte[NodeDigest.Bytes];
        digest.WriteBytes(bytes);
        return Hexadecimal(bytes);
    }

    public CanonicalWriter Hash(in FileDigest digest)
    {
        Span<byte> bytes = stackalloc byte[FileDigest.Bytes];
        digest.WriteBytes(bytes);
        return Hexadecimal(bytes);
    }

    public CanonicalWriter Salt(in Salt salt)
    {
        Span<byte> bytes = stackalloc byte[Commitments.Salt.Bytes];
        salt.WriteBytes(bytes);
        return Hexadecimal(bytes);
    }

    public CanonicalWriter Null()
    {
        Begin();
        _bytes.Write("null"u8);
        return this;
    }

    CanonicalWriter Hexadecimal(ReadOnlySpan<byte> bytes)
    {
        Begin();
        _bytes.Write("\""u8);
        Check.That(Convert.TryToHexStringLower(bytes, _bytes.GetSpan(2 * bytes.Length), out var digits));
        _bytes.Advance(digits);
        _bytes.Write("\""u8);
        return this;
    }

    CanonicalWriter Open(ReadOnlySpan<byte> mark)
    {
        Begin();
        _bytes.Write(mark);
        _follows = false;
        return this;
    }

    CanonicalWriter Close(ReadOnlySpan<byte> mark)
    {
        _bytes.Write(mark);
        _follows = true;
        return this;
    }

    void Begin()
    {
        if (_follows) _bytes.Write(","u8);
        _follows = true;
    }

    void Raw(string text) => _bytes.Advance(Encoding.ASCII.GetBytes(text, _bytes.GetSpan(text.Length)));
}
