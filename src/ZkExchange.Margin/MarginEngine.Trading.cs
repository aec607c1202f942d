using ZkExchange.Ledger;

namespace ZkExchange.Margin;

// What orders and fills do to positions and money.
public sealed partial class MarginEngine
{
    /// <summary>
    /// Whether an order may be placed. A reducing one always may, but never trades below its zero price; others must
    /// leave the pool healthy.
    /// </summary>
    /// <param name="account">Whose.</param>
    /// <param name="instrument">Contract.</param>
    /// <param name="isBuy">Side.</param>
    /// <param name="lots">Size.</param>
    /// <param name="limit">Worst price in ticks; moved to the zero price if that is nearer.</param>
    /// <param name="reduceOnly">The book sees to it that the order cannot open.</param>
    /// <param name="allowsRisk">The contract's price may be used to open risk.</param>
    public RejectCode Admit(
        int account, int instrument, bool isBuy, long lots, ref uint limit, bool reduceOnly, bool allowsRisk)
    {
        PayFunding(account);
        var c = ContractOf(instrument);
        ref var p = ref PositionOf(account, instrument);
        var reducible = isBuy ? -p.Size : p.Size;
        var ahead = isBuy ? p.OpenBuys : p.OpenSells;
        if (reduceOnly || lots + ahead <= reducible)
            return AdmitReducing(account, instrument, isBuy, Math.Min(lots, Math.Max(0, reducible)), ref limit);
        if (!allowsRisk)
            return RejectCode.PriceNotValid;
        if (lots + ahead + Math.Max(0, -reducible) > c.Risk.PositionMax)
            return RejectCode.QuantityTooLarge;
        if (c.OpenInterest + lots > c.Risk.OpenInterestMax)
            return RejectCode.OpenInterestCap;
        if ((Int128)(c.OpenInterest + lots) * c.QuotePerTickLot << 32 >= Amounts.Limit)
            return RejectCode.ArithmeticRange;
        var before = p;
        AddOrder(ref p, c, isBuy, lots, limit);
        var risk = Measure(account, instrument);
        var hasRoom = HasRoom(account, 0);
        p = before;
        if (!hasRoom)
            return RejectCode.ArithmeticRange;
        return risk.EquityInitial >= risk.Initial ? RejectCode.None : RejectCode.InsufficientMargin;
    }

    /// <summary>
    /// True if an account's money in the settlement asset, and its debt, stay in range with so much more of it,
    /// whatever its positions and orders gain or lose: no mark is above 2^32 ticks.
    /// </summary>
    public bool HasRoom(int account, Int128 more)
    {
        var money = more + _ledger.BalanceOf(Free(account));
        Int128 perTick = 0;
        foreach (ref readonly var p in PositionsOf(account).Items)
        {
            money += p.IsIsolated ? _ledger.BalanceOf(IsolatedCash(account, p.Instrument)) : 0;
            perTick += (Int128)(Math.Abs(p.Size) + Math.Max(p.OpenBuys, p.OpenSells))
                * ContractOf(p.Instrument).QuotePerTickLot;
        }
        return Int128.Max(money, -_ledger.BalanceOf(Debt(account))) + (perTick << 32) < Amounts.Limit;
    }

    /// <summary>An order that could open or add becomes live.</summary>
    public void OnOrderOpened(int account, int instrument, bool isBuy, long lots, uint limit) =>
        AddOrder(ref PositionOf(account, instrument), ContractOf(instrument), isBuy, lots, limit);

    /// <summary>Lots of such an order are gone, traded or not.</summary>
    public void OnOrderGone(int account, int instrument, bool isBuy, long lots, uint limit)
    {
        var c = ContractOf(instrument);
        ref var p = ref PositionOf(account, instrument);
        var notional = (Int128)lots * limit * c.QuotePerTickLot;
        if (isBuy)
        {
            p.OpenBuys -= lots;
            p.OpenBuyNotional -= notional;
            if (p.OpenBuys == 0)
                p.PeakBuy = 0;
        }
        else
        {
            p.OpenSells -= lots;
            p.OpenSellNotional -= notional;
            if (p.OpenSells == 0)
                p.TroughSell = 0;
        }
        Invariant.Holds(p.OpenBuys >= 0 && p.OpenSells >= 0 && p.OpenBuyNotional >= 0 && p.OpenSellNotional >= 0);
    }

    /// <summary>One side of a fill: funding, position, realised profit, fee, in this order.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="instrument">Contract.</param>
    /// <param name="isBuy">Side.</param>
    /// <param name="lots">Size.</param>
    /// <param name="price">Ticks.</param>
    /// <param name="feePpm">Fee; below zero a rebate.</param>
    public void OnFill(int account, int instrument, bool isBuy, long lots, uint price, int feePpm)
    {
        PayFunding(account);
        var c = ContractOf(instrument);
        var notional = (Int128)lots * price * c.QuotePerTickLot;             // exact: < 2^(48 + 32 + 10)
        Book(account, c, isBuy ? lots : -lots, isBuy ? notional : -notional, PostingReason.RealisedProfit);
        if (feePpm > 0)
            Pay(account, instrument, -MarginMath.Fee(notional, feePpm), House(AccountKind.Fees), PostingReason.Fee);
        else if (feePpm < 0)
            Pay(account, instrument, MarginMath.Rebate(notional, -feePpm), House(AccountKind.Fees),
                PostingReason.Rebate);
    }

