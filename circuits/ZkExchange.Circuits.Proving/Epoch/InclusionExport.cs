// From a pack to one file a customer. Shard by shard the tree is built anew from its leaves, and every leaf from what
// its customer will see, all on the lanes of the machine: each file leads to the root of the statement, or none is
// written.

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>Writes the inclusion file of every customer.</summary>
public sealed class InclusionExport
{
    const int ChunkBytes = 8 << 20;
    const int RecordsPerPiece = 512;

    readonly InclusionPack _pack;
    readonly Statement _statement;
    readonly PendingFolder _folder;
    readonly int _threads;
    readonly Action<EpochPhase>? _progress;
    readonly CancellationToken _cancellation;
    int _accounts;
    long _bytes;

    InclusionExport(
        InclusionPack pack, Statement statement, PendingFolder folder, int threads, Action<EpochPhase>? progress,
        CancellationToken cancellation) =>
        (_pack, _statement, _folder, _threads, _progress, _cancellation) =
        (pack, statement, folder, threads, progress, cancellation);

    /// <summary>Writes the files; the caller commits the folder.</summary>
    /// <param name="pack">What to write.</param>
    /// <param name="statement">The statement of the pack.</param>
    /// <param name="folder">Where.</param>
    /// <param name="threads">Threads that work at once.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The bytes of all files; there are as many files as accounts.</returns>
    /// <exception cref="InvalidDataException">The pack does not lead to the root of the statement.</exception>
    public static long Write(
        InclusionPack pack, Statement statement, PendingFolder folder, int threads,
        Action<EpochPhase>? progress = null, CancellationToken cancellation = default)
    {
        var export = new InclusionExport(pack, statement, folder, threads, progress, cancellation);
        if (pack.Statement != statement.Digest || pack.Tree != statement.Tree || pack.Accounts != statement.Accounts)
            throw new InvalidDataException("the pack belongs to another statement");
        for (var shard = 0; shard < pack.Tree.ShardCount; shard++) export.WriteShard(shard);
        return export._accounts == pack.Accounts
            ? export._bytes
            : throw new InvalidDataException("the pack does not hold every account");
    }

