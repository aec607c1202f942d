using ZkExchange.Ledger;

namespace ZkExchange.Margin;

// Zero prices, deleverage ranking, and the cleaning up after a liquidation.
public sealed partial class MarginEngine
{
    /// <summary>
    /// The price at which closing some lots leaves the ratio of equity to maintenance margin as it is, in ticks, fee
    /// included.
    /// </summary>
    public uint ZeroPrice(int account, int instrument, long lots, in AccountRisk risk, int feePpm)
    {
        var c = ContractOf(instrument);
        var size = PositionOf(account, instrument).Size;
        // positive for a long, negative for a short
        var quote = ZeroQuote(account, instrument, lots, risk);
        var perTick = (Int128)lots * c.QuotePerTickLot;
        var fee = MarginMath.Fee(Int128.Abs(quote), feePpm);
        var price = size > 0
            ? Rounding.CeilDiv(Int128.Max(1, quote + fee), perTick)
            : Rounding.FloorDiv(Int128.Max(perTick, -quote - fee), perTick);
        return (uint)Int128.Clamp(price, 1, uint.MaxValue - 1);
    }

    /// <summary>
    /// What an account receives (below zero: pays) for lots of its position at the zero price, to the last unit.
    /// </summary>
    public Int128 ZeroQuote(int account, int instrument, long lots, in AccountRisk risk)
    {
        var (worth, slice) = SliceOf(account, instrument, lots);
        Invariant.Holds(risk.Maintenance > 0);
        return worth - MarginMath.GivenUp(risk.Equity, slice, risk.Maintenance);
    }

    /// <summary>What some lots of a position are worth at the mark, and the maintenance margin they free.</summary>
    public (Int128 Worth, Int128 Maintenance) SliceOf(int account, int instrument, long lots)
    {
        var c = ContractOf(instrument);
        var size = PositionOf(account, instrument).Size;
        Invariant.Holds(lots > 0 && lots <= Math.Abs(size));
        var rest = size - (Math.Sign(size) * lots);
        return (MarginMath.Worth(size, c.Mark, c.QuotePerTickLot) - MarginMath.Worth(rest, c.Mark, c.QuotePerTickLot),
            MaintenanceOf(c, size) - MaintenanceOf(c, rest));
    }

    /// <summary>Where a pool would stand after a transfer of lots at a signed cost.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="instrument">Contract; names the pool.</param>
    /// <param name="lots">Added, signed.</param>
    /// <param name="cost">What they cost, with their sign.</param>
    public AccountRisk MeasureAfter(int account, int instrument, long lots, Int128 cost)
    {
        ref var p = ref PositionOf(account, instrument);
        var before = p;
        p.Size += lots;
        p.Cost += cost;                                          // realised or not: cash less cost stays the same
        var risk = Measure(account, instrument);
        if (p.Size == 0)                                         // then nobody has counted the cost
            risk = risk with { EquityInitial = risk.EquityInitial - p.Cost, Equity = risk.Equity - p.Cost };
        p = before;
        return risk;
    }

    /// <summary>The contract of a pool whose position needs the most maintenance margin; -1 if there is none.</summary>
    public int LargestOf(int account, int isolatedInstrument)
    {
        var largest = -1;
        Int128 most = 0;
        foreach (ref readonly var p in PositionsOf(account).Items)
        {
            if (p.Size == 0 || p.IsIsolated != isolatedInstrument >= 0
                || (p.IsIsolated && p.Instrument != isolatedInstrument))
                continue;
            var maintenance = MaintenanceOf(ContractOf(p.Instrument), p.Size);
            if (maintenance > most)
                (largest, most) = (p.Instrument, maintenance);
        }
        return largest;
    }

