using System.Numerics;
using ZkExchange.Commitments;

namespace ZkExchange.Cli.Input;

/// <summary>Reads the wide form: one customer a row, six columns an asset.</summary>
/// <remarks>Derived columns (the net of an asset, the net value over all) are no input. A program that writes them with
/// binary floating point is off by rounding, and some exports leave them at zero: so a derived cell that is not zero
/// must agree with its parts within one smallest unit or 2^-48 of the larger part, the net value within a hundredth of
/// the currency or 2^-40 of the largest part; a cell that is zero or empty says nothing. The column rn (a row number)
/// says nothing either.</remarks>
sealed class WideAccounts
{
    const int RowsPerReport = 1 << 8;

    // The columns of an asset: a prefix each, and what they mean.
    const int Equity = 0;
    const int Debt = 1;
    const int Net = 2;
    const int FirstPart = 3;
    const int Kinds = 6;
    static readonly string[] s_prefixes = ["e_", "d_", "", "vl_", "m_", "pm_"];

    // The pools of the pledged parts, as asset files name them.
    static readonly string[] s_pools = ["loan", "margin", "portfolio"];

    readonly AccountFiles _files;
    readonly InputFile _file;
    readonly IReadOnlyList<AssetDefinition> _assets;
    readonly int[] _columns;
    readonly int[] _pools = new int[s_pools.Length];
    readonly List<AccountEntry> _entries = [];
    int _id = -1, _total = -1;

    public WideAccounts(AccountFiles files, InputFile file)
    {
        (_files, _file, _assets) = (files, file, files.Assets.Table.Assets);
        _columns = new int[Kinds * _assets.Count];
        Array.Fill(_columns, -1);
        for (var part = 0; part < s_pools.Length; part++)
            _pools[part] = 1 + files.Assets.Table.Pools.ToList().IndexOf(s_pools[part]);
    }

    /// <summary>Reads all rows.</summary>
    public void Read(Action<long>? progress)
    {
        if (!MapColumns()) return;
        var rows = 0;
        while (_file.Read(out var fault, out var reason))
        {
            if (++rows % RowsPerReport == 0) progress?.Invoke(_file.BytesRead);
            if (fault is { } broken) _files.Reject(_file, broken.Column - 1, reason, broken.Message, broken.Remedy);
            else ReadRow();
        }
    }

    bool MapColumns()
    {
        var meanings = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < _columns.Length; i++)
        {
            var name = s_prefixes[i % Kinds] + _assets[i / Kinds].Symbol;
            if (!meanings.TryGetValue(name, out var list)) meanings.Add(name, list = []);
            list.Add(i);
        }

        var isGood = true;
        for (var i = 0; i < _file.Header.Count; i++)
        {
            var name = _file.Header[i];
            var isTotal = name.StartsWith("total_net_balance_", StringComparison.Ordinal);
            var isOwn = name is "id" or "rn" || isTotal;
            var found = meanings.TryGetValue(name, out var list) ? list : [];
            if (found.Count + (isOwn ? 1 : 0) != 1)
            {
                isGood = found.Count == 0
                    ? Refuse(i, "the column belongs to no asset of the asset file", "List the asset there")
                    : Refuse(i, "the column can mean two things", "Write these assets in the long form");
            }
            else if (!isOwn)
            {
                _columns[found[0]] = i;
            }
            else if (isTotal)
            {
                isGood &= _total < 0 || Refuse(i, "the column means the same as another", "Keep one of the two");
                _total = i;
            }
            else if (name is "id")
            {
                _id = i;
            }
        }

