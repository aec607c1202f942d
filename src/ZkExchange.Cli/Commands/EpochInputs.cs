using System.Security.Cryptography;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Input;
using ZkExchange.Cli.Output;
using ZkExchange.Commitments;

namespace ZkExchange.Cli.Commands;

/// <summary>Files and options of zkx epoch prove, read and checked.</summary>
/// <param name="Epoch">What is proven.</param>
/// <param name="Secrets">What is random about it.</param>
/// <param name="Excluded">The rows left out, to be written where the user wants them.</param>
/// <param name="ExcludedKey">The key under which the statement commits to them.</param>
sealed record EpochInputs(EpochInput Epoch, EpochSecrets Secrets, byte[]? Excluded, byte[]? ExcludedKey)
{
    /// <summary>Adds the books to an epoch that has everything else.</summary>
    /// <param name="frame">The epoch, with a book and a table that are replaced.</param>
    /// <param name="secrets">Of the epoch.</param>
    /// <param name="files">Which files.</param>
    /// <param name="progress">Told how far the reading is.</param>
    /// <exception cref="InputException">They cannot be used.</exception>
    public static EpochInputs Read(
        EpochInput frame, EpochSecrets secrets, EpochFileNames files, Action<EpochPhase> progress)
    {
        progress(new("reading the assets", 0));
        var errors = new InputErrors();
        var assets = AssetFile.Read(files.Assets, frame.Snapshot, errors) ?? throw new InputException(errors);

        var excluded = files.LeavesOutInvalid ? new ExcludedFile() : null;
        var reader = new AccountFiles(assets, errors, excluded);
        var bytes = files.Accounts.Sum(path => File.Exists(path) ? new FileInfo(path).Length : 0);
        var book = reader.Read(
            files.Accounts, read => progress(new("reading the accounts", read / (double)Math.Max(bytes, 1))));
        var rows = files.Reserves is null ? [] : ReservesFile.Read(files.Reserves, assets, errors);
        if (book is not null && !frame.DeclaresBadDebt) CheckCollateral(assets.Table, book, reader, errors);
        if (book is not null && rows is not null && files.Reserves is not null && !errors.Any)
            CheckReserves(files.Reserves, assets, book, rows, errors);
        if (errors.Any || book is null || rows is null) throw new InputException(errors);

        var (file, key) = excluded is { Count: > 0 }
            ? (excluded.ToBytes(), Salts.NewSecret())
            : (null, null);
        return new(
            frame with
            {
                Book = book,
                Table = assets.Table,
                Reserves = files.Reserves is null ? null : ReservesOf(assets, rows, frame.Snapshot),
                Excluded = file is null || key is null
                    ? null
                    : new(new FileDigest(HMACSHA256.HashData(key, file)), excluded!.Count),
            },
            secrets, file, key);
    }

    /// <summary>Reserves, funds and caps of each asset with the report's rows.</summary>
    public static EpochReserves ReservesOf(AssetInput assets, IReadOnlyList<ReserveInput> rows, string time)
    {
        var sums = ReserveInput.Sum(rows, assets.Table.Assets.Count);
        var amounts = new ReserveAmounts[sums.Length];
        for (var i = 0; i < sums.Length; i++) amounts[i] = new(sums[i], assets.Insurance[i], assets.NettingCaps[i]);
        return new(
            amounts,
            [.. rows.Select(row => new ReserveRow(
                row.Address, row.Amount, assets.Table.Assets[row.Asset].Symbol, row.Chain, row.Signature))],
            time);
    }

    // Who owes more than the collateral counts for, each at the first row of the customer.
    static void CheckCollateral(AssetTable table, Book book, AccountFiles reader, InputErrors errors)
    {
        for (var account = 0; account < book.Accounts; account++)
        {
            var entries = book.EntriesOf(account);
            var shortfall = Collateral.Shortfall(table, entries);
            if (shortfall.IsZero) continue;
            var (file, line) = reader.PlaceOf(account);
            var (debt, counts) = (Collateral.DebtValue(table, entries), Collateral.TieredValue(table, entries));
            errors.Add(new(
                file, line, 0, "", InputReason.HostDebt,
                $"the customer owes {Value(debt)} {table.ValueUnit}, and the collateral counts for {Value(counts)} "
                + "after haircuts", "Correct the books, or prove the shortfall as bad debt with --declare-bad-debt"));
        }

        string Value(System.Numerics.BigInteger value) => DecimalText.Format(value, table.ValueScale + 4);
    }

    // E + I <= R + min(D, C), asset by asset: what cannot be proven is said before the work begins.
    static void CheckReserves(
        string name, AssetInput assets, Book book, IReadOnlyList<ReserveInput> rows, InputErrors errors)
    {
        var totals = new (UInt128 Equity, UInt128 Debt)[assets.Table.Assets.Count];
        for (var account = 0; account < book.Accounts; account++)
        {
            foreach (ref readonly var entry in book.EntriesOf(account))
            {
                ref var total = ref totals[EntryKey.Asset(entry.Key)];
                total = (total.Equity + entry.Equity, total.Debt + entry.Debt);
            }
        }

        var sums = ReserveInput.Sum(rows, totals.Length);
        for (var i = 0; i < totals.Length; i++)
        {
            var (asset, fund) = (assets.Table.Assets[i], assets.Insurance[i]);
            var netted = UInt128.Min(totals[i].Debt, assets.NettingCaps[i]);
            if (totals[i].Equity + fund <= sums[i] + netted) continue;
            var missing = totals[i].Equity + fund - sums[i] - netted;
            errors.Add(new(
                name, 0, 0, "", InputReason.HostSum,
                $"the reserves of '{asset.Symbol}' are {DecimalText.Format(missing, asset.Decimals)} short of what is "
                + "owed and set aside",
                "Complete the report; debts stand in for coins only up to netting_cap in the asset file"));
        }
    }
}
