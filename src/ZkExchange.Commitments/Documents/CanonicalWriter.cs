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

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

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

    public CanonicalWriter Integer(long value)
    {
        Check.That(value is >= 0 and <= CanonicalReader.IntegerMax);
        Begin();
        Raw(value.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    public CanonicalWriter Decimal(UInt128 value) => Text(value.ToString(CultureInfo.InvariantCulture));

    public CanonicalWriter Decimal(BigInteger value) => Text(value.ToString(CultureInfo.InvariantCulture));

    public CanonicalWriter Null()
    {
        Begin();
        _bytes.Write("null"u8);
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
