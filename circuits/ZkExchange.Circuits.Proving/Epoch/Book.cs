using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>What an exchange owes: customers with their entries, in a few large arrays (ten million entries fit).
/// </summary>
/// <remarks>Entries of an account are ascending by key, ids are distinct: the maker's promise, checked by
/// the builder of epochs.</remarks>
public sealed class Book
{
    readonly byte[] _ids;
    readonly int[] _idStarts;
    readonly int[] _entryStarts;
    readonly AccountEntry[] _entries;

    /// <summary>A book of accounts.</summary>
    /// <param name="ids">The ids, one behind the other.</param>
    /// <param name="idStarts">Where each begins, and the end: one more than accounts.</param>
    /// <param name="entries">The entries, account by account.</param>
    /// <param name="entryStarts">Where each account's begin, and the end: one more than accounts.</param>
    public Book(byte[] ids, int[] idStarts, AccountEntry[] entries, int[] entryStarts)
    {
        Check.That(idStarts.Length == entryStarts.Length && idStarts.Length > 0);
        Check.That(idStarts[0] == 0 && entryStarts[0] == 0);
        Check.That(idStarts[^1] <= ids.Length && entryStarts[^1] <= entries.Length);
        (_ids, _idStarts, _entries, _entryStarts) = (ids, idStarts, entries, entryStarts);
    }

    /// <summary>Accounts.</summary>
    public int Accounts => _idStarts.Length - 1;

    /// <summary>Entries of all accounts.</summary>
    public int Entries => _entryStarts[^1];

    /// <summary>The customer id of an account, in ASCII.</summary>
    public ReadOnlySpan<byte> Id(int account) =>
        _ids.AsSpan(_idStarts[account], _idStarts[account + 1] - _idStarts[account]);

    /// <summary>The entries of an account, at least one.</summary>
    public ReadOnlySpan<AccountEntry> EntriesOf(int account) => _entries.AsSpan(
        _entryStarts[account], _entryStarts[account + 1] - _entryStarts[account]);
}
