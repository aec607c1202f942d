using System.Globalization;
using System.Text;
using ZkExchange.Cli.Input;
using ZkExchange.Fields;

namespace ZkExchange.Cli.Sample;

/// <summary>An asset table that is made up: well-known coins first, then numbered ones. It goes through the reader of
/// asset files, so that it is as valid as a user's.</summary>
static class SampleAssets
{
    /// <summary>The most assets.</summary>
    public const int CountMax = 500;

    static readonly (string Symbol, int Decimals, string Price, string Class)[] s_known =
    [
        ("BTC", 8, "91250.40", "native"), ("ETH", 18, "3120.75", "native"), ("USDT", 6, "1.0002", "stable"),
        ("USDC", 6, "0.9999", "stable"), ("BNB", 8, "905.10", "native"), ("SOL", 9, "142.36", "native"),
        ("XRP", 6, "2.1184", "native"), ("DOGE", 8, "0.15872", "native"), ("ADA", 6, "0.4791", "native"),
        ("TRX", 6, "0.27654", "native"), ("WBTC", 8, "91180.00", "wrapped"), ("STETH", 18, "3117.90", "staked"),
        ("LINK", 18, "13.574", "other"), ("AVAX", 18, "14.022", "native"), ("SHIB", 8, "0.00000861", "other"),
        ("LTC", 8, "93.41", "native"), ("DOT", 10, "2.713", "native"), ("UNI", 18, "7.318", "other"),
        ("EUR", 2, "1.1583", "fiat"), ("ZKX", 8, "4.20", "own"),
    ];

    static readonly string[] s_tiers =
    [
        "[0-1000000:95,1000000-5000000:85,5000000-20000000:60,20000000-100000000:30]",
        "[0-500000:90,500000-2000000:75,2000000-10000000:40]",
        "[0-50000:70,50000-250000:45.5,250000-1000000:12.25]",
    ];

    /// <summary>The asset file as text.</summary>
    public static string Text(int count)
    {
        Check.That(count is >= 1 and <= CountMax);
        var text = new StringBuilder("symbol,decimals,price,class,source,tiers_loan,tiers_margin,tiers_portfolio\n");
        for (var i = 0; i < count; i++)
        {
            var (symbol, decimals, price, kind) = i < s_known.Length ? s_known[i] : Numbered(i);
            var tiers = s_tiers[i < 4 ? 0 : i < s_known.Length ? 1 : 2];

            // House tokens and every tenth small coin are no collateral.
            if (kind.Equals("own", StringComparison.Ordinal) || (i >= s_known.Length && i % 10 == 0)) tiers = "[]";
            text.Append(CultureInfo.InvariantCulture,
                $"{symbol},{decimals},{price},{kind},sample,\"{tiers}\",\"{tiers}\",\"{tiers}\"\n");
        }

        return text.ToString();
    }

    /// <summary>The table.</summary>
    public static AssetInput Read(int count)
    {
        var errors = new InputErrors();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Text(count)));
        using var file = InputFile.Open("sample assets", stream, errors);
        Check.That(file is not null);
        var assets = AssetFile.Read(file, "2026-01-01T00:00:00Z", errors);
        Check.That(assets is not null);
        return assets;
    }

    static (string Symbol, int Decimals, string Price, string Class) Numbered(int index)
    {
        var stream = new SeededStream((ulong)index);
        var cents = stream.Pareto(2, 100_000);
        var price = DecimalText.Format(cents, 2);
        return ("COIN" + index.ToString("D3", CultureInfo.InvariantCulture), 8, price, "other");
    }
}
