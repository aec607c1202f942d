// Account files in two forms. Long: customer_id,asset,equity,debt[,pool], one balance a row. Wide: id and for each
// asset X the columns e_X (total equity), d_X (debt), vl_X, m_X, pm_X (the parts of that equity pledged in the pools
// loan, margin and portfolio) and X (the net, derived); one customer a row. Which form it is, the header says.

using System.Text;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Commitments;

namespace ZkExchange.Cli.Input;

/// <summary>Reads account files into a book.</summary>
/// <param name="assets">The assets, by which columns and cells are read.</param>
/// <param name="errors">Takes what is wrong.</param>
/// <param name="excluded">Takes the rows that are wrong in themselves, so that they are no errors; null: they are.
/// </param>
sealed class AccountFiles(AssetInput assets, InputErrors errors, ExcludedFile? excluded)
{
    readonly BookCollector _collector = new();

    /// <summary>The assets by which rows are read.</summary>
    public AssetInput Assets => assets;

    /// <summary>Where rows go.</summary>
    public BookCollector Collector => _collector;

    /// <summary>The place of a customer's first row, for errors about the customer.</summary>
    public (string File, uint Line) PlaceOf(int account)
    {
        var place = _collector.PlaceOf(account);
        return (_collector.Files[place.File], place.Line);
    }

    /// <summary>Reads files one after the other and gives what could be read, so that all errors of a book can be told
    /// at once; it is not to be used when there are any. Null when there is no customer.</summary>
    /// <param name="paths">The files, of either form.</param>
    /// <param name="progress">Told the bytes read so far, now and then.</param>
    public Book? Read(IReadOnlyList<string> paths, Action<long>? progress = null)
    {
        long bytes = 0;
        foreach (var path in paths)
        {
            using var file = InputFile.Open(path, errors);
            if (file is null) continue;
            ReadFile(file, read => progress?.Invoke(bytes + read));
            bytes += file.BytesRead;
        }

        return Finish();
    }

    /// <summary>Reads the rows of one file.</summary>
    public void ReadFile(InputFile file, Action<long>? progress = null)
    {
        _collector.BeginFile(file.Name);
        var isLong = file.Header.Contains("customer_id", StringComparer.Ordinal);
        var isWide = file.Header.Contains("id", StringComparer.Ordinal);
        if (isLong)
        {
            new LongAccounts(this, file).Read(progress);
        }
        else if (isWide)
        {
            new WideAccounts(this, file).Read(progress);
        }
        else
        {
            file.AddHeader(-1, "the column 'customer_id' is missing",
                "Begin with customer_id,asset,equity,debt or, in the wide form, with id,e_SYMBOL,d_SYMBOL");
        }
    }

    /// <summary>The book of all rows read; rows that repeat one another are errors. Null when there is no customer.
    /// </summary>
    public Book? Finish()
    {
        var book = _collector.Finish(Repeated);
        if (book.Accounts > 0) return book;
        if (!errors.Any)
        {
            errors.Add(
                _collector.Files[0], InputReason.HostCount, "there is no customer in the account files",
                "Write a row for each customer");
        }

        return null;
    }

    /// <summary>Leaves a row out, or notes its error.</summary>
    public void Reject(InputFile file, int column, InputReason reason, string message, string remedy)
    {
        var error = file.ErrorAt(column, reason, message, remedy);
        if (excluded is null || reason == InputReason.InputEncoding) errors.Add(error);
        else excluded.Add(error, file.Text);
    }

    /// <summary>Leaves out, or reports, the row of a customer who has her one row already.</summary>
    public void RejectRepeatedCustomer(InputFile file, int column, int account)
    {
        var (first, line) = PlaceOf(account);
        Reject(file, column, InputReason.InputRow, $"the customer has a row already, at {first}:{line}",
            "Keep one of the two; in the wide form a customer is one row");
    }

    /// <summary>The amount in a cell; false, and the row rejected, when it is none.</summary>
    public bool TryAmount(InputFile file, int column, int decimals, out UInt128 amount)
    {
        var fault = DecimalText.TryAmount(file[column], decimals, out amount);
        if (fault == DecimalFault.None) return true;
        var (reason, message, remedy) = DecimalFaultText.Explain(
            fault, file[column], decimals, "an amount is below 2^90 smallest units");
        Reject(file, column, reason, message, remedy);
        return false;
    }

    void Repeated(int account, AccountEntry entry, RowPlace place, RowPlace first)
    {
        var asset = assets.Table.Assets[EntryKey.Asset(entry.Key)];
        var error = new InputError(
            _collector.Files[place.File], place.Line, 0, "", InputReason.InputRow,
            $"the customer has a row for '{asset.Symbol}' in pool {EntryKey.Pool(entry.Key)} already, at "
            + $"{_collector.Files[first.File]}:{first.Line}", "Add the two rows up in one");
        if (excluded is null)
        {
            errors.Add(error);
            return;
        }

        var (equity, debt) = (DecimalText.Format(entry.Equity, asset.Decimals),
            DecimalText.Format(entry.Debt, asset.Decimals));
        excluded.Add(error, Encoding.ASCII.GetBytes(
            $"{_collector.IdText(account)},{asset.Symbol},{equity},{debt},{EntryKey.Pool(entry.Key)}"));
    }
}
