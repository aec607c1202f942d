// What stays with the exchange: DIR.private beside the published DIR, for its owner only. From it follow the inclusion
// file of every customer and the opening of every sum (specs/51-input-files.md section 6).
//
//   account.secret, epoch.secret   64 hexadecimal digits and a line end
//   statement.sha256               the digest of the statement that all this belongs to, likewise
//   accounts.bin                   "ZKXACCT1", u32 n, n times u64 offset, then n records in ascending order of ids:
//                                  u8 length, id, u32 position, u32 entries, each u32 key, u96 equity, u96 debt
//   tree.bin                       "ZKXTREE1", u32 g, u32 k, the nodes of each shard's plain tree (leaves first, 32
//                                  bytes each), then for levels g .. H and each node that is not EMPTY: digest, S
//   openings.json                  for each of these nodes its accounts, bad debt, totals, blind and content
//
// All integers are little-endian.

using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>The private folder of an epoch.</summary>
public sealed class PrivateFolder : IDisposable
{
    /// <summary>What is put behind the name of the published folder.</summary>
    public const string Suffix = ".private";

    const string AccountSecretName = "account.secret";
    const string EpochSecretName = "epoch.secret";
    const string StatementName = "statement.sha256";
    const string AccountsName = "accounts.bin";
    const string TreeName = "tree.bin";
    const string OpeningsName = "openings.json";
    const int AmountBytes = 12;
    const int EntryBytes = 4 + (2 * AmountBytes);
    const int HeaderBytes = 12;
    const int TreeHeaderBytes = 16;

    readonly FileStream _accounts;
    readonly FileStream _tree;
    readonly EpochSecrets _secrets;
    readonly uint _count;

    PrivateFolder(EpochSecrets secrets, FileDigest statement, FileStream accounts, FileStream tree, uint count) =>
        (_secrets, Statement, _accounts, _tree, _count) = (secrets, statement, accounts, tree, count);

    /// <summary>The statement that the folder belongs to.</summary>
    public FileDigest Statement { get; }

