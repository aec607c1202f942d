using System.Buffers.Binary;
using System.Text;

namespace ZkExchange.Commitments;

/// <summary>What a pack holds of one customer.</summary>
/// <param name="Id">Her id.</param>
/// <param name="Position">Of her leaf.</param>
/// <param name="Nonce">For the life of the account.</param>
/// <param name="Salt">Of this epoch.</param>
/// <param name="Entries">Well-formed.</param>
sealed record PackRecord(string Id, uint Position, FileDigest Nonce, Salt Salt, AccountEntry[] Entries)
{
    /// <summary>The bytes in which the id and its length are.</summary>
    public const int IdBytesMax = 1 + AccountTag.IdBytesMax;

    /// <summary>Reads the record at the beginning of foreign bytes; null if there is none.</summary>
    /// <param name="bytes">A record and whatever stands behind it.</param>
    /// <param name="length">How long the record is.</param>
    public static PackRecord? TryRead(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.IsEmpty) return null;
        var end = 1L + bytes[0] + 4 + AccountTag.NonceBytes + Salt.Bytes + 4;
        if (bytes.Length < end) return null;
        var count = BinaryPrimitives.ReadUInt32LittleEndian(bytes[((int)end - 4)..]);
        if (count is 0 or > PackLayout.EntriesMax) return null;
        var total = PackLayout.RecordBytes(bytes[0], (int)count);
        if (bytes.Length < total) return null;

        var id = Encoding.Latin1.GetString(bytes.Slice(1, bytes[0]));
        var at = 1 + bytes[0];
        var position = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
        var nonce = new FileDigest(bytes.Slice(at + 4, AccountTag.NonceBytes));
        var isSalt = Salt.TryRead(bytes.Slice(at + 4 + AccountTag.NonceBytes, Salt.Bytes), out var salt);
        var entries = new AccountEntry[count];
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = bytes[((int)end + (i * PackLayout.EntryBytes))..];
            entries[i] = new(
                BinaryPrimitives.ReadUInt32LittleEndian(entry), ReadAmount(entry[4..]),
                ReadAmount(entry[(4 + PackLayout.AmountBytes)..]));
        }

        if (!isSalt || !AccountTag.IsCustomerId(id) || !AccountLeaf.IsWellFormed(entries)) return null;
        length = (int)total;
        return new(id, position, nonce, salt, entries);
    }

    static UInt128 ReadAmount(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes));
}
