using System.Text;
using ZkExchange.Commitments;

namespace ZkExchange.Cli.Input;

/// <summary>Reads the long form: customer_id,asset,equity,debt[,pool], by name in any order. A row of pool 0 or without
/// a pool is the free balance, a row of another pool what is pledged there; they add up to what the customer holds.
/// </summary>
sealed class LongAccounts
{
    const int RowsPerReport = 1 << 14;

    readonly AccountFiles _files;
    readonly InputFile _file;
    readonly Dictionary<string, int> _assets = new(StringComparer.Ordinal);
    int _customer = -1, _asset = -1, _equity = -1, _debt = -1, _pool = -1;

    public LongAccounts(AccountFiles files, InputFile file)
    {
        (_files, _file) = (files, file);
        var assets = files.Assets.Table.Assets;
        for (var i = 0; i < assets.Count; i++) _assets.Add(assets[i].Symbol, i);
    }

    /// <summary>Reads all rows.</summary>
    public void Read(Action<long>? progress)
    {
        if (!MapColumns()) return;
        var assets = _assets.GetAlternateLookup<ReadOnlySpan<char>>();
        var rows = 0;
        while (_file.Read(out var fault, out var reason))
        {
            if (++rows % RowsPerReport == 0) progress?.Invoke(_file.BytesRead);
            if (fault is { } broken) _files.Reject(_file, broken.Column - 1, reason, broken.Message, broken.Remedy);
            else ReadRow(assets);
        }
    }

    bool MapColumns()
    {
        var isGood = true;
        for (var i = 0; i < _file.Header.Count; i++)
        {
            switch (_file.Header[i])
            {
                case "customer_id": _customer = i; break;
                case "asset": _asset = i; break;
                case "equity": _equity = i; break;
                case "debt": _debt = i; break;
                case "pool": _pool = i; break;
                default:
                    _file.AddHeader(i, "the column is not known",
                        "The columns are customer_id, asset, equity, debt and pool");
                    isGood = false;
                    break;
            }
        }

        foreach (var (column, name) in ((int, string)[])[(_asset, "asset"), (_equity, "equity"), (_debt, "debt")])
        {
            if (column >= 0) continue;
            _file.AddHeader(-1, $"the column '{name}' is missing", $"Add a column '{name}'");
            isGood = false;
        }

        return isGood;
    }

    void ReadRow(Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> assets)
    {
        var id = _file[_customer];
        if (!InputText.IsCustomer(id))
        {
            _files.Reject(_file, _customer, InputReason.InputId, $"{DecimalFaultText.Show(id)} is no customer id",
                "Write 1 to 128 characters of printable ASCII without blank, quote or backslash");
            return;
        }

        Span<char> symbol = stackalloc char[64];
        var text = _file[_asset];
        if (text.Length > symbol.Length || Encoding.UTF8.GetCharCount(text) != text.Length
            || !assets.TryGetValue(symbol[..Encoding.UTF8.GetChars(text, symbol)], out var asset))
        {
            _files.Reject(_file, _asset, InputReason.InputAssetUnknown,
                $"the asset {DecimalFaultText.Show(text)} is not in the asset file",
                "Add it there with its price; symbols are compared letter by letter");
            return;
        }

        if (!TryPool(out var pool)) return;
        var decimals = _files.Assets.Table.Assets[asset].Decimals;
        if (!_files.TryAmount(_file, _equity, decimals, out var equity)
            || !_files.TryAmount(_file, _debt, decimals, out var debt))
            return;

        var line = _file.Line;
        var account = _files.Collector.Customer(id, line, out _);
        if (_files.Collector.IsClosed(account))
        {
            _files.RejectRepeatedCustomer(_file, _customer, account);
            return;
        }

        _files.Collector.Add(account, new(EntryKey.Of(asset, pool), equity, debt), line);
    }

    bool TryPool(out int pool)
    {
        pool = 0;
        if (_pool < 0 || _file[_pool].IsEmpty) return true;
        var text = _file[_pool];
        var names = _files.Assets.Table.Pools;
        if (DecimalText.TryWhole(text, EntryKey.PoolMax + 1, out pool) == DecimalFault.None)
        {
            if (pool == 0 || names[pool - 1].Length > 0) return true;
        }
        else
        {
            var name = Encoding.UTF8.GetString(text);
            for (pool = 1; pool <= EntryKey.PoolMax; pool++)
                if (names[pool - 1].Length > 0 && names[pool - 1].Equals(name, StringComparison.Ordinal)) return true;
        }

        _files.Reject(_file, _pool, InputReason.InputAssetUnknown,
            $"the pool {DecimalFaultText.Show(text)} is not in the asset file",
            "Write 0 or nothing for the free balance, or number or name of a pool that has a tier column there");
        return false;
    }
}
