using System.Buffers.Binary;

namespace ZkExchange.Commitments;

/// <summary>Where the parts of a pack lie (specs/50-wire-formats.md section 9). All integers are little-endian.
/// </summary>
/// <remarks>
/// <code>
/// header      "ZKXPACK1", digest of the statement, u32 g, u32 k, u32 n
/// nodes       of each shard's plain tree, leaves first; then S and digest of each node of levels g .. H but EMPTY
/// shards      u64 x (k + 1)   where the records of each shard begin, and where the last one's end
/// index       u64 x n         where the record of each customer begins, by ascending id
/// records     by position: u8 length, id, u32 position, nonce, salt, u32 entries,
///             of each entry u32 key, u96 equity, u96 debt
/// </code>
/// </remarks>
/// <param name="Tree">g and k, within the limits of a statement.</param>
/// <param name="Accounts">n, 1 or more.</param>
readonly record struct PackLayout(TreeShape Tree, int Accounts)
{
    public const int HeaderBytes = 8 + FileDigest.Bytes + (3 * sizeof(uint));
    public const int EntryBytes = sizeof(uint) + (2 * AmountBytes);
    public const int AmountBytes = 12;
    public const int EntriesMax = EntryKey.AssetsMax * (EntryKey.PoolMax + 1);

    const int RecordBytesFixed =
        1 + sizeof(uint) + AccountTag.NonceBytes + Salt.Bytes + sizeof(uint);

    public static ReadOnlySpan<byte> Magic => "ZKXPACK1"u8;

    /// <summary>Nodes of one plain tree.</summary>
    public long NodesOfShard => (2L << Tree.ShardHeight) - 1;

    /// <summary>Where the nodes above the shards begin.</summary>
    public long UpperNodes => HeaderBytes + (Tree.ShardCount * NodesOfShard * NodeDigest.Bytes);

    public long Shards => UpperNode(Tree.Height, 0) + UpperNodeBytes;

    public long Index => Shards + ((Tree.ShardCount + 1L) * sizeof(ulong));

    public long Records => Index + ((long)Accounts * sizeof(ulong));

    public const int UpperNodeBytes = 2 * NodeDigest.Bytes;

    /// <summary>Where a level of a plain tree begins.</summary>
    public long PlainLevel(int shard, int level) =>
        HeaderBytes + (((shard * NodesOfShard) + (2L << Tree.ShardHeight) - (2L << (Tree.ShardHeight - level)))
            * NodeDigest.Bytes);

    /// <summary>Where S and digest of a node that is not EMPTY begin.</summary>
    public long UpperNode(int level, int index)
    {
        long before = index;
        for (var below = Tree.ShardHeight; below < level; below++) before += Tree.NodesAt(below);
        return UpperNodes + (before * UpperNodeBytes);
    }

    /// <summary>Bytes of a record.</summary>
    public static long RecordBytes(int idLength, int entries) =>
        RecordBytesFixed + idLength + ((long)entries * EntryBytes);

    /// <summary>Writes a record; returns its length.</summary>
    public static int WriteRecord(
        Span<byte> record, ReadOnlySpan<byte> id, uint position, ReadOnlySpan<byte> nonce, in Salt salt,
        ReadOnlySpan<AccountEntry> entries)
    {
        record[0] = (byte)id.Length;
        id.CopyTo(record[1..]);
        var at = 1 + id.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(record[at..], position);
        nonce.CopyTo(record[(at + 4)..]);
        at += 4 + AccountTag.NonceBytes;
        salt.WriteBytes(record[at..]);
        BinaryPrimitives.WriteUInt32LittleEndian(record[(at + Salt.Bytes)..], (uint)entries.Length);
        at += Salt.Bytes + 4;
        foreach (ref readonly var entry in entries)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(record[at..], entry.Key);
            WriteAmount(record[(at + 4)..], entry.Equity);
            WriteAmount(record[(at + 4 + AmountBytes)..], entry.Debt);
            at += EntryBytes;
        }

        return at;
    }

    static void WriteAmount(Span<byte> bytes, UInt128 amount)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)amount);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], (uint)(amount >> 64));
    }
}
