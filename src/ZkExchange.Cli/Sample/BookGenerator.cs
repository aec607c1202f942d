// A book that looks like an exchange's: balances with a heavy tail (Pareto), few assets a customer, popular assets more
// often, a share of customers who borrow against collateral in three pools, all of them healthy. Integers, one seed.

using System.Globalization;
using System.Numerics;
using System.Text;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Input;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Cli.Sample;

/// <summary>A book made up from a seed, with the assets and reserves that go with it.</summary>
sealed record SampleBook(AssetInput Assets, Book Book, IReadOnlyList<ReserveInput> Reserves);

/// <summary>Makes books up.</summary>
sealed class BookGenerator
{
    const int Pools = 3;
    const long CentsLeast = 500;
    const long CentsMost = 5_000_000_00;

    readonly BookOptions _options;
    readonly SeededStream _stream;
    readonly AssetInput _assets;
    readonly BigInteger[] _unitsPerCent;    // times 2^32
    readonly int[] _collateral;             // assets with tiers
    readonly List<uint> _keys = [];

    BookGenerator(BookOptions options)
    {
        Check.That(options.Accounts >= 1 && options.Entries is null or >= 1);
        (_options, _stream, _assets) = (options, new(options.Seed), SampleAssets.Read(options.Assets));
        var table = _assets.Table;
        var cent = BigInteger.Pow(10, table.ValueScale - 2) << 32;
        _unitsPerCent = [.. table.Assets.Select(asset => cent / asset.Weight)];
        _collateral = [.. Enumerable.Range(0, options.Assets).Where(asset => table.Assets[asset].Tiers.Count > 0)];
    }

    /// <summary>The most entries an account can have: every asset free and in every pool.</summary>
    public static int EntriesPerAccountMax(int assets) => assets * (1 + Pools);

    /// <summary>A book by these options.</summary>
    public static SampleBook Make(BookOptions options) => new BookGenerator(options).Make();

    SampleBook Make()
    {
        var accounts = _options.Accounts;
        var entryStarts = EntryStarts();
        var entries = new AccountEntry[entryStarts[accounts]];
        var idStarts = new int[accounts + 1];
        var ids = new byte[accounts * IdLength];
        for (var account = 0; account < accounts; account++)
        {
            idStarts[account + 1] = (account + 1) * IdLength;
            Encoding.ASCII.GetBytes(Id(account), ids.AsSpan(account * IdLength));
            MakeAccount(entries.AsSpan(
                entryStarts[account], entryStarts[account + 1] - entryStarts[account]));
        }

        var book = new Book(ids, idStarts, entries, entryStarts);
        return new(_assets, book, Reserves(entries));
    }

    const int IdLength = 13;

    static string Id(int account) => "user-" + account.ToString("D8", CultureInfo.InvariantCulture);

    // How many entries each account has. With a total given, neighbours trade entries, so the total stays.
    int[] EntryStarts()
    {
        var accounts = _options.Accounts;
        var most = EntriesPerAccountMax(_options.Assets);
        var total = _options.Entries ?? (int)Math.Min(4L * accounts, (long)most * accounts);
        Check.That(total >= accounts && total <= (long)most * accounts);
        var starts = new int[accounts + 1];
        for (var account = 0; account < accounts; account++)
            starts[account + 1] = (int)((long)total * (account + 1) / accounts);

        // Account a and a + 1 keep their sum: only the border between them moves.
        for (var account = 0; account + 2 <= accounts; account += 2)
        {
            var sum = starts[account + 2] - starts[account];
            var least = Math.Max(1, sum - most);
            starts[account + 1] = starts[account] + least + _stream.Below(Math.Min(most, sum - 1) - least + 1);
        }

        return starts;
    }

    void MakeAccount(Span<AccountEntry> entries)
    {
        var borrows = entries.Length >= 2 && _collateral.Length > 0
            && _stream.Below(100) < _options.BorrowersPercent;
        DrawKeys(entries.Length, borrows);
        for (var i = 0; i < entries.Length; i++)
            entries[i] = new(_keys[i], Units(EntryKey.Asset(_keys[i]), _stream.Pareto(CentsLeast, CentsMost)), 0);

        if (borrows) Borrow(entries);
    }

    // Distinct keys in ascending order. A borrower has one pledge at least and one free balance at least.
    void DrawKeys(int count, bool borrows)
    {
        _keys.Clear();
        if (borrows)
        {
            AddKey(PledgeKey());
            while (_keys.Count < 2) AddKey(EntryKey.Of(PopularAsset(), 0));
        }

        // A crowded account takes every key in turn; the usual one draws until it has enough.
        if (count > _options.Assets / 2)
        {
            for (var key = 0; _keys.Count < count; key++)
                AddKey(EntryKey.Of(key % _options.Assets, key / _options.Assets));
        }

        while (_keys.Count < count)
            AddKey(borrows && _stream.Below(3) == 0 ? PledgeKey() : EntryKey.Of(PopularAsset(), 0));

        _keys.Sort();
    }

    void AddKey(uint key)
    {
        if (!_keys.Contains(key)) _keys.Add(key);
    }

    uint PledgeKey() => EntryKey.Of(_collateral[_stream.Below(_collateral.Length)], 1 + _stream.Below(Pools));

    int PopularAsset() => Math.Min(_stream.Below(_options.Assets), _stream.Below(_options.Assets));

    // Debts are worth 10 to 70 percent of the collateral after haircuts.
    void Borrow(Span<AccountEntry> entries)
    {
        var free = entries.Length;
        while (EntryKey.Pool(entries[free - 1].Key) > 0) free--;
        var collateral = Collateral.TieredValue(_assets.Table, entries);
        var perCent = BigInteger.Pow(10, _assets.Table.ValueScale - 2) * Collateral.RatioScale;
        var cents = (long)BigInteger.Min(collateral / perCent, long.MaxValue / 100) * (10 + _stream.Below(60)) / 100;
        var debts = 1 + _stream.Below(Math.Min(free, 3));
        for (var i = 0; i < debts; i++)
        {
            ref var entry = ref entries[_stream.Below(free)];
            entry = entry with { Debt = Units(EntryKey.Asset(entry.Key), cents / debts) };
        }
    }

    UInt128 Units(int asset, long cents)
    {
        var units = (UInt128)(_unitsPerCent[asset] * cents >> 32);

        // Real balances are not round.
        var dust = UInt128.Min(units / 1000, ulong.MaxValue);
        return units - (dust == 0 ? 0 : _stream.Next() % (ulong)dust);
    }

    // A little more than everything owed: two percent, and a unit so that no asset is without.
    List<ReserveInput> Reserves(ReadOnlySpan<AccountEntry> entries)
    {
        var sums = new UInt128[_options.Assets];
        foreach (ref readonly var entry in entries) sums[EntryKey.Asset(entry.Key)] += entry.Equity;
        var rows = new List<ReserveInput>(sums.Length);
        for (var asset = 0; asset < sums.Length; asset++)
            rows.Add(new(asset, sums[asset] + (sums[asset] / 50) + 1, "sample", "vault", ""));

        return rows;
    }
}