    /// <summary>
    /// The rank of an account among those that may be deleveraged: profitable first, then the highest leverage and
    /// gain.
    /// </summary>
    /// <returns>True if profitable, and the score: gain over entry times notional over equity, each in 2^-24 and
    /// capped at 2^40.</returns>
    public (bool Profitable, Int128 Score) DeleverageScore(int account, int instrument)
    {
        var c = ContractOf(instrument);
        ref var p = ref PositionOf(account, instrument);
        var worth = MarginMath.Worth(p.Size, c.Mark, c.QuotePerTickLot);
        var (up, down) = p.Size > 0 ? (worth, p.Cost) : (-p.Cost, -worth);   // both positive for an ordinary position
        var gain = Ratio(up, down);
        var equity = Measure(account, instrument).Equity;
        var leverage = Ratio(MarginMath.Notional(p.Size, c.Mark, c.QuotePerTickLot), equity);
        return (worth > p.Cost, gain * leverage);
    }

    /// <summary>
    /// Takes the liquidation fee on what a pool has just closed, no more than the equity that is left, for the
    /// insurance fund.
    /// </summary>
    public void ChargeLiquidation(int account, int instrument, Int128 notional)
    {
        var fee = MarginMath.Fee(notional, ContractOf(instrument).Risk.LiquidationFeePpm);
        var left = Int128.Max(0, Measure(account, instrument).Equity);
        if (PositionOf(account, instrument).IsIsolated)          // its profit on paper pays nobody
            left = Int128.Min(left, _ledger.BalanceOf(IsolatedCash(account, instrument)));
        Pay(account, instrument, -Int128.Min(fee, left), House(AccountKind.Insurance), PostingReason.LiquidationFee);
    }

    /// <summary>Moves money between the free money of an account and one of its isolated positions.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="instrument">Contract; a position that is not isolated becomes so, if it has neither lots nor
    /// orders.</param>
    /// <param name="amount">Above zero into the position, below zero out of it, down to its initial margin.</param>
    public RejectCode MoveIsolated(int account, int instrument, Int128 amount)
    {
        PayFunding(account);
        ref var p = ref PositionOf(account, instrument);
        if (!p.IsIsolated && (p.Size != 0 || p.OpenBuys != 0 || p.OpenSells != 0))
            return RejectCode.InvalidCombination;
        if (amount > 0)
        {
            if (_ledger.BalanceOf(Free(account)) < amount)
                return RejectCode.InsufficientBalance;
            var cross = Measure(account);
            if (HasRisk(account) && cross.EquityInitial - amount < cross.Initial)
                return RejectCode.InsufficientMargin;
            p.IsIsolated = true;
            _ledger.Move(Free(account), IsolatedCash(account, instrument), amount, PostingReason.IsolatedMargin);
            return RejectCode.None;
        }
        if (!p.IsIsolated || _ledger.BalanceOf(IsolatedCash(account, instrument)) < -amount)
            return RejectCode.InsufficientBalance;
        var risk = Measure(account, instrument);
        if (risk.EquityInitial + amount < risk.Initial)
            return RejectCode.InsufficientMargin;
        _ledger.Move(IsolatedCash(account, instrument), Free(account), -amount, PostingReason.IsolatedMargin);
        p.IsIsolated = p.Size != 0 || p.OpenBuys != 0 || p.OpenSells != 0
            || _ledger.BalanceOf(IsolatedCash(account, instrument)) != 0;
        return RejectCode.None;
    }

    /// <summary>
    /// True if an account's money is behind something: cross positions, orders in contracts, or debt.
    /// </summary>
    public bool HasRisk(int account)
    {
        foreach (ref readonly var p in PositionsOf(account).Items)
        {
            if (!p.IsIsolated && !p.IsBlank)
                return true;
        }
        for (var mask = _ledger.AssetsOf(account); mask != 0; mask &= mask - 1)
        {
            var asset = System.Numerics.BitOperations.TrailingZeroCount(mask);
            if (_ledger.BalanceOf(new LedgerAccount(AccountKind.Debt, account, asset)) != 0)
                return true;
        }
        return false;
    }