    /// <summary>Where the file of a customer lies in the folder: SHA-256 of the id, below its first two digits.
    /// Ids themselves may hold what no name of a file can.</summary>
    public static string NameOf(string customer)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(customer)));
        return $"{digest[..2]}/{digest}.json";
    }

    void WriteShard(int shard)
    {
        var tree = PlainTree.Build(ReadLeaves(shard), _threads);
        var above = _pack.Above(shard) ?? throw Broken();
        var top = new InclusionPath(
            (long)shard << tree.Height, [.. tree.Path(0), .. above.Siblings], above.Sums);
        if (top.Root(tree.Level(0)[0], _pack.Tree) != _statement.Root) throw Broken();

        var (at, end) = (_pack.RecordsOf(shard) ?? throw Broken(), _pack.RecordsOf(shard + 1) ?? throw Broken());
        while (at < end)
        {
            _cancellation.ThrowIfCancellationRequested();
            var chunk = new byte[Math.Min(ChunkBytes, end - at)];
            if (!_pack.TryRead(at, chunk)) throw Broken();
            var starts = StartsOf(chunk);
            if (starts.Count < 2)
            {
                // A record longer than a chunk: half a million entries, or nonsense.
                var longest = PackLayout.RecordBytes(AccountTag.IdBytesMax, PackLayout.EntriesMax);
                chunk = new byte[Math.Min(longest, end - at)];
                if (!_pack.TryRead(at, chunk)) throw Broken();
                starts = StartsOf(chunk);
                if (starts.Count < 2) throw Broken();
            }

            var records = starts.Count - 1;
            Pieces.For((records + RecordsPerPiece - 1) / RecordsPerPiece, _threads, piece =>
            {
                var first = piece * RecordsPerPiece;
                WritePiece(
                    chunk, starts.GetRange(first, Math.Min(RecordsPerPiece, records - first) + 1), shard, tree, above);
            }, _cancellation);
            at += starts[^1];
            _accounts += records;
            _progress?.Invoke(new("writing inclusion files", (double)_accounts / _pack.Accounts));
        }
    }

    NodeDigest[] ReadLeaves(int shard)
    {
        var leaves = new NodeDigest[1 << _pack.Tree.ShardHeight];
        var bytes = new byte[ChunkBytes];
        for (var first = 0; first < leaves.Length; first += bytes.Length / NodeDigest.Bytes)
        {
            var count = Math.Min(bytes.Length / NodeDigest.Bytes, leaves.Length - first);
            var some = bytes.AsSpan(0, count * NodeDigest.Bytes);
            if (!_pack.TryRead(_pack.Layout.PlainLevel(shard, 0) + ((long)first * NodeDigest.Bytes), some))
                throw Broken();
            for (var i = 0; i < count; i++)
            {
                if (!NodeDigest.TryRead(some.Slice(i * NodeDigest.Bytes, NodeDigest.Bytes), out leaves[first + i]))
                    throw Broken();
            }
        }

        return leaves;
    }

    // Where the records of a chunk begin, and where the last one ends that is there as a whole.
    static List<int> StartsOf(ReadOnlySpan<byte> chunk)
    {
        var starts = new List<int> { 0 };
        while (true)
        {
            var rest = chunk[starts[^1]..];
            if (rest.IsEmpty) return starts;
            var head = PackLayout.RecordBytes(rest[0], 0);
            if (rest.Length < head) return starts;
            var entries = BinaryPrimitives.ReadUInt32LittleEndian(rest[((int)head - sizeof(uint))..]);
            if (entries > PackLayout.EntriesMax) return starts;
            var length = PackLayout.RecordBytes(rest[0], (int)entries);
            if (rest.Length < length) return starts;
            starts.Add(starts[^1] + (int)length);
        }
    }

    void WritePiece(
        byte[] chunk, List<int> starts, int shard, PlainTree tree, (NodeDigest[] Siblings, NodeDigest[] Sums) above)
    {
        var records = new PackRecord[starts.Count - 1];
        for (var i = 0; i < records.Length; i++)
            records[i] = PackRecord.TryRead(chunk.AsSpan(starts[i]), out _) ?? throw Broken();
        var (leaves, mask, bytes) = (LeavesOf(records), (1u << tree.Height) - 1, 0L);
        for (var i = 0; i < records.Length; i++)
        {
            var record = records[i];
            var local = (int)(record.Position & mask);
            if (record.Position >> tree.Height != shard || tree.Level(0)[local] != leaves[i]) throw Broken();
            var path = new InclusionPath(record.Position, [.. tree.Path(local), .. above.Siblings], above.Sums);
            var file = _pack.FileOf(record, path).Write();
            _folder.WriteCopy(NameOf(record.Id), file);
            bytes += file.Length;
        }

        Interlocked.Add(ref _bytes, bytes);
    }

    // The leaves of accounts from what their customers get.
    static NodeDigest[] LeavesOf(PackRecord[] records)
    {
        var (tags, salts, leaves) =
            (new NodeDigest[records.Length], new Salt[records.Length], new NodeDigest[records.Length]);
        var (entryStarts, entries) = (new int[records.Length + 1], new List<AccountEntry>());
        var batch = new TagBatch(records.Length);
        for (var i = 0; i < records.Length; i++)
        {
            batch.Add(records[i].Id, records[i].Nonce.ToArray());
            salts[i] = records[i].Salt;
            entries.AddRange(records[i].Entries);
            entryStarts[i + 1] = entries.Count;
        }

        batch.Finish(tags);
        LeafBatch.Write(
            new([], new int[records.Length + 1], [.. entries], entryStarts), 0, records.Length, tags, salts, leaves);
        return leaves;
    }

    static InvalidDataException Broken() => new("the pack does not lead to the root of the statement");
}