    /// <summary>Moves a position by lots at a signed cost, without fee: takeover, deleverage, settlement.</summary>
    public void OnTransfer(int account, int instrument, long lots, Int128 cost, PostingReason reason) =>
        Book(account, ContractOf(instrument), lots, cost, reason);

    /// <summary>Brings an account's funding up to date. Comes before every computation on its positions.</summary>
    public void PayFunding(int account)
    {
        foreach (ref var p in PositionsOf(account).Items)
        {
            var c = ContractOf(p.Instrument);
            var change = c.FundingIndex - p.FundingSeen;
            if (change == 0)
                continue;
            p.FundingSeen = c.FundingIndex;
            if (p.Size == 0)
                continue;
            var received = -((Int128)p.Size * change);                       // < 2^(55 + 70)
            Pay(account, p.Instrument, received >> 32, House(AccountKind.Funding, p.Instrument), PostingReason.Funding);
        }
    }

    static void AddOrder(ref Position p, Contract c, bool isBuy, long lots, uint limit)
    {
        var notional = (Int128)lots * limit * c.QuotePerTickLot;
        if (isBuy)
        {
            p.OpenBuys += lots;
            p.OpenBuyNotional += notional;
            p.PeakBuy = Math.Max(p.PeakBuy, limit);
        }
        else
        {
            p.OpenSells += lots;
            p.OpenSellNotional += notional;
            p.TroughSell = p.TroughSell == 0 ? limit : Math.Min(p.TroughSell, limit);
        }
    }

    RejectCode AdmitReducing(int account, int instrument, bool isBuy, long lots, ref uint limit)
    {
        if (lots == 0)
            return RejectCode.None;                                          // nothing can trade: the book will say so
        var c = ContractOf(instrument);
        var risk = Measure(account, instrument);
        if (risk.Equity < 0)
            return RejectCode.AccountNotHealthy;
        var zero = ZeroPrice(account, instrument, lots, risk, c.Risk.TakerFeePpm);
        limit = isBuy ? Math.Min(limit, zero) : Math.Max(limit, zero);
        return RejectCode.None;
    }

    // Position and cost move together; what closes is realised against the clearing account.
    void Book(int account, Contract c, long lots, Int128 cost, PostingReason reason)
    {
        ref var p = ref PositionOf(account, c.Instrument);
        c.OpenInterest -= Math.Max(0, p.Size);
        Int128 realised = 0;
        var closing = Math.Sign(p.Size) * Math.Sign(lots) < 0 ? Math.Min(Math.Abs(lots), Math.Abs(p.Size)) : 0;
        if (closing > 0)
        {
            // The part that closes takes its share of both costs; a flip opens with the rest.
            var proceeds = closing == Math.Abs(lots) ? cost : MarginMath.CostShare(cost, closing, Math.Abs(lots));
            var share = MarginMath.CostShare(p.Cost, closing, Math.Abs(p.Size));
            realised = -proceeds - share;
            p.Cost -= share;
            p.Size += Math.Sign(lots) * closing;
            cost -= proceeds;
        }
        p.Size += lots - (Math.Sign(lots) * closing);
        p.Cost += cost;
        c.OpenInterest += Math.Max(0, p.Size);
        Invariant.Holds(p.Size != 0 || p.Cost == 0);
        Pay(account, c.Instrument, realised, House(AccountKind.Clearing, c.Instrument), reason);
    }

    // Money between a pool and an account of the house. A loss beyond a cross pool's free money becomes debt; beyond
    // an isolated pool's,
    // insurance pays, and at last nobody does.
    void Pay(int account, int instrument, Int128 amount, LedgerAccount counter, PostingReason reason)
    {
        var isIsolated = PositionsOf(account).IndexOf(instrument) is var at and >= 0
            && PositionsOf(account).Items[at].IsIsolated;
        var cash = isIsolated ? IsolatedCash(account, instrument) : Free(account);
        if (amount > 0)
        {
            var repaid = isIsolated ? 0 : Int128.Min(amount, -_ledger.BalanceOf(Debt(account)));
            _ledger.Move(counter, Debt(account), repaid, reason);
            _ledger.Move(counter, cash, amount - repaid, reason);
            return;
        }
        var paid = Int128.Min(-amount, _ledger.BalanceOf(cash));
        _ledger.Move(cash, counter, paid, reason);
        var missing = -amount - paid;
        if (!isIsolated)
        {
            _ledger.Move(Debt(account), counter, missing, reason);
            return;
        }
        var insured = Int128.Min(missing, _ledger.BalanceOf(House(AccountKind.Insurance)));
        _ledger.Move(House(AccountKind.Insurance), counter, insured, PostingReason.Insurance);
        _ledger.Move(House(AccountKind.Deficit), counter, missing - insured, PostingReason.Deficit);
    }
}