    /// <summary>
    /// After its last position is closed, sells an account's collateral to the insurance fund at its maintenance
    /// value, for its debt; then insurance, then nobody, pays the rest.
    /// </summary>
    public void CloseOut(int account)
    {
        for (var mask = _ledger.AssetsOf(account); mask != 0; mask &= mask - 1)
        {
            var asset = System.Numerics.BitOperations.TrailingZeroCount(mask);
            if (asset == SettlementAsset)
                continue;
            foreach (var kind in (ReadOnlySpan<AccountKind>)[AccountKind.Free, AccountKind.Pledged])
                Seize(account, new LedgerAccount(kind, account, asset));
        }
        foreach (var kind in (ReadOnlySpan<AccountKind>)[AccountKind.Free, AccountKind.Pledged])
        {
            var from = new LedgerAccount(kind, account, SettlementAsset);
            _ledger.Move(from, Debt(account), Int128.Min(_ledger.BalanceOf(from), -_ledger.BalanceOf(Debt(account))),
                PostingReason.Repay);
        }
        if (OwesOther(account))
            return;
        var insured = Int128.Min(-_ledger.BalanceOf(Debt(account)), _ledger.BalanceOf(House(AccountKind.Insurance)));
        _ledger.Move(House(AccountKind.Insurance), Debt(account), insured, PostingReason.Insurance);
        _ledger.Move(House(AccountKind.Deficit), Debt(account), -_ledger.BalanceOf(Debt(account)),
            PostingReason.Deficit);
    }

    /// <summary>Makes an account's pledge of an asset free again, to be sold.</summary>
    public void Unpledge(int account, int asset)
    {
        var pledged = new LedgerAccount(AccountKind.Pledged, account, asset);
        _ledger.Move(pledged, pledged with { Kind = AccountKind.Free }, _ledger.BalanceOf(pledged),
            PostingReason.Pledge);
    }

    // The fund takes no more than it can pay for and the debt needs; an asset that counts nothing is taken last and
    // whole.
    void Seize(int account, LedgerAccount from)
    {
        var held = _ledger.BalanceOf(from);
        var owed = -_ledger.BalanceOf(Debt(account));
        var worth = CollateralOf(from.Asset, held).Maintenance;
        if (held == 0 || owed == 0 || worth == 0)
            return;
        var price = Int128.Min(worth, Int128.Min(owed, _ledger.BalanceOf(House(AccountKind.Insurance))));
        if (price == 0)
            return;
        var amount = Int128.Min(held, Rounding.MulDivCeil(held, price, worth));
        _ledger.Move(from, new LedgerAccount(AccountKind.Insurance, 0, from.Asset), amount, PostingReason.Seizure);
        _ledger.Move(House(AccountKind.Insurance), Debt(account), price, PostingReason.Seizure);
    }

    /// <summary>
    /// The fund pays off what the venue owes, as far as it can: never do both stand beside each other.
    /// </summary>
    public void CoverDeficit() => _ledger.Move(House(AccountKind.Insurance), House(AccountKind.Deficit),
        Int128.Min(_ledger.BalanceOf(House(AccountKind.Insurance)), -_ledger.BalanceOf(House(AccountKind.Deficit))),
        PostingReason.Recapitalisation);

    bool OwesOther(int account)
    {
        for (var mask = _ledger.AssetsOf(account); mask != 0; mask &= mask - 1)
        {
            var asset = System.Numerics.BitOperations.TrailingZeroCount(mask);
            var held = _ledger.BalanceOf(new LedgerAccount(AccountKind.Free, account, asset))
                + _ledger.BalanceOf(new LedgerAccount(AccountKind.Pledged, account, asset));
            if (asset != SettlementAsset && CollateralOf(asset, held).Maintenance > 0)
                return true;                                                 // it still has something to pay with
        }
        return false;
    }

    static Int128 Ratio(Int128 up, Int128 down)
    {
        var cap = Int128.One << 40;
        if (up <= 0)
            return 0;
        return down <= 0 ? cap : Int128.Min(cap, Rounding.MulDivFloor(up, 1 << 24, down));
    }

    static Int128 MaintenanceOf(Contract c, long size) =>
        MarginMath.Requirement(c.Risk.Tiers, MarginMath.Notional(size, c.Mark, c.QuotePerTickLot)).Maintenance;
}
