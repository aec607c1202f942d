using System.Collections.Concurrent;
using System.Numerics;
using System.Text;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>What a book must be before anything is computed from it. Where several accounts are wrong, the first one
/// is named, whichever thread finds it.</summary>
static class BookChecks
{
    const int AccountsPerPiece = 4096;

    /// <summary>Entries are well-formed with keys of the table, ids have their form and are distinct.</summary>
    /// <returns>The accounts in ascending order of their ids.</returns>
    /// <exception cref="EpochRefusedException">Something is not so.</exception>
    public static int[] CheckAccounts(EpochInput input, CancellationToken cancellation)
    {
        var book = input.Book;
        if (book.Accounts is 0 or >= 1 << NodeTotals.AccountsBits)
            throw new EpochRefusedException("HostCount", "there is no account, or more than 2^30");
        var first = int.MaxValue;
        var gate = new Lock();
        Each(input, account =>
        {
            if (RefusalOf(input, account) is null) return;
            lock (gate) first = Math.Min(first, account);
        }, cancellation);
        if (first < int.MaxValue) throw RefusalOf(input, first)!;

        var order = IdOrder.Of(book);
        for (var i = 1; i < order.Length; i++)
        {
            if (book.Id(order[i]).SequenceEqual(book.Id(order[i - 1])))
                throw new EpochRefusedException("HostIdentity", $"{Name(book, order[i])} has two accounts");
        }

        return order;
    }

    /// <summary>By how much accounts owe more than their collateral counts for.</summary>
    /// <returns>The accounts of which that is so, in 10^-4 of a value.</returns>
    /// <exception cref="EpochRefusedException">There is one, and no bad debt is declared.</exception>
    public static IReadOnlyDictionary<int, BigInteger> Shortfalls(EpochInput input, CancellationToken cancellation)
    {
        var found = new ConcurrentDictionary<int, BigInteger>();
        Each(input, account =>
        {
            var shortfall = Collateral.Shortfall(input.Table, input.Book.EntriesOf(account));
            if (!shortfall.IsZero) found[account] = shortfall;
        }, cancellation);
        if (found.IsEmpty || input.DeclaresBadDebt) return found;
        throw new EpochRefusedException(
            "HostDebt",
            $"{Name(input.Book, found.Keys.Min())} owes more than the collateral counts for, and no bad debt is "
            + "declared");
    }

    static EpochRefusedException? RefusalOf(EpochInput input, int account)
    {
        var entries = input.Book.EntriesOf(account);
        if (!AccountLeaf.IsWellFormed(entries))
        {
            return new(
                "HostRange",
                $"the entries of {Name(input.Book, account)} are not well-formed: keys ascend, amounts are below 2^90, "
                + "debts stand under keys of pool 0");
        }

        foreach (ref readonly var entry in entries)
        {
            var pool = EntryKey.Pool(entry.Key);
            if (EntryKey.Asset(entry.Key) >= input.Table.Assets.Count
                || (pool > 0 && input.Table.Pools[pool - 1].Length == 0))
                return new("HostRange", $"an entry of {Name(input.Book, account)} has an unknown key");
        }

        return AccountTag.IsCustomerId(input.Book.Id(account))
            ? null
            : new("HostIdentity", $"account {account} has an id in no allowed form");
    }

    static void Each(EpochInput input, Action<int> body, CancellationToken cancellation)
    {
        var accounts = input.Book.Accounts;
        Pieces.For((accounts + AccountsPerPiece - 1) / AccountsPerPiece, input.Threads, piece =>
        {
            var end = Math.Min(accounts, (piece + 1) * AccountsPerPiece);
            for (var account = piece * AccountsPerPiece; account < end; account++) body(account);
        }, cancellation);
    }

    static string Name(Book book, int account) => Encoding.ASCII.GetString(book.Id(account));
}
