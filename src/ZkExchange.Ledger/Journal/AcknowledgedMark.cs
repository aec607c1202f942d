using System.Buffers.Binary;

namespace ZkExchange.Ledger.Journal;

/// <summary>
/// How far a journal had been made durable when its writer last said so: what tells damage from a write that did not
/// finish (specs/70-exchange-core.md section 8).
/// </summary>
/// <remarks>
/// Written after each flush and before anybody hears of it, in one of two places in turn, and flushed later: an older
/// mark says less, and nothing wrong.
/// </remarks>
/// <param name="NextSequence">All commands before this one are durable.</param>
/// <param name="Length">Bytes of the last journal file at that time.</param>
/// <param name="LastHash">Hash of the last durable frame, zeros before the first.</param>
public sealed record AcknowledgedMark(ulong NextSequence, long Length, byte[] LastHash)
{
    /// <summary>The name of the file.</summary>
    public const string Name = "journal.mark";

    /// <summary>Bytes of a mark.</summary>
    public const int Bytes = 64;

    /// <summary>Where the second place begins: in another sector.</summary>
    public const int Stride = 512;

    const uint Magic = 0x4D584B5A;              // "ZKXM"
    const uint Version = 1;

    internal static void Write(Span<byte> to, ulong nextSequence, long length, ReadOnlySpan<byte> lastHash)
    {
        to.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(to, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(to[4..], Version);
        BinaryPrimitives.WriteUInt64LittleEndian(to[8..], nextSequence);
        BinaryPrimitives.WriteInt64LittleEndian(to[16..], length);
        lastHash.CopyTo(to[24..]);
        BinaryPrimitives.WriteUInt32LittleEndian(to[60..], Crc32C.Of(to[..60]));
    }

    /// <summary>The mark that says most, or null if there is none to trust.</summary>
    /// <param name="disk">The folder.</param>
    /// <param name="place">Which of the two places it is in.</param>
    internal static AcknowledgedMark? Find(IJournalDisk disk, out int place)
    {
        place = 1;                                               // so that the first one is written to place 0
        if (!disk.Names().Contains(Name, StringComparer.Ordinal))
            return null;
        var bytes = disk.Read(Name);
        AcknowledgedMark? best = null;
        for (var i = 0; i < 2; i++)
        {
            var found = bytes.Length < (i * Stride) + Bytes ? null : TryRead(bytes.AsSpan(i * Stride, Bytes));
            if (found == null || (best != null && found.NextSequence <= best.NextSequence))
                continue;
            (best, place) = (found, i);
        }
        return best;
    }

    static AcknowledgedMark? TryRead(ReadOnlySpan<byte> from) =>
        BinaryPrimitives.ReadUInt32LittleEndian(from) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(from[4..]) != Version
            || BinaryPrimitives.ReadUInt32LittleEndian(from[60..]) != Crc32C.Of(from[..60])
            ? null
            : new AcknowledgedMark(BinaryPrimitives.ReadUInt64LittleEndian(from[8..]),
                BinaryPrimitives.ReadInt64LittleEndian(from[16..]), from[24..56].ToArray());
}