        for (var asset = 0; asset < _assets.Count; asset++) isGood &= IsWhole(asset);
        return isGood;
    }

    // An asset has columns for equity and debt, or none; pledged parts need a pool that the asset file names.
    bool IsWhole(int asset)
    {
        var columns = _columns.AsSpan(Kinds * asset, Kinds);
        if (columns.IndexOfAnyExcept(-1) < 0) return true;
        var isGood = true;
        foreach (var kind in (ReadOnlySpan<int>)[Equity, Debt])
        {
            if (columns[kind] >= 0) continue;
            var name = s_prefixes[kind] + _assets[asset].Symbol;
            isGood = Refuse(-1, $"the column '{name}' is missing", $"Add a column '{name}'");
        }

        for (var part = 0; part < s_pools.Length; part++)
        {
            if (columns[FirstPart + part] < 0 || _pools[part] > 0) continue;
            isGood = Refuse(columns[FirstPart + part], $"the asset file has no pool '{s_pools[part]}'",
                $"Add a column 'tiers_{s_pools[part]}' there, empty if the pool counts nothing");
        }

        return isGood;
    }

    bool Refuse(int column, string message, string remedy)
    {
        _file.AddHeader(column, message, remedy);
        return false;
    }

    void ReadRow()
    {
        var id = _file[_id];
        if (!InputText.IsHexId(id))
        {
            _files.Reject(_file, _id, InputReason.InputId, $"{DecimalFaultText.Show(id)} is no customer id",
                "Write 64 lower-case hexadecimal digits, or use the long form");
            return;
        }

        _entries.Clear();
        var net = BigInteger.Zero;
        var scale = BigInteger.Zero;
        for (var asset = 0; asset < _assets.Count; asset++)
            if (!ReadAsset(asset, ref net, ref scale)) return;

        if (_total >= 0 && !IsTotalRight(net, scale)) return;
        var line = _file.Line;
        var account = _files.Collector.Customer(id, line, out var isNew);
        if (!isNew)
        {
            _files.RejectRepeatedCustomer(_file, _id, account);
            return;
        }

        // Who holds nothing still has an account.
        if (_entries.Count == 0) _entries.Add(new(EntryKey.Of(0, 0), 0, 0));
        foreach (var entry in _entries) _files.Collector.Add(account, entry, line);
        _files.Collector.Close(account);
    }

    bool ReadAsset(int asset, ref BigInteger net, ref BigInteger largest)
    {
        var columns = _columns.AsSpan(Kinds * asset, Kinds);
        if (columns[Equity] < 0) return true;
        var decimals = _assets[asset].Decimals;
        if (!_files.TryAmount(_file, columns[Equity], decimals, out var equity)
            || !_files.TryAmount(_file, columns[Debt], decimals, out var debt))
            return false;

        Span<UInt128> parts = stackalloc UInt128[s_pools.Length];
        var pledged = UInt128.Zero;
        for (var part = 0; part < parts.Length; part++)
        {
            if (columns[FirstPart + part] < 0) continue;
            if (!_files.TryAmount(_file, columns[FirstPart + part], decimals, out parts[part])) return false;
            pledged += parts[part];
        }

        if (pledged > equity)
        {
            _files.Reject(_file, columns[Equity], InputReason.InputRow,
                $"the pledged parts of '{_assets[asset].Symbol}' are {DecimalText.Format(pledged, decimals)} together, "
                + $"above the equity of {DecimalText.Format(equity, decimals)}",
                "Correct the row; no coin is pledged twice");
            return false;
        }

        if (columns[Net] >= 0 && !IsNetRight(columns[Net], equity, debt, decimals)) return false;
        if (_total >= 0)
        {
            var weight = (BigInteger)_assets[asset].Weight;
            net += weight * ((BigInteger)equity - debt);
            largest = BigInteger.Max(largest, weight * BigInteger.Max(equity, debt));
        }

        if (equity > pledged || debt > 0) _entries.Add(new(EntryKey.Of(asset, 0), equity - pledged, debt));
        for (var part = 0; part < parts.Length; part++)
            if (parts[part] > 0) _entries.Add(new(EntryKey.Of(asset, _pools[part]), parts[part], 0));

        return true;
    }

    bool IsNetRight(int column, UInt128 equity, UInt128 debt, int decimals)
    {
        if (!TryDerived(column, out var shown)) return false;
        var larger = BigInteger.Max(equity, debt);
        var tolerance = BigInteger.Max(BigInteger.One, larger >> 48);
        if (shown.Digits.IsZero || IsNear(shown, (BigInteger)equity - debt, decimals, tolerance)) return true;
        return Contradicts(column, DecimalText.Format((BigInteger)equity - debt, decimals));
    }

    bool IsTotalRight(BigInteger net, BigInteger largest)
    {
        if (!TryDerived(_total, out var shown)) return false;
        var scale = _files.Assets.Table.ValueScale;
        var tolerance = BigInteger.Max(BigInteger.Pow(10, Math.Max(scale - 2, 0)), largest >> 40);
        if (shown.Digits.IsZero || IsNear(shown, net, scale, tolerance)) return true;
        return Contradicts(_total, DecimalText.Format(net, scale));
    }

    bool TryDerived(int column, out ExactDecimal value)
    {
        value = default;
        var text = _file[column];
        if (text.IsEmpty) return true;
        var isNegative = text[0] == '-';
        var fault = DecimalText.TryExact(isNegative ? text[1..] : text, out value);
        if (fault == DecimalFault.None)
        {
            if (isNegative) value = value with { Digits = -value.Digits };
            return true;
        }

        var (reason, message, remedy) = DecimalFaultText.Explain(fault, text, 0, "no derived number is so long");
        _files.Reject(_file, column, reason, message, remedy);
        return false;
    }

    bool Contradicts(int column, string right)
    {
        _files.Reject(_file, column, InputReason.InputInconsistent,
            $"{DecimalFaultText.Show(_file[column])} contradicts its parts, which give {right}",
            "Correct the row, or leave derived columns out");
        return false;
    }

    // |shown - exact * 10^-scale| <= tolerance * 10^-scale
    static bool IsNear(ExactDecimal shown, BigInteger exact, int scale, BigInteger tolerance)
    {
        var common = Math.Max(shown.Scale, scale);
        var unit = BigInteger.Pow(10, common - scale);
        var difference = shown.Digits * BigInteger.Pow(10, common - shown.Scale) - exact * unit;
        return BigInteger.Abs(difference) <= tolerance * unit;
    }
}
