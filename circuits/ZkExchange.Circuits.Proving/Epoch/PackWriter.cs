using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>Writes the inclusion files of all customers as one pack (specs/50-wire-formats.md section 9).</summary>
sealed class PackWriter
{
    const int AccountsPerPiece = 4096;
    const int NodesPerPiece = 1 << 15;

    readonly SafeFileHandle _file;
    readonly EpochBooks _books;
    readonly EpochSecrets _secrets;
    readonly CancellationToken _cancellation;
    readonly PackLayout _layout;

    PackWriter(SafeFileHandle file, EpochDraft draft, CancellationToken cancellation)
    {
        (_file, _books, _secrets, _cancellation) = (file, draft.Books, draft.Secrets, cancellation);
        _layout = new(_books.Sums.Shape, _books.Input.Book.Accounts);
        Span<byte> header = stackalloc byte[PackLayout.HeaderBytes];
        PackLayout.Magic.CopyTo(header);
        draft.Statement.Digest.WriteBytes(header[PackLayout.Magic.Length..]);
        var numbers = header[(PackLayout.Magic.Length + FileDigest.Bytes)..];
        BinaryPrimitives.WriteInt32LittleEndian(numbers, _layout.Tree.ShardHeight);
        BinaryPrimitives.WriteInt32LittleEndian(numbers[4..], _layout.Tree.ShardCount);
        BinaryPrimitives.WriteInt32LittleEndian(numbers[8..], _layout.Accounts);
        RandomAccess.Write(_file, header, 0);
    }

    /// <summary>Writes a pack to an empty file, which the caller flushes and closes.</summary>
    /// <param name="file">Open for writing.</param>
    /// <param name="draft">The epoch.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void Write(SafeFileHandle file, EpochDraft draft, CancellationToken cancellation)
    {
        var writer = new PackWriter(file, draft, cancellation);
        for (var shard = 0; shard < writer._layout.Tree.ShardCount; shard++) writer.WriteTree(shard);
        writer.WriteUpperNodes();
        var offsets = writer.WriteRecords();
        writer.WriteWords(
            writer._layout.Index, writer._layout.Accounts,
            i => offsets[writer._books.AccountsById[i]]);
    }

    void WriteTree(int shard)
    {
        var buffer = new byte[NodesPerPiece * NodeDigest.Bytes];
        for (var level = 0; level <= _layout.Tree.ShardHeight; level++)
        {
            var nodes = _books.Trees[shard].Level(level);
            for (var first = 0; first < nodes.Length; first += NodesPerPiece)
            {
                _cancellation.ThrowIfCancellationRequested();
                var count = Math.Min(NodesPerPiece, nodes.Length - first);
                for (var i = 0; i < count; i++) nodes[first + i].WriteBytes(buffer.AsSpan(i * NodeDigest.Bytes));
                RandomAccess.Write(
                    _file, buffer.AsSpan(0, count * NodeDigest.Bytes),
                    _layout.PlainLevel(shard, level) + ((long)first * NodeDigest.Bytes));
            }
        }
    }

    void WriteUpperNodes()
    {
        Span<byte> bytes = stackalloc byte[PackLayout.UpperNodeBytes];
        for (var level = _layout.Tree.ShardHeight; level <= _layout.Tree.Height; level++)
        {
            foreach (var node in _books.Sums.Level(level))
            {
                node.Sums.WriteBytes(bytes);
                node.Digest.WriteBytes(bytes[NodeDigest.Bytes..]);
                RandomAccess.Write(_file, bytes, _layout.UpperNode(level, node.Index));
            }
        }
    }

    // Returns where the record of each account begins.
    long[] WriteRecords()
    {
        var (book, offsets, at) = (_books.Input.Book, new long[_layout.Accounts], _layout.Records);
        var shards = new long[_layout.Tree.ShardCount + 1];
        for (var shard = 0; shard < _layout.Tree.ShardCount; shard++)
        {
            shards[shard] = at;
            foreach (var account in _books.Shards.AccountsOf(shard))
            {
                offsets[account] = at;
                at += PackLayout.RecordBytes(book.Id(account).Length, book.EntriesOf(account).Length);
            }
        }

        shards[^1] = at;
        WriteWords(_layout.Shards, shards.Length, i => shards[i]);
        var secret = new Salts(_secrets.Account);
        for (var shard = 0; shard < _layout.Tree.ShardCount; shard++)
        {
            var members = _books.Shards.AccountsOf(shard);
            for (var first = 0; first < members.Length; first += AccountsPerPiece)
            {
                _cancellation.ThrowIfCancellationRequested();
                var last = Math.Min(first + AccountsPerPiece, members.Length);
                WriteRecords(secret, members[first..last], offsets[members[first]]);
            }
        }

        return offsets;
    }

    // Of accounts that follow each other in position.
    void WriteRecords(Salts secret, ReadOnlySpan<int> accounts, long offset)
    {
        var (book, nonces) = (_books.Input.Book, new byte[accounts.Length * AccountTag.NonceBytes]);
        Derivation.Nonces(secret, book, accounts, nonces);
        long length = 0;
        foreach (var account in accounts)
            length += PackLayout.RecordBytes(book.Id(account).Length, book.EntriesOf(account).Length);
        var (records, at) = (new byte[length], 0);
        for (var i = 0; i < accounts.Length; i++)
        {
            at += PackLayout.WriteRecord(
                records.AsSpan(at), book.Id(accounts[i]), (uint)_books.Positions[accounts[i]],
                nonces.AsSpan(i * AccountTag.NonceBytes, AccountTag.NonceBytes),
                _books.Accounts.Salts[accounts[i]], book.EntriesOf(accounts[i]));
        }

        RandomAccess.Write(_file, records, offset);
        CryptographicOperations.ZeroMemory(nonces);
        CryptographicOperations.ZeroMemory(records);
    }

    void WriteWords(long offset, int count, Func<int, long> wordOf)
    {
        var bytes = new byte[NodesPerPiece * sizeof(ulong)];
        for (var first = 0; first < count; first += NodesPerPiece)
        {
            var some = Math.Min(NodesPerPiece, count - first);
            for (var i = 0; i < some; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)), wordOf(first + i));
            }

            RandomAccess.Write(
                _file, bytes.AsSpan(0, some * sizeof(ulong)), offset + ((long)first * sizeof(ulong)));
        }
    }
}
