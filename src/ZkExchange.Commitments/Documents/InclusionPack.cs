// The inclusion files of all customers of an epoch in one file (specs/50-wire-formats.md section 9). What files have in
// common, the nodes of the tree, is there once; a customer's file is put together when she asks for it, byte for byte
// the one that section 7 describes. Nothing is derived: who holds a pack needs no secret of the exchange.

using System.Buffers.Binary;
using System.Text;

namespace ZkExchange.Commitments;

/// <summary>Reads a pack. Its bytes may be anyone's: what is broken is refused, never thrown, and no more is read than
/// a file needs.</summary>
public sealed class InclusionPack : IDisposable
{
    /// <summary>The name of the file in the private folder of an epoch.</summary>
    public const string FileName = "inclusion.pack";

    readonly Stream _stream;
    readonly Lock _gate = new();
    readonly PackLayout _layout;

    InclusionPack(Stream stream, FileDigest statement, PackLayout layout) =>
        (_stream, Statement, _layout) = (stream, statement, layout);

    /// <summary>Digest of the statement whose tree this is.</summary>
    public FileDigest Statement { get; }

    /// <summary>g and k of the tree.</summary>
    public TreeShape Tree => _layout.Tree;

    /// <summary>How many customers are in it.</summary>
    public int Accounts => _layout.Accounts;

    internal PackLayout Layout => _layout;

    /// <summary>True if the bytes begin like a pack.</summary>
    public static bool IsPack(ReadOnlySpan<byte> beginning) => beginning.StartsWith(PackLayout.Magic);

    /// <summary>Opens a pack, which closes the stream in the end.</summary>
    /// <param name="stream">Can seek.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static Reading<InclusionPack> Open(Stream stream)
    {
        Span<byte> header = stackalloc byte[PackLayout.HeaderBytes];
        stream.Position = 0;
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !IsPack(header))
            return Refuse(DocumentRule.Format, "the header");
        var statement = new FileDigest(header.Slice(PackLayout.Magic.Length, FileDigest.Bytes));
        var numbers = header[(PackLayout.Magic.Length + FileDigest.Bytes)..];
        var height = BinaryPrimitives.ReadUInt32LittleEndian(numbers);
        var shards = BinaryPrimitives.ReadUInt32LittleEndian(numbers[4..]);
        var accounts = BinaryPrimitives.ReadUInt32LittleEndian(numbers[8..]);
        if (shards is 0 or > TreeShape.ShardsMax) return Refuse(DocumentRule.ShardCount, "k");
        if (height > TreeShape.ShardHeightMax || !new TreeShape((int)height, (int)shards).IsValid)
            return Refuse(DocumentRule.TreeHeight, "g");
        var tree = new TreeShape((int)height, (int)shards);
        if (accounts == 0 || accounts > tree.Positions) return Refuse(DocumentRule.Accounts, "n");
        var layout = new PackLayout(tree, (int)accounts);
        return stream.Length < layout.Records
            ? Refuse(DocumentRule.Length, $"{stream.Length} bytes")
            : new(new(stream, statement, layout), default);

