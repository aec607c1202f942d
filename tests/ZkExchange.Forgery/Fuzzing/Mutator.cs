using System.Buffers.Binary;
using ZkExchange.Fields;

namespace ZkExchange.Forgery.Fuzzing;

/// <summary>Changes bytes at random, as noise would and as somebody who knows the form would.</summary>
sealed class Mutator(Random random)
{
    static readonly byte[][] s_tokens =
    [
        .. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "\\", "null", "true", "0", "-1", "1e9", "00", "9007199254740993",
            "\\u0000",
            "1267650600228229401496703205375", "1267650600228229401496703205376", "\n", "\r\n", "\"\"", ".",
            "-", "+", " ",
            "[0-1:2]", "BTC", "customer_id", "\uFEFF", "\u00e9", "=1+1", "2026-11-20T00:00:00Z", "255", "65536",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    /// <summary>One to four changes; now and then rubbish of any length.</summary>
    /// <param name="original">Good bytes.</param>
    /// <param name="isText">Whether pieces of text are worth a try.</param>
    public byte[] Change(byte[] original, bool isText)
    {
        if (random.Next(200) == 0) return Rubbish(random.Next(3 * original.Length + 2));

        var bytes = original;
        for (var i = random.Next(1, 5); i > 0; i--) bytes = Once(bytes, isText);
        return bytes;
    }

    byte[] Once(byte[] bytes, bool isText)
    {
        if (bytes.Length < 8) return Rubbish(random.Next(64));

        var at = random.Next(bytes.Length - 4);
        switch (random.Next(isText ? 11 : 8))
        {
            case 0:
                return With(bytes, at, (byte)(bytes[at] ^ 1 << random.Next(8)));
            case 1:
                return With(bytes, at, (byte)random.Next(256));
            case 2:
                return bytes[..at];
            case 3:
                return [.. bytes[..at], .. Rubbish(random.Next(1, 40)), .. bytes[at..]];
            case 4:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 80))..]];
            case 5:
                var from = random.Next(bytes.Length);
                var length = Math.Min(random.Next(1, 200), bytes.Length - Math.Max(at, from));
                var copy = (byte[])bytes.Clone();
                bytes.AsSpan(from, length).CopyTo(copy.AsSpan(at));
                return copy;
            case 6:
                return WithWord(bytes, at / 4 * 4);
            case 7:
                return [.. bytes, .. bytes.AsSpan(at)];
            case 8:
                var token = s_tokens[random.Next(s_tokens.Length)];
                return [.. bytes[..at], .. token, .. bytes[at..]];
            case 9:
                token = s_tokens[random.Next(s_tokens.Length)];
                return [.. bytes[..at], .. token, .. bytes[Math.Min(bytes.Length, at + token.Length)..]];
            default:
                return bytes[at] is >= (byte)'0' and <= (byte)'9'
                    ? With(bytes, at, (byte)random.Next('0', '9' + 1))
                    : With(bytes, at, (byte)random.Next(' ', '~' + 1));
        }
    }

    byte[] WithWord(byte[] bytes, int at)
    {
        var copy = (byte[])bytes.Clone();
        var word = BinaryPrimitives.ReadUInt32LittleEndian(copy.AsSpan(at));
        BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(at), random.Next(6) switch
        {
            0 => unchecked(word + KoalaBear.Modulus),
            1 => KoalaBear.Modulus,
            2 => KoalaBear.Modulus - 1,
            3 => 0,
            4 => uint.MaxValue,
            _ => unchecked(word + 1),
        });
        return copy;
    }

    byte[] Rubbish(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    static byte[] With(byte[] bytes, int at, byte value)
    {
        var copy = (byte[])bytes.Clone();
        copy[at] = value;
        return copy;
    }
}
