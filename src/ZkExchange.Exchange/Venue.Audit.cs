using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Exchange;

// Everything that must hold after every command, computed anew from the bottom. Slow, and meant to be.
public sealed partial class Venue
{
    /// <summary>Stops with a reason if any law of the venue is broken.</summary>
    public void Audit()
    {
        Ledger.CheckBalanced();
        var holds = new SortedDictionary<(int Account, int Asset), Int128>();
        foreach (var market in _markets)
        {
            market.Book.CheckInternals();
            if (market.IsSpot)
                AddHolds(market, holds);
            else
                AuditContract(market);
        }
        AuditFund();
        for (var account = 0; account < _accounts.Count; account++)
        {
            for (var asset = 0; asset < Parameters.Assets.Count; asset++)
                Invariant.Holds(Ledger.BalanceOf(new LedgerAccount(AccountKind.InOrder, account, asset))
                    == holds.GetValueOrDefault((account, asset)));
        }
    }

    // The fund has no orders and no customers' money, and no money beside a debt.
    void AuditFund()
    {
        var settlement = Parameters.SettlementAsset;
        Invariant.Holds(Ledger.BalanceOf(new LedgerAccount(AccountKind.Deficit, 0, settlement)) == 0
            || Ledger.BalanceOf(new LedgerAccount(AccountKind.Insurance, 0, settlement)) == 0);
        foreach (var market in _markets)
            Invariant.Holds(market.Book.OrdersOf(MarginEngine.Fund) == 0);
        for (var kind = AccountKind.Free; kind <= AccountKind.Isolated; kind++)
        {
            for (var asset = 0; asset < Parameters.Assets.Count; asset++)
                Invariant.Holds(Ledger.BalanceOf(new LedgerAccount(kind, MarginEngine.Fund, asset)) == 0);
        }
    }

    static void AddHolds(Market market, SortedDictionary<(int Account, int Asset), Int128> holds)
    {
        foreach (var o in market.Book.Orders())
        {
            if (!o.IsLive)
                continue;
            var key = (o.Account, o.Side == Side.Buy ? market.Spec.QuoteAsset : market.Spec.BaseAsset);
            holds[key] = holds.GetValueOrDefault(key) + HoldOf(market, o.Side, o.Leaves, o.Limit);
        }
    }

    void AuditContract(Market market)
    {
        var contract = Margin.ContractOf(market.Number);
        long positions = 0, open = 0;
        Int128 costs = 0, funding = 0;
        var orders = new SortedDictionary<int, (long Buys, long Sells, Int128 BuyNotional, Int128 SellNotional)>();
        foreach (var o in market.Book.Orders())
        {
            if (!o.IsLive || (o.Flags & OrderConditions.ReduceOnly) != OrderConditions.None)
                continue;
            var sum = orders.GetValueOrDefault(o.Account);
            var notional = (Int128)o.Leaves * o.Limit * contract.QuotePerTickLot;
            orders[o.Account] = o.Side == Side.Buy
                ? (sum.Buys + o.Leaves, sum.Sells, sum.BuyNotional + notional, sum.SellNotional)
                : (sum.Buys, sum.Sells + o.Leaves, sum.BuyNotional, sum.SellNotional + notional);
        }
        for (var account = 0; account < _accounts.Count; account++)
        {
            var at = Margin.PositionsOf(account).IndexOf(market.Number);
            var p = at < 0 ? default : Margin.PositionsOf(account).Items[at];
            Invariant.Holds(p.Size == market.Book.PositionOf(account) && (p.Size != 0 || p.Cost == 0));
            Invariant.Holds((p.OpenBuys, p.OpenSells, p.OpenBuyNotional, p.OpenSellNotional)
                == orders.GetValueOrDefault(account));
            positions += p.Size;
            open += Math.Max(0, p.Size);
            costs += p.Cost;
            if (p.Size != 0)
                funding += (Int128)p.Size * (contract.FundingIndex - p.FundingSeen);
        }
        Invariant.Holds(positions == 0 && open == contract.OpenInterest);
        var settlement = Parameters.SettlementAsset;
        Invariant.Holds(Ledger.BalanceOf(new LedgerAccount(AccountKind.Clearing, 0, settlement, market.Number))
            + costs == 0);
        var pool = Ledger.BalanceOf(new LedgerAccount(AccountKind.Funding, 0, settlement, market.Number));
        Invariant.Holds((pool << 32) + funding >= 0);            // rounding has favoured the house
    }
}