        static Reading<InclusionPack> Refuse(DocumentRule rule, string where) => new(null, new(rule, where));
    }

    /// <summary>The file of a customer; refused with rule Customer if she is not in the pack, with another if what
    /// would be her file is broken. Whether it leads to the root of a statement is for who has the statement.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public Reading<InclusionFile> Find(string customer)
    {
        if (!AccountTag.IsCustomerId(customer)) return Refuse(DocumentRule.Customer, "the id given");
        lock (_gate)
        {
            var (low, high) = (0L, _layout.Accounts - 1L);
            while (low <= high)
            {
                var middle = (low + high) / 2;
                if (OffsetAt(middle) is not { } offset || IdAt(offset) is not { } id)
                    return Refuse(DocumentRule.Length, $"index {middle}");
                var order = string.CompareOrdinal(id, customer);
                if (order == 0) return FileAt(offset);
                if (order < 0) low = middle + 1;
                else high = middle - 1;
            }
        }

        return Refuse(DocumentRule.Customer, "no such customer");
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>Reads a part of the file; false if it ends before.</summary>
    internal bool TryRead(long offset, Span<byte> bytes)
    {
        lock (_gate)
        {
            if (offset < 0 || offset > _stream.Length - bytes.Length) return false;
            _stream.Position = offset;
            return _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
        }
    }

    /// <summary>Where the records of a shard begin, and behind the last shard their end.</summary>
    internal long? RecordsOf(int shard) => Word(_layout.Shards + ((long)shard * sizeof(ulong)));

    /// <summary>The siblings and sums above a shard; null if a digest is not canonical.</summary>
    internal (NodeDigest[] Siblings, NodeDigest[] Sums)? Above(int shard)
    {
        var (g, tree) = (_layout.Tree.ShardHeight, _layout.Tree);
        var (siblings, sums) = (new NodeDigest[tree.Height - g], new NodeDigest[tree.Height - g + 1]);
        for (var level = g; level <= tree.Height; level++)
        {
            var index = shard >> (level - g);
            if (!TryDigest(_layout.UpperNode(level, index), out sums[level - g])) return null;
            if (level == tree.Height) break;
            ref var sibling = ref siblings[level - g];
            sibling = NodeDigest.Empty;
            if ((index ^ 1) < tree.NodesAt(level)
                && !TryDigest(_layout.UpperNode(level, index ^ 1) + NodeDigest.Bytes, out sibling))
                return null;
        }

        return (siblings, sums);
    }

    Reading<InclusionFile> FileAt(long offset)
    {
        Span<byte> head = stackalloc byte[PackRecord.IdBytesMax];
        if (!TryRead(offset, head[..1])) return Refuse(DocumentRule.Length, "a record");
        var fixedBytes = (int)PackLayout.RecordBytes(head[0], 0);
        Span<byte> word = stackalloc byte[sizeof(uint)];
        if (!TryRead(offset + fixedBytes - word.Length, word)) return Refuse(DocumentRule.Length, "a record");
        var count = BinaryPrimitives.ReadUInt32LittleEndian(word);
        if (count is 0 or > PackLayout.EntriesMax) return Refuse(DocumentRule.Entries, "a record");
        var bytes = new byte[PackLayout.RecordBytes(head[0], (int)count)];
        if (!TryRead(offset, bytes)) return Refuse(DocumentRule.Length, "a record");
        if (PackRecord.TryRead(bytes, out _) is not { } record || record.Position >= Tree.Positions)
            return Refuse(DocumentRule.Entries, "a record");
        return PathOf(record.Position) is { } path
            ? new(FileOf(record, path), default)
            : Refuse(DocumentRule.Digest, "the tree");
    }

    /// <summary>The file that a record and a path make.</summary>
    internal InclusionFile FileOf(PackRecord record, InclusionPath path) => new()
    {
        Customer = record.Id,
        Entries = record.Entries,
        Nonce = record.Nonce,
        Path = path,
        Salt = record.Salt,
        Statement = Statement,
    };

    InclusionPath? PathOf(uint position)
    {
        var (g, shard) = (Tree.ShardHeight, (int)(position >> Tree.ShardHeight));
        if (Above(shard) is not { } above) return null;
        var siblings = new NodeDigest[Tree.Height];
        var local = position & ((1u << g) - 1);
        for (var level = 0; level < g; level++)
        {
            var at = _layout.PlainLevel(shard, level) + (((local >> level) ^ 1L) * NodeDigest.Bytes);
            if (!TryDigest(at, out siblings[level])) return null;
        }

        above.Siblings.CopyTo(siblings, g);
        return new(position, siblings, above.Sums);
    }

    long? OffsetAt(long index) => Word(_layout.Index + (index * sizeof(ulong)));

    string? IdAt(long offset)
    {
        Span<byte> bytes = stackalloc byte[PackRecord.IdBytesMax];
        if (offset < _layout.Records || !TryRead(offset, bytes[..1]) || bytes[0] > AccountTag.IdBytesMax) return null;
        var id = bytes[..bytes[0]];
        return TryRead(offset + 1, id) ? Encoding.Latin1.GetString(id) : null;
    }

    long? Word(long offset)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        return TryRead(offset, bytes) && BinaryPrimitives.ReadUInt64LittleEndian(bytes) is <= long.MaxValue and var word
            ? (long)word
            : null;
    }

    bool TryDigest(long offset, out NodeDigest digest)
    {
        Span<byte> bytes = stackalloc byte[NodeDigest.Bytes];
        digest = default;
        return TryRead(offset, bytes) && NodeDigest.TryRead(bytes, out digest);
    }

    static Reading<InclusionFile> Refuse(DocumentRule rule, string where) => new(null, new(rule, where));
}
