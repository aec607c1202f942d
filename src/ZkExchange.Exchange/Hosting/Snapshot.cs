using System.Buffers.Binary;
using System.Security.Cryptography;
using ZkExchange.Ledger;
using ZkExchange.Ledger.Journal;

namespace ZkExchange.Exchange.Hosting;

/// <summary>The whole state between two frames, tied to the frame before it, under a hash of its own.</summary>
/// <param name="NextSequence">Sequence number of the first command that is not in it.</param>
/// <param name="FrameHash">Hash of the last frame that is in it.</param>
/// <param name="State">The canonical form of the venue.</param>
public sealed record Snapshot(ulong NextSequence, byte[] FrameHash, byte[] State)
{
    const uint Magic = 0x53584B5A;              // "ZKXS"
    const uint Version = 3;
    const string Prefix = "snapshot-";
    const string Suffix = ".zks";

    /// <summary>The name of its file.</summary>
    public string Name => $"{Prefix}{NextSequence:D20}{Suffix}";

    /// <summary>The bytes of its file.</summary>
    public byte[] Encode()
    {
        var writer = new StateWriter();
        writer.U32(Magic);
        writer.U32(Version);
        writer.U64(NextSequence);
        writer.Raw(FrameHash);
        writer.Block(State);
        return [.. writer.Bytes, .. writer.Hash()];
    }

    /// <summary>The snapshot in a file, or null if it is not whole.</summary>
    public static Snapshot? TryDecode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 32 + 52 || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic
            || !SHA256.HashData(bytes[..^32]).AsSpan().SequenceEqual(bytes[^32..]))
            return null;
        var reader = new StateReader(bytes[4..^32]);
        if (reader.U32() != Version)
            return null;
        var read = new Snapshot(reader.U64(), reader.Next(32).ToArray(), reader.Block().ToArray());
        return reader.IsComplete ? read : null;
    }

    /// <summary>Names of the snapshots of a folder, the newest first.</summary>
    public static IReadOnlyList<string> NamesIn(IJournalDisk disk)
    {
        ArgumentNullException.ThrowIfNull(disk);
        var names = disk.Names().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)
            && n.EndsWith(Suffix, StringComparison.Ordinal)).ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        Array.Reverse(names);
        return names;
    }
}
