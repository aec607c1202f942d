// Asset files: symbol,decimals,price and optional columns, or the two forms in which a large exchange publishes its
// samples. Columns are known by name, in any order; what is not known is an error. Prices are exact: the scale of
// values is the least on which every weight is whole (specs/40-statements.md section 1).

using System.Numerics;
using System.Text;
using ZkExchange.Commitments;

namespace ZkExchange.Cli.Input;

/// <summary>Reads asset files.</summary>
sealed class AssetFile
{
    /// <summary>Decimals of an asset when no column says otherwise.</summary>
    public const int DecimalsDefault = 8;

    const int ValueScaleMax = 60;

    readonly InputFile _file;
    readonly string _timeDefault;
    readonly List<Row> _rows = [];
    readonly HashSet<string> _symbols = new(StringComparer.OrdinalIgnoreCase);
    readonly List<(int Column, string Name)> _pools = [];
    readonly bool _isGood;
    string _unit = "USD";
    int _symbol = -1, _decimals = -1, _price = -1, _class = -1, _source = -1, _time = -1, _insurance = -1, _cap = -1;

    AssetFile(InputFile file, string timeDefault)
    {
        (_file, _timeDefault) = (file, timeDefault);
        _isGood = MapColumns();
    }

    /// <summary>Reads an asset file; null, and errors, when it cannot be used.</summary>
    /// <param name="path">The file.</param>
    /// <param name="timeDefault">The time of prices where no column states it, YYYY-MM-DDTHH:MM:SSZ.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static AssetInput? Read(string path, string timeDefault, InputErrors errors)
    {
        using var file = InputFile.Open(path, errors);
        return file is null ? null : Read(file, timeDefault, errors);
    }

    /// <inheritdoc cref="Read(string, string, InputErrors)"/>
    public static AssetInput? Read(InputFile file, string timeDefault, InputErrors errors)
    {
        var before = errors.Count;
        var reader = new AssetFile(file, timeDefault);
        if (!reader._isGood) return null;
        reader.ReadRows();
        if (errors.Count > before) return null;

        if (reader._rows.Count == 0)
        {
            errors.Add(file.Name, InputReason.HostCount, "the file lists no asset", "Write a row for each asset");
            return null;
        }

        var input = reader.Finish(errors);
        return errors.Count > before ? null : input;
    }

    bool MapColumns()
    {
        var isGood = true;
        void Take(ref int column, int at)
        {
            if (column >= 0)
            {
                _file.AddHeader(at, $"the column means the same as '{_file.Header[column]}'", "Keep one of the two");
                isGood = false;
            }

            column = at;
        }

        for (var i = 0; i < _file.Header.Count; i++)
        {
            var name = _file.Header[i];
            switch (name)
            {
                case "symbol" or "token": Take(ref _symbol, i); break;
                case "decimals": Take(ref _decimals, i); break;
                case "class": Take(ref _class, i); break;
                case "source": Take(ref _source, i); break;
                case "time": Take(ref _time, i); break;
                case "insurance": Take(ref _insurance, i); break;
                case "netting_cap": Take(ref _cap, i); break;
                case "price": Take(ref _price, i); break;
                default:
                    if (UnitOf(name) is { } unit)
                    {
                        Take(ref _price, i);
                        _unit = unit;
                    }
                    else
                    {
                        isGood &= TakePool(i);
                    }

                    break;
            }
        }

        foreach (var (column, name) in ((int, string)[])[(_symbol, "symbol"), (_price, "price")])
        {
            if (column >= 0) continue;
            _file.AddHeader(-1, $"the column '{name}' is missing", $"Add a column '{name}'");
            isGood = false;
        }

        return isGood;
    }

    bool TakePool(int at)
    {
        if (PoolOf(_file.Header[at]) is not { } pool)
        {
            _file.AddHeader(at, "the column is not known",
                "The columns are symbol, decimals, price, class, source, time, insurance, netting_cap, tiers and "
                + "tiers_NAME");
            return false;
        }

        if (_pools.Count == EntryKey.PoolMax
            || _pools.Exists(known => known.Name.Equals(pool, StringComparison.Ordinal)))
        {
            _file.AddHeader(at, $"there is a pool '{pool}' already, or seven of them", "Remove the column");
            return false;
        }

        _pools.Add((at, pool));
        return true;
    }

