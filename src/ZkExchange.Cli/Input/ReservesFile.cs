using System.Text;
using ZkExchange.Commitments;

namespace ZkExchange.Cli.Input;

/// <summary>Reads the reserves report: asset,amount[,chain,address,signature], by name in any order.</summary>
static class ReservesFile
{
    const string Unstated = "unstated";
    static readonly string[] s_columns = ["asset", "amount", "chain", "address", "signature"];

    /// <summary>The rows in the order of the file; null, and errors, when it cannot be used.</summary>
    public static IReadOnlyList<ReserveInput>? Read(string path, AssetInput assets, InputErrors errors)
    {
        using var file = InputFile.Open(path, errors);
        return file is null ? null : Read(file, assets, errors);
    }

    /// <inheritdoc cref="Read(string, AssetInput, InputErrors)"/>
    public static IReadOnlyList<ReserveInput>? Read(InputFile file, AssetInput assets, InputErrors errors)
    {
        var before = errors.Count;
        var columns = MapColumns(file);
        if (errors.Count > before) return null;

        var symbols = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < assets.Table.Assets.Count; i++) symbols.Add(assets.Table.Assets[i].Symbol, i);
        var rows = new List<ReserveInput>();
        var seen = new Dictionary<(int, string, string), long>();
        while (file.Read(out var fault, out var reason))
        {
            if (fault is { } broken) file.Add(broken.Column - 1, reason, broken.Message, broken.Remedy);
            else if (ReadRow(file, columns, assets, symbols) is { } row) AddRow(file, row, rows, seen);
        }

        CheckSums(file.Name, rows, assets, errors);
        return errors.Count > before ? null : rows;
    }

    static int[] MapColumns(InputFile file)
    {
        var columns = new int[s_columns.Length];
        Array.Fill(columns, -1);
        for (var i = 0; i < file.Header.Count; i++)
        {
            var known = Array.IndexOf(s_columns, file.Header[i]);
            if (known >= 0) columns[known] = i;
            else file.AddHeader(i, "the column is not known", "The columns are " + string.Join(", ", s_columns));
        }

        for (var i = 0; i < 2; i++)
        {
            if (columns[i] < 0)
                file.AddHeader(-1, $"the column '{s_columns[i]}' is missing", $"Add a column '{s_columns[i]}'");
        }

        return columns;
    }

    static ReserveInput? ReadRow(
        InputFile file, int[] columns, AssetInput assets, Dictionary<string, int> symbols)
    {
        var symbol = Encoding.UTF8.GetString(file[columns[0]]);
        if (!symbols.TryGetValue(symbol, out var asset))
        {
            file.Add(columns[0], InputReason.InputAssetUnknown,
                $"the asset {DecimalFaultText.Show(file[columns[0]])} is not in the asset file",
                "Add it there with its price; symbols are compared letter by letter");
            return null;
        }

        var decimals = assets.Table.Assets[asset].Decimals;
        var fault = DecimalText.TryAmount(file[columns[1]], decimals, out var amount);
        if (fault != DecimalFault.None)
        {
            var (reason, message, remedy) = DecimalFaultText.Explain(
                fault, file[columns[1]], decimals, "an amount is below 2^90 smallest units");
            file.Add(columns[1], reason, message, remedy);
            return null;
        }

        var texts = new string[s_columns.Length];
        for (var i = 2; i < texts.Length; i++)
        {
            texts[i] = columns[i] < 0 ? "" : Encoding.UTF8.GetString(file[columns[i]]);
            if (texts[i].Length == 0 && i < 4) texts[i] = Unstated;
            var longest = i == 4 ? ReservesReport.SignatureMax : CanonicalText.FreeTextMax;
            if (texts[i].Length == 0 || CanonicalText.IsFreeText(texts[i], longest)) continue;
            file.Add(columns[i], InputReason.InputEncoding, "the text is too long or not plain",
                "Write up to 128 printable ASCII characters without quote, backslash or blanks at the ends");
            return null;
        }

        return new(asset, amount, texts[2], texts[3], texts[4]);
    }

    static void AddRow(
        InputFile file, ReserveInput row, List<ReserveInput> rows, Dictionary<(int, string, string), long> seen)
    {
        if (seen.TryAdd((row.Asset, row.Chain, row.Address), file.Line))
        {
            rows.Add(row);
            return;
        }

        var first = seen[(row.Asset, row.Chain, row.Address)];
        file.Add(-1, InputReason.InputRow, $"asset, chain and address are those of line {first}",
            "State each address once; without addresses, one row an asset");
    }

    // Every asset is covered below 2^90, and a fund is part of the reserves that it is set aside from.
    static void CheckSums(string name, List<ReserveInput> rows, AssetInput assets, InputErrors errors)
    {
        var sums = ReserveInput.Sum(rows, assets.Table.Assets.Count);
        for (var asset = 0; asset < sums.Length; asset++)
        {
            var symbol = assets.Table.Assets[asset].Symbol;
            if (!Amount.IsValid(sums[asset]))
                errors.Add(name, InputReason.InputRange, $"the reserves of '{symbol}' are 2^90 smallest units or more",
                    "Give the asset fewer decimals");
            else if (assets.Insurance[asset] > sums[asset])
                errors.Add(name, InputReason.ConfigInvalid,
                    $"the insurance fund of '{symbol}' is larger than its reserves",
                    "A fund is part of the reserves; correct 'insurance' in the asset file");
        }
    }
}