    /// <summary>Where the private folder of a published one lies.</summary>
    public static string PathOf(string published) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(published)) + Suffix;

    /// <summary>The secret of the accounts in a private folder; throws <see cref="IOException"/> when there is none.
    /// </summary>
    public static byte[] ReadAccountSecret(string path) => ReadHex(Path.Combine(path, AccountSecretName));

    /// <summary>Writes the folder.</summary>
    public static void Write(PendingFolder folder, EpochDraft draft)
    {
        folder.Write(AccountSecretName, HexLine(draft.Secrets.Account));
        folder.Write(EpochSecretName, HexLine(draft.Secrets.Epoch));
        folder.Write(StatementName, HexLine(draft.Statement.Digest.ToArray()));
        using (var stream = folder.Create(AccountsName))
        {
            WriteAccounts(stream, draft);
            stream.Flush(flushToDisk: true);
        }

        using (var stream = folder.Create(TreeName))
        {
            WriteTree(stream, draft);
            stream.Flush(flushToDisk: true);
        }

        using (var stream = folder.Create(OpeningsName))
        {
            WriteOpenings(stream, draft.Books.Sums);
            stream.Flush(flushToDisk: true);
        }
    }

    /// <summary>Opens a folder; throws <see cref="IOException"/> or <see cref="InvalidDataException"/> when it is not
    /// whole.</summary>
    public static PrivateFolder Open(string path)
    {
        var secrets = new EpochSecrets(ReadAccountSecret(path), ReadHex(Path.Combine(path, EpochSecretName)));
        if (!secrets.IsValid) throw new InvalidDataException("the secrets are not those of an epoch");
        var statement = new FileDigest(ReadHex(Path.Combine(path, StatementName)));
        var accounts = File.OpenRead(Path.Combine(path, AccountsName));
        var tree = File.OpenRead(Path.Combine(path, TreeName));
        Span<byte> header = stackalloc byte[TreeHeaderBytes];
        tree.ReadExactly(header);
        var isTree = header[..8].SequenceEqual("ZKXTREE1"u8);
        accounts.ReadExactly(header[..HeaderBytes]);
        if (!isTree || !header[..8].SequenceEqual("ZKXACCT1"u8))
            throw new InvalidDataException("the files are of another version");
        return new(secrets, statement, accounts, tree, BinaryPrimitives.ReadUInt32LittleEndian(header[8..]));
    }

    /// <summary>The inclusion file of a customer, or null if she has no account in the epoch.</summary>
    /// <param name="customer">Her id.</param>
    /// <param name="statement">The statement of the epoch; its digest is <see cref="Statement"/>.</param>
    /// <exception cref="InvalidDataException">The folder does not lead to the root of the statement.</exception>
    public InclusionFile? Find(string customer, Statement statement)
    {
        Check.That(statement.Digest == Statement);
        if (!AccountTag.IsCustomerId(customer) || FindRecord(Encoding.ASCII.GetBytes(customer)) is not { } record)
            return null;

        var (position, entries) = record;
        if (position >= statement.Tree.Positions) throw new InvalidDataException("a position is beyond the tree");
        var file = new InclusionFile
        {
            Customer = customer,
            Entries = entries,
            Nonce = new(new Salts(_secrets.Account).Nonce(customer)),
            Salt = new Salts(_secrets.Epoch).Leaf((ulong)statement.Epoch, position),
            Path = ReadPath(position, statement.Tree),
            Statement = Statement,
        };
        return file.Path.Root(file.Leaf(customer), statement.Tree) == statement.Root
            ? file
            : throw new InvalidDataException("the private folder does not lead to the root of the statement");
    }

    public void Dispose()
    {
        _accounts.Dispose();
        _tree.Dispose();
    }

    static void WriteAccounts(FileStream stream, EpochDraft draft)
    {
        var book = draft.Books.Input.Book;
        var offset = (ulong)HeaderBytes + (8 * (ulong)book.Accounts);
        Span<byte> word = stackalloc byte[16];
        "ZKXACCT1"u8.CopyTo(word);
        BinaryPrimitives.WriteInt32LittleEndian(word[8..], book.Accounts);
        stream.Write(word[..HeaderBytes]);
        foreach (var account in draft.Books.AccountsById)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, offset);
            stream.Write(word[..8]);
            offset += 9 + (ulong)book.Id(account).Length + ((ulong)book.EntriesOf(account).Length * EntryBytes);
        }

        foreach (var account in draft.Books.AccountsById)
        {
            var id = book.Id(account);
            var entries = book.EntriesOf(account);
            stream.WriteByte((byte)id.Length);
            stream.Write(id);
            BinaryPrimitives.WriteInt32LittleEndian(word, draft.Books.Positions[account]);
            BinaryPrimitives.WriteInt32LittleEndian(word[4..], entries.Length);
            stream.Write(word[..8]);
            foreach (ref readonly var entry in entries)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(word, entry.Key);
                stream.Write(word[..4]);
                WriteAmount(stream, entry.Equity, word);
                WriteAmount(stream, entry.Debt, word);
            }
        }
    }

    static void WriteAmount(FileStream stream, UInt128 amount, Span<byte> word)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(word, amount);
        stream.Write(word[..AmountBytes]);
    }

    static void WriteTree(FileStream stream, EpochDraft draft)
    {
        var shape = draft.Books.Sums.Shape;
        Span<byte> header = stackalloc byte[TreeHeaderBytes];
        "ZKXTREE1"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], shape.ShardHeight);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], shape.ShardCount);
        stream.Write(header);
        Span<byte> digest = stackalloc byte[NodeDigest.Bytes];
        foreach (var tree in draft.Books.Trees)
        {
            for (var level = 0; level <= shape.ShardHeight; level++)
            {
                foreach (ref readonly var node in tree.Level(level))
                {
                    node.WriteBytes(digest);
                    stream.Write(digest);
                }
            }
        }

        for (var level = shape.ShardHeight; level <= shape.Height; level++)
        {
            foreach (var node in draft.Books.Sums.Level(level))
            {
                node.Digest.WriteBytes(digest);
                stream.Write(digest);
                node.Sums.WriteBytes(digest);
                stream.Write(digest);
            }
        }
    }

    static void WriteOpenings(FileStream stream, SumTree sums)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartArray();
        for (var level = sums.Shape.ShardHeight; level <= sums.Shape.Height; level++)
        {
            foreach (var node in sums.Level(level))
            {
                json.WriteStartObject();
                json.WriteNumber("level", node.Level);
                json.WriteNumber("index", node.Index);
                json.WriteNumber("accounts", node.Totals.Accounts);
                json.WriteString("badDebt", node.Totals.BadDebt.ToString(CultureInfo.InvariantCulture));
                json.WriteString("blind", node.Blind.ToString());
                json.WriteString("content", node.Content.ToString());
                json.WriteStartArray("totals");
                foreach (var asset in node.Totals.Assets)
                {
                    json.WriteStartObject();
                    json.WriteString("debt", asset.Debt.ToString(CultureInfo.InvariantCulture));
                    json.WriteString("equity", asset.Equity.ToString(CultureInfo.InvariantCulture));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    (uint Position, AccountEntry[] Entries)? FindRecord(ReadOnlySpan<byte> id)
    {
        Span<byte> word = stackalloc byte[16];
        var found = new byte[AccountTag.IdBytesMax];
        var (low, high) = (0L, (long)_count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            Seek(_accounts, HeaderBytes + (8 * middle), word[..8]);
            Seek(_accounts, (long)BinaryPrimitives.ReadUInt64LittleEndian(word), word[..1]);
            if (word[0] > found.Length) throw new InvalidDataException("a record is broken");
            var name = found.AsSpan(0, word[0]);
            _accounts.ReadExactly(name);
            var order = name.SequenceCompareTo(id);
            if (order == 0) return ReadRecord(word);
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return null;
    }

    (uint Position, AccountEntry[] Entries) ReadRecord(Span<byte> word)
    {
        _accounts.ReadExactly(word[..8]);
        var position = BinaryPrimitives.ReadUInt32LittleEndian(word);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(word[4..]);
        if (count > (uint)EntryKey.AssetsMax * (EntryKey.PoolMax + 1))
            throw new InvalidDataException("a record is broken");
        var entries = new AccountEntry[count];
        var bytes = new byte[EntryBytes];
        for (var i = 0; i < entries.Length; i++)
        {
            _accounts.ReadExactly(bytes);
            entries[i] = new(
                BinaryPrimitives.ReadUInt32LittleEndian(bytes), ReadAmount(bytes.AsSpan(4)),
                ReadAmount(bytes.AsSpan(4 + AmountBytes)));
        }

        return AccountLeaf.IsWellFormed(entries)
            ? (position, entries)
            : throw new InvalidDataException("a record is broken");
    }

    static UInt128 ReadAmount(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes));

    InclusionPath ReadPath(uint position, TreeShape shape)
    {
        var (g, shard) = (shape.ShardHeight, (int)(position >> shape.ShardHeight));
        var nodesOfShard = (2L << g) - 1;
        var siblings = new NodeDigest[shape.Height];
        var local = position & ((1u << g) - 1);
        for (var level = 0; level < g; level++)
        {
            var start = (2L << g) - (2L << (g - level));
            siblings[level] = ReadDigest((shard * nodesOfShard) + start + ((local >> level) ^ 1));
        }

        var sums = new NodeDigest[shape.Height - g + 1];
        var at = shape.ShardCount * nodesOfShard;
        for (var level = g; level <= shape.Height; level++)
        {
            var (index, nodes) = (shard >> (level - g), shape.NodesAt(level));
            sums[level - g] = ReadDigest(at + (2L * index) + 1);
            if (level < shape.Height)
                siblings[level] = (index ^ 1) < nodes ? ReadDigest(at + (2L * (index ^ 1))) : NodeDigest.Empty;
            at += 2L * nodes;
        }

        return new(position, siblings, sums);
    }

    NodeDigest ReadDigest(long index)
    {
        Span<byte> bytes = stackalloc byte[NodeDigest.Bytes];
        Seek(_tree, TreeHeaderBytes + (index * NodeDigest.Bytes), bytes);
        return NodeDigest.TryRead(bytes, out var digest)
            ? digest
            : throw new InvalidDataException("a digest is not canonical");
    }

    static void Seek(FileStream stream, long offset, Span<byte> bytes)
    {
        stream.Position = offset;
        stream.ReadExactly(bytes);
    }

    static byte[] HexLine(byte[] bytes) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes) + "\n");

    static byte[] ReadHex(string path)
    {
        var text = File.ReadAllText(path).TrimEnd('\n');
        return text.Length == 64 && text.All(char.IsAsciiHexDigitLower)
            ? Convert.FromHexString(text)
            : throw new InvalidDataException($"'{Path.GetFileName(path)}' does not hold 64 hexadecimal digits");
    }
}
