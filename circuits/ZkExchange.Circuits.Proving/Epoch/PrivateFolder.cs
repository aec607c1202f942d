// What stays with the exchange: DIR.private beside the published DIR, for its owner only. From it follow the inclusion
// file of every customer and the opening of every sum (specs/51-input-files.md section 6).
//
//   account.secret, epoch.secret   64 hexadecimal digits and a line end
//   statement.sha256               the digest of the statement that all this belongs to, likewise
//   inclusion.pack                 the inclusion files of all customers (specs/50-wire-formats.md section 9)
//   openings.json                  for each node of levels g .. H that is not EMPTY its accounts, bad debt, totals,
//                                  blind and content

using System.Globalization;
using System.Text;
using System.Text.Json;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>The private folder of an epoch.</summary>
public sealed class PrivateFolder : IDisposable
{
    /// <summary>What is put behind the name of the published folder.</summary>
    public const string Suffix = ".private";

    const string AccountSecretName = "account.secret";
    const string EpochSecretName = "epoch.secret";
    const string StatementName = "statement.sha256";
    const string OpeningsName = "openings.json";

    PrivateFolder(InclusionPack pack) => Pack = pack;

    /// <summary>The inclusion files of all customers.</summary>
    public InclusionPack Pack { get; }

    /// <summary>The statement that the folder belongs to.</summary>
    public FileDigest Statement => Pack.Statement;

    /// <summary>Where the private folder of a published one lies.</summary>
    public static string PathOf(string published) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(published)) + Suffix;

    /// <summary>The secret of the accounts in a private folder; throws <see cref="IOException"/> when there is none.
    /// </summary>
    public static byte[] ReadAccountSecret(string path) => ReadHex(Path.Combine(path, AccountSecretName));

    /// <summary>Writes the folder.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="draft">The epoch.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void Write(PendingFolder folder, EpochDraft draft, CancellationToken cancellation = default)
    {
        folder.Write(AccountSecretName, HexLine(draft.Secrets.Account));
        folder.Write(EpochSecretName, HexLine(draft.Secrets.Epoch));
        folder.Write(StatementName, HexLine(draft.Statement.Digest.ToArray()));
        using (var stream = folder.Create(InclusionPack.FileName))
        {
            PackWriter.Write(stream.SafeFileHandle, draft, cancellation);
            RandomAccess.FlushToDisk(stream.SafeFileHandle);
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
        var statement = new FileDigest(ReadHex(Path.Combine(path, StatementName)));
        var pack = OpenPack(Path.Combine(path, InclusionPack.FileName));
        if (pack.Statement == statement) return new(pack);
        pack.Dispose();
        throw new InvalidDataException("the pack belongs to another statement than the folder");
    }

    /// <summary>Opens a pack; throws as <see cref="Open"/> does.</summary>
    public static InclusionPack OpenPack(string path)
    {
        var stream = File.OpenRead(path);
        var (pack, refusal) = InclusionPack.Open(stream);
        if (pack is not null) return pack;
        stream.Dispose();
        throw new InvalidDataException($"'{Path.GetFileName(path)}' is no pack of this version: {refusal}");
    }

    /// <summary>The inclusion file of a customer; null if the pack has none.</summary>
    /// <param name="customer">The id.</param>
    /// <param name="statement">The statement of the folder.</param>
    /// <exception cref="InvalidDataException">The folder is broken: the file would not lead to the root.</exception>
    public InclusionFile? Find(string customer, Statement statement) => Find(Pack, customer, statement);

    /// <summary>The same from a pack.</summary>
    public static InclusionFile? Find(InclusionPack pack, string customer, Statement statement)
    {
        var (file, refusal) = pack.Find(customer);
        if (refusal.Rule == DocumentRule.Customer) return null;
        if (file is null) throw new InvalidDataException($"the pack is broken: {refusal}");
        return file.Path.Fits(statement.Tree) && file.Path.Root(file.Leaf(customer), statement.Tree) == statement.Root
            ? file
            : throw new InvalidDataException("the pack does not lead to the root of the statement");
    }

    public void Dispose() => Pack.Dispose();

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

    static byte[] HexLine(byte[] bytes) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes) + "\n");

    static byte[] ReadHex(string path)
    {
        var text = File.ReadAllText(path).TrimEnd('\n');
        return text.Length == 64 && text.All(char.IsAsciiHexDigitLower)
            ? Convert.FromHexString(text)
            : throw new InvalidDataException($"'{Path.GetFileName(path)}' does not hold 64 hexadecimal digits");
    }
}
