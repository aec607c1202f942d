using System.Globalization;
using System.Numerics;
using System.Text;
using ZkExchange.Cli.Input;
using ZkExchange.Exchange;
using ZkExchange.Ledger;
using ZkExchange.Margin;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>The books of a venue in the form that an epoch is proven from: accounts, assets, reserves.</summary>
/// <remarks>
/// A customer's equity in the settlement asset is its money plus the unrealised profit of its positions, which nets
/// to zero over each contract; debts are taken
/// off the same asset's equity first. Who still owes has everything else in the pool "margin", where haircuts apply.
/// What an isolated position has lost beyond its money is not its owner's loss but the fund's. House money is no
/// liability; the insurance fund is set aside from the reserves.
/// </remarks>
static class BookExport
{
    public const string AccountsName = "accounts.csv";
    public const string AssetsName = "assets.csv";
    public const string ReservesName = "reserves.csv";
    const int PriceDigits = 8;

    /// <summary>
    /// The three files as text, by name. The venue's funding is brought up to date on the way, so it must be a copy.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(Venue venue)
    {
        var accounts = new StringBuilder("customer_id,asset,equity,debt,pool\n");
        var owed = new Int128[venue.Parameters.Assets.Count];
        Int128 lost = 0;
        for (var account = MarginEngine.Fund + 1; account < venue.AccountCount; account++)
        {
            venue.Margin.PayFunding(account);
            var beyond = LostBeyondIsolated(venue, account);
            WriteAccount(accounts, venue, account, beyond, owed);
            lost += beyond;
        }

        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [AccountsName] = accounts.ToString(),
            [AssetsName] = Assets(venue, owed, lost),
            [ReservesName] = Reserves(venue),
        };
    }

    static void WriteAccount(StringBuilder text, Venue venue, int account, Int128 beyond, Int128[] owed)
    {
        var settlement = venue.Parameters.SettlementAsset;
        var cash = Held(venue, account, settlement) + Profit(venue, account) + beyond
            - Pledged(venue, account, settlement) + Balance(venue, AccountKind.Debt, account, settlement);
        var debt = Int128.Max(0, -cash);
        owed[settlement] += debt;
        var rows = 0;
        for (var asset = 0; asset < owed.Length; asset++)
        {
            var pledged = Pledged(venue, account, asset);
            var free = asset == settlement ? Int128.Max(0, cash) : Held(venue, account, asset) - pledged;
            if (debt > 0 && asset != settlement) (free, pledged) = (0, free + pledged);
            if (free > 0 || (asset == settlement && debt > 0)) Row(asset, free, asset == settlement ? debt : 0, "");
            if (pledged > 0) Row(asset, pledged, 0, "margin");
        }

        if (rows == 0) Row(settlement, 0, 0, "");

        void Row(int asset, Int128 equity, Int128 owing, string pool)
        {
            rows++;
            text.Append(CultureInfo.InvariantCulture,
                $"{venue.NameOf(account)},{venue.Parameters.Assets[asset].Symbol},")
                .Append(CultureInfo.InvariantCulture, $"{StateCommand.Amount(venue, asset, equity)},")
                .Append(CultureInfo.InvariantCulture, $"{StateCommand.Amount(venue, asset, owing)},{pool}\n");
        }
    }

    static Int128 Balance(Venue venue, AccountKind kind, int owner, int asset, int instrument = 0) =>
        venue.Ledger.BalanceOf(new LedgerAccount(kind, owner, asset, instrument));

    static Int128 Pledged(Venue venue, int account, int asset) => Balance(venue, AccountKind.Pledged, account, asset);

    // Everything the customer has of an asset, debts aside; what waits to be withdrawn is still owed.
    static Int128 Held(Venue venue, int account, int asset)
    {
        var sum = Pledged(venue, account, asset) + Balance(venue, AccountKind.Free, account, asset)
            + Balance(venue, AccountKind.InOrder, account, asset)
                + Balance(venue, AccountKind.Withdrawing, account, asset);
        for (var i = 0; i < venue.InstrumentCount && asset == venue.Parameters.SettlementAsset; i++)
            sum += Balance(venue, AccountKind.Isolated, account, asset, i);
        return sum;
    }

    static Int128 Profit(Venue venue, int account)
    {
        Int128 sum = 0;
        foreach (ref readonly var p in venue.Margin.PositionsOf(account).Items)
        {
            var contract = venue.Margin.ContractOf(p.Instrument);
            sum += MarginMath.Worth(p.Size, contract.Mark, contract.QuotePerTickLot) - p.Cost;
        }

        return sum;
    }

    static Int128 LostBeyondIsolated(Venue venue, int account)
    {
        Int128 sum = 0;
        foreach (ref readonly var p in venue.Margin.PositionsOf(account).Items)
        {
            if (p.IsIsolated) sum += Int128.Max(0, -venue.Margin.Measure(account, p.Instrument).Equity);
        }

        return sum;
    }

    static string Assets(Venue venue, Int128[] owed, Int128 lost)
    {
        var text = new StringBuilder("symbol,decimals,price,insurance,netting_cap,tiers_margin\n");
        for (var asset = 0; asset < owed.Length; asset++)
        {
            var spec = venue.Parameters.Assets[asset];
            // What the fund's positions and isolated ones have lost on paper is no longer there for anybody.
            var insurance = asset == venue.Parameters.SettlementAsset
                ? Int128.Max(0, venue.Margin.Measure(MarginEngine.Fund).Equity - lost)
                : Balance(venue, AccountKind.Insurance, 0, asset);
            text.Append(CultureInfo.InvariantCulture, $"{spec.Symbol},{spec.Decimals},{Price(venue, asset)},")
                .Append(CultureInfo.InvariantCulture, $"{StateCommand.Amount(venue, asset, insurance)},")
                .Append(CultureInfo.InvariantCulture, $"{StateCommand.Amount(venue, asset, owed[asset])},")
                .Append('"').Append(Tiers(venue, asset)).Append("\"\n");
        }

        return text.ToString();
    }

    // Of a whole coin, in whole coins of the settlement asset, floored; what has no price counts next to nothing.
    static string Price(Venue venue, int asset)
    {
        var settlement = venue.Parameters.SettlementAsset;
        if (asset == settlement) return "1";
        var coin = (Int128)BigInteger.Pow(10, venue.Parameters.Assets[asset].Decimals);
        BigInteger value = venue.Margin.ValueOf(asset, coin);
        value = value * BigInteger.Pow(10, PriceDigits)
            / BigInteger.Pow(10, venue.Parameters.Assets[settlement].Decimals);
        return DecimalText.Format(BigInteger.Max(1, value), PriceDigits);
    }

    static string Tiers(Venue venue, int asset)
    {
        var settlement = venue.Parameters.SettlementAsset;
        if (asset == settlement) return "[0-1000000000000:100]";
        var unit = (Int128)BigInteger.Pow(10, venue.Parameters.Assets[settlement].Decimals);
        Int128 from = 0;
        var parts = new List<string>();
        foreach (var tier in venue.Parameters.Assets[asset].Tiers)
        {
            parts.Add($"{from}-{tier.UpTo / unit}:{tier.MaintenancePpm / 10_000}");
            from = tier.UpTo / unit;
        }

        return $"[{string.Join(',', parts)}]";
    }

    static string Reserves(Venue venue)
    {
        var text = new StringBuilder("asset,amount\n");
        for (var asset = 0; asset < venue.Parameters.Assets.Count; asset++)
        {
            var held = -Balance(venue, AccountKind.External, 0, asset);
            text.Append(CultureInfo.InvariantCulture, $"{venue.Parameters.Assets[asset].Symbol},")
                .Append(CultureInfo.InvariantCulture, $"{StateCommand.Amount(venue, asset, held)}\n");
        }

        return text.ToString();
    }
}