    // usdt_price and asset_usdt_price state the quote currency.
    static string? UnitOf(string name)
    {
        if (!name.EndsWith("_price", StringComparison.Ordinal)) return null;
        var unit = name[..^"_price".Length];
        if (unit.StartsWith("asset_", StringComparison.Ordinal)) unit = unit["asset_".Length..];
        return CanonicalText.IsName(unit) ? unit.ToUpperInvariant() : null;
    }

    // tiers, tiers_NAME, NAME_tiers_ratio and collateral_NAME_ratio_tiers; the pools of the published samples are
    // called loan, margin and portfolio.
    static string? PoolOf(string name)
    {
        if (name is "tiers") return "pledged";
        var pool = name switch
        {
            _ when name.StartsWith("tiers_", StringComparison.Ordinal) => name["tiers_".Length..],
            _ when name.EndsWith("_tiers_ratio", StringComparison.Ordinal) => name[..^"_tiers_ratio".Length],
            _ when name.StartsWith("collateral_", StringComparison.Ordinal)
                && name.EndsWith("_ratio_tiers", StringComparison.Ordinal)
                && name.Length > "collateral__ratio_tiers".Length =>
                name["collateral_".Length..^"_ratio_tiers".Length],
            _ => "",
        };
        pool = pool switch { "vip_loan" => "loan", "portfolio_margin" => "portfolio", _ => pool };
        return CanonicalText.IsName(pool) ? pool : null;
    }

    void ReadRows()
    {
        while (_file.Read(out var fault, out var reason))
        {
            if (fault is { } broken)
            {
                _file.Add(broken.Column - 1, reason, broken.Message, broken.Remedy);
                continue;
            }

            if (ReadRow() is { } row) _rows.Add(row);
        }
    }

    Row? ReadRow()
    {
        var symbol = Encoding.UTF8.GetString(_file[_symbol]);
        if (!CanonicalText.IsName(symbol))
        {
            _file.Add(_symbol, InputReason.ConfigInvalid, $"{DecimalFaultText.Show(_file[_symbol])} is no symbol",
                "Write 1 to 32 of A-Z a-z 0-9 . _ -");
            return null;
        }

        if (!_symbols.Add(symbol))
        {
            _file.Add(_symbol, InputReason.ConfigInvalid, $"the asset '{symbol}' is listed twice",
                "Keep one row for each asset; letters of either case are the same");
            return null;
        }

        if (_symbols.Count > EntryKey.AssetsMax)
        {
            _file.Add(_symbol, InputReason.ConfigInvalid, "there are more than 65,535 assets", "List fewer");
            return null;
        }

        var row = new Row { Symbol = symbol, Line = _file.Line, Tiers = [] };
        if (!TryDecimals(row) || !TryPrice(row) || !TryClass(row) || !TryTexts(row)
            || !TryAmount(_insurance, row, out row.Insurance) || !TryAmount(_cap, row, out row.NettingCap))
            return null;

        foreach (var (column, _) in _pools) row.Tiers.Add(_file[column].ToArray());
        return row;
    }

    bool TryDecimals(Row row)
    {
        row.Decimals = DecimalsDefault;
        if (_decimals < 0) return true;
        var fault = DecimalText.TryWhole(_file[_decimals], DecimalText.DecimalsMax + 1, out row.Decimals);
        if (fault == DecimalFault.None) return true;
        _file.Add(_decimals, InputReason.ConfigInvalid,
            $"{DecimalFaultText.Show(_file[_decimals])} is no number of decimals", "Write a whole number from 0 to 30");
        return false;
    }

    bool TryPrice(Row row)
    {
        var text = _file[_price];
        var fault = DecimalText.TryExact(text, out row.Price);
        if (fault == DecimalFault.Empty)
        {
            _file.Add(_price, InputReason.ConfigInvalid, $"the asset '{row.Symbol}' has no price",
                "Every asset has a price, at least the smallest");
            return false;
        }

        if (fault != DecimalFault.None)
        {
            var (_, message, remedy) = DecimalFaultText.Explain(fault, text, 0, "no price has so many digits");
            _file.Add(_price, InputReason.ConfigInvalid, message, remedy);
            return false;
        }

        if (!row.Price.Digits.IsZero) return true;
        _file.Add(_price, InputReason.ConfigInvalid, $"the price of '{row.Symbol}' is zero",
            "A debt in an asset without a price would weigh nothing; state the price");
        return false;
    }

