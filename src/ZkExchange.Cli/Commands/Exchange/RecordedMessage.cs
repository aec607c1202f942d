using System.Buffers.Text;
using System.Text.Json;
using ZkExchange.Cli.Input;
using ZkExchange.Exchange.Simulation;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>
/// Reads one line of a recorded market: a receive time in nanoseconds, a space, one JSON message of a public stream
/// (specs/70-exchange-core.md section 11). Strict and total: any bytes give a price or a reason.
/// </summary>
ref struct RecordedMessage
{
    const int Decimals = 8;
    const long TimeMax = long.MaxValue / 2;

    ReadOnlySpan<byte> _stream, _bid, _bidSize, _ask, _askSize, _price, _quantity;
    bool _hasEvent, _hasSpotMark, _hasSide, _takerSells, _isBook;

    /// <summary>Reads a line.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="price">What it says.</param>
    /// <returns>Null, or what is wrong with the line.</returns>
    public static string? Read(ReadOnlySpan<byte> line, out RecordedPrice price)
    {
        price = default;
        if (!Utf8Parser.TryParse(line, out long time, out var length) || length == line.Length || line[length] != ' '
            || time is <= 0 or >= TimeMax)
            return "the line does not begin with a receive time in nanoseconds and a space";
        var message = new RecordedMessage();
        try
        {
            if (message.Scan(line[(length + 1)..]) is { } fault) return fault;
        }
        catch (JsonException error)
        {
            return $"after the time there is no JSON message (byte {length + 1 + (error.BytePositionInLine ?? 0)})";
        }

        return message.Judge(time, out price);
    }

    string? Scan(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) return "the message is no JSON object";
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            var depth = reader.CurrentDepth;
            var name = reader.ValueSpan;
            reader.Read();
            if (depth == 1 && name.SequenceEqual("stream"u8) && reader.TokenType == JsonTokenType.String)
                _stream = reader.ValueSpan;
            else if (depth == 1 && name.SequenceEqual("lastUpdateId"u8))
                _isBook = true;
            else if (depth == 2 && name.Length == 1 && !Keep(name[0], in reader))
                return $"the field '{(char)name[0]}' is there twice or is of another kind";
            if (depth == 1 && name.SequenceEqual("data"u8)) continue;
            reader.Skip();
        }

        return null;
    }

    // False if a field that counts is of another kind, or has been seen before.
    bool Keep(byte name, in Utf8JsonReader reader)
    {
        switch ((char)name)
        {
            case 'e':
                (var isNew, _hasEvent) = (!_hasEvent, true);
                return isNew;
            case 'M':
                (isNew, _hasSpotMark) = (!_hasSpotMark, true);
                return isNew;
            case 'm':
                (isNew, _hasSide, _takerSells) = (!_hasSide, true, reader.TokenType == JsonTokenType.True);
                return isNew && reader.TokenType is JsonTokenType.True or JsonTokenType.False;
            case 'b':
                return Text(ref _bid, in reader);
            case 'B':
                return Text(ref _bidSize, in reader);
            case 'a':
                return Text(ref _ask, in reader);
            case 'A':
                return Text(ref _askSize, in reader);
            case 'p':
                return Text(ref _price, in reader);
            case 'q':
                return Text(ref _quantity, in reader);
            default:
                return true;
        }
    }

    // The sides of a depth update are lists: they are passed over, and are then missing where a quote needs them.
    static bool Text(ref ReadOnlySpan<byte> field, in Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartArray) return field.IsEmpty;
        if (reader.TokenType != JsonTokenType.String || !field.IsEmpty) return false;
        field = reader.ValueSpan;
        return true;
    }

    readonly string? Judge(long time, out RecordedPrice price)
    {
        price = new(time, RecordedKind.Other);
        if (_stream.IsEmpty) return _isBook ? null : "the message names no stream and is no book";
        var at = _stream.IndexOf((byte)'@');
        var kind = at < 0 ? [] : _stream[(at + 1)..];
        if (kind.StartsWith("depth"u8)) return null;
        if (kind.SequenceEqual("bookTicker"u8)) return Quote(time, out price);
        return kind.SequenceEqual("trade"u8) ? Trade(time, out price)
            : "the stream is none of bookTicker, trade, depth";
    }

    readonly string? Quote(long time, out RecordedPrice price)
    {
        price = default;
        if (Number(_bid, "b", RecordedPrice.PriceMax, out var bid) is { } bidFault) return bidFault;
        if (Number(_ask, "a", RecordedPrice.PriceMax, out var ask) is { } askFault) return askFault;
        if (Number(_bidSize, "B", RecordedPrice.QuantityMax, out var bidSize) is { } bidSizeFault) return bidSizeFault;
        if (Number(_askSize, "A", RecordedPrice.QuantityMax, out var askSize) is { } askSizeFault) return askSizeFault;
        if (bid == 0 || ask < bid) return "the best quotes are zero or crossed";
        var kind = _hasEvent ? RecordedKind.ContractQuote : RecordedKind.SpotQuote;
        price = new(time, kind, bid, ask, Math.Min(bidSize, askSize));
        return null;
    }

    readonly string? Trade(long time, out RecordedPrice price)
    {
        price = default;
        if (Number(_price, "p", RecordedPrice.PriceMax, out var at) is { } priceFault) return priceFault;
        if (Number(_quantity, "q", RecordedPrice.QuantityMax, out var size) is { } sizeFault) return sizeFault;
        if (at == 0) return "the price is zero";
        if (!_hasSide) return "the field 'm' is missing";
        var kind = _hasSpotMark ? RecordedKind.SpotTrade : RecordedKind.ContractTrade;
        price = new(time, kind, at, at, size, _takerSells);
        return null;
    }

    static string? Number(ReadOnlySpan<byte> text, string name, long most, out long units)
    {
        var fault = DecimalText.TryAmount(text, Decimals, out var amount);
        units = amount <= (UInt128)most ? (long)amount : 0;
        if (text.IsEmpty) return $"the field '{name}' is missing";
        if (fault == DecimalFault.Decimals) return $"the field '{name}' has more than {Decimals} decimals";
        if (fault != DecimalFault.None) return $"the field '{name}' is no decimal number";
        return amount <= (UInt128)most ? null : $"the field '{name}' is too large";
    }
}
