using System.Security.Cryptography;
using System.Text;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Stark.Proving.Kernels;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>Nonces and salts of many accounts at once: the same as <see cref="Commitments.Salts"/> gives one by one, on
/// the lanes of the machine.</summary>
static class Derivation
{
    /// <summary>Values derived together.</summary>
    const int Batch = 512;

    /// <summary>Writes the nonces of accounts of a book.</summary>
    /// <param name="secret">Of the accounts.</param>
    /// <param name="book">The accounts, whose ids are valid.</param>
    /// <param name="accounts">Which of them.</param>
    /// <param name="nonces">32 bytes for each.</param>
    public static void Nonces(Salts secret, Book book, ReadOnlySpan<int> accounts, Span<byte> nonces)
    {
        Check.That(nonces.Length == accounts.Length * AccountTag.NonceBytes);
        var infos = new byte[Batch * Commitments.Salts.InfoBytesMax];
        var lengths = new int[Batch];
        Span<char> id = stackalloc char[AccountTag.IdBytesMax];
        for (var start = 0; start < accounts.Length; start += Batch)
        {
            var end = Math.Min(start + Batch, accounts.Length);
            for (var i = start; i < end; i++)
            {
                var length = Encoding.ASCII.GetChars(book.Id(accounts[i]), id);
                lengths[i - start] = Commitments.Salts.WriteNonceInfo(id[..length], Row(infos, i - start));
            }

            HkdfLanes.Expand(
                secret.Key, infos.AsSpan(0, (end - start) * Commitments.Salts.InfoBytesMax),
                lengths.AsSpan(0, end - start),
                nonces[(start * AccountTag.NonceBytes)..(end * AccountTag.NonceBytes)]);
        }
    }

    /// <summary>Writes the salts of positions.</summary>
    /// <param name="secret">Of the epoch.</param>
    /// <param name="epoch">Its number.</param>
    /// <param name="positions">0 or more.</param>
    /// <param name="salts">As many at least.</param>
    public static void Salts(Salts secret, ulong epoch, ReadOnlySpan<int> positions, Span<Salt> salts)
    {
        var infos = new byte[Batch * Commitments.Salts.InfoBytesMax];
        var lengths = new int[Batch];
        var elements = new byte[Batch * Commitments.Salts.ElementsBytes];
        for (var start = 0; start < positions.Length; start += Batch)
        {
            var end = Math.Min(start + Batch, positions.Length);
            for (var i = start; i < end; i++)
            {
                Check.That(positions[i] >= 0);
                lengths[i - start] =
                    Commitments.Salts.WriteLeafInfo(epoch, (ulong)positions[i], Row(infos, i - start));
            }

            var derived = elements.AsSpan(0, (end - start) * Commitments.Salts.ElementsBytes);
            HkdfLanes.Expand(
                secret.Key, infos.AsSpan(0, (end - start) * Commitments.Salts.InfoBytesMax),
                lengths.AsSpan(0, end - start), derived);
            for (var i = start; i < end; i++)
            {
                salts[i] = Commitments.Salts.Elements(
                    derived.Slice((i - start) * Commitments.Salts.ElementsBytes, Commitments.Salts.ElementsBytes));
            }
        }

        CryptographicOperations.ZeroMemory(elements);
    }

    static Span<byte> Row(byte[] infos, int row) =>
        infos.AsSpan(row * Commitments.Salts.InfoBytesMax, Commitments.Salts.InfoBytesMax);
}