    bool TryClass(Row row)
    {
        row.Class = AssetClass.Other;
        if (_class < 0 || _file[_class].IsEmpty) return true;
        var text = Encoding.UTF8.GetString(_file[_class]);
        foreach (var known in Enum.GetValues<AssetClass>())
        {
            if (!known.ToString().ToLowerInvariant().Equals(text, StringComparison.Ordinal)) continue;
            row.Class = known;
            return true;
        }

        _file.Add(_class, InputReason.ConfigInvalid, $"{DecimalFaultText.Show(_file[_class])} is no class",
            "Write native, stable, wrapped, staked, own, fiat or other");
        return false;
    }

    bool TryTexts(Row row)
    {
        row.Source = _source < 0 || _file[_source].IsEmpty ? "unstated" : Encoding.UTF8.GetString(_file[_source]);
        row.Time = _time < 0 || _file[_time].IsEmpty ? _timeDefault : Encoding.UTF8.GetString(_file[_time]);
        if (!CanonicalText.IsFreeText(row.Source))
        {
            _file.Add(_source, InputReason.ConfigInvalid, "the source is no plain text",
                "Write up to 128 printable ASCII characters without quote, backslash or blanks at the ends");
            return false;
        }

        if (CanonicalText.IsTime(row.Time)) return true;
        _file.Add(_time, InputReason.ConfigInvalid, $"{DecimalFaultText.Show(_file[_time])} is no time",
            "Write YYYY-MM-DDTHH:MM:SSZ");
        return false;
    }

    bool TryAmount(int column, Row row, out UInt128 amount)
    {
        amount = UInt128.Zero;
        if (column < 0 || _file[column].IsEmpty) return true;
        var fault = DecimalText.TryAmount(_file[column], row.Decimals, out amount);
        if (fault == DecimalFault.None) return true;
        var (reason, message, remedy) = DecimalFaultText.Explain(
            fault, _file[column], row.Decimals, "an amount is below 2^90 smallest units");
        _file.Add(column, reason, message, remedy);
        return false;
    }

    AssetInput? Finish(InputErrors errors)
    {
        // The least scale on which every weight is whole: decimals plus the price's own, which ends in no zero.
        var scale = 0;
        Row? finest = null;
        foreach (var row in _rows)
        {
            var own = row.Decimals + row.Price.Scale - TrailingZeros(row.Price);
            if (own > scale) (scale, finest) = (own, row);
        }

        void Refuse(Row row, int column, string message, string remedy) => errors.Add(new(
            _file.Name, row.Line, column + 1, _file.Header[column], InputReason.ConfigInvalid, message, remedy));

        if (scale > ValueScaleMax)
        {
            Refuse(finest!, _price, $"decimals and price together need {scale} places; {ValueScaleMax} are the most",
                "Write the price with fewer digits, or give the asset fewer decimals");
            return null;
        }

        var assets = new List<AssetDefinition>(_rows.Count);
        foreach (var row in _rows)
        {
            row.Price.TryScale(scale - row.Decimals, out var weight);
            if (weight >= (BigInteger)Amount.Limit)
            {
                Refuse(row, _price,
                    $"the price of '{row.Symbol}' is 2^90 or more on the scale that '{finest?.Symbol}' needs",
                    "Write the prices with fewer digits, or give the assets other decimals");
                continue;
            }

            var tiers = new List<Tier>();
            for (var i = 0; i < _pools.Count; i++)
            {
                if (TierList.TryRead(row.Tiers[i], i + 1, scale, tiers) is { } fault)
                    Refuse(row, _pools[i].Column, fault.Message, fault.Remedy);
            }

            assets.Add(new(
                row.Symbol, row.Class, row.Decimals, (UInt128)weight, row.Source, row.Time, tiers));
        }

        var names = new string[EntryKey.PoolMax];
        for (var i = 0; i < names.Length; i++) names[i] = i < _pools.Count ? _pools[i].Name : "";
        return new(
            new(assets, names, scale, _unit),
            [.. _rows.Select(row => row.Insurance)], [.. _rows.Select(row => row.NettingCap)]);
    }

    static int TrailingZeros(ExactDecimal price)
    {
        // Only a whole number ends in zeros: TryExact removed those behind the point.
        var zeros = 0;
        for (var digits = price.Digits; !digits.IsZero; zeros++)
        {
            digits = BigInteger.DivRem(digits, 10, out var last);
            if (!last.IsZero) break;
        }

        return zeros;
    }

    sealed class Row
    {
        public required string Symbol;
        public required long Line;
        public required List<byte[]> Tiers;
        public int Decimals;
        public ExactDecimal Price;
        public AssetClass Class;
        public string Source = "";
        public string Time = "";
        public UInt128 Insurance;
        public UInt128 NettingCap;
    }
}
