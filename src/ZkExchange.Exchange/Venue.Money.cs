using ZkExchange.Ledger;
using ZkExchange.Margin;

namespace ZkExchange.Exchange;

// Money in, out, across, pledged and owed. Movements with a key happen once, however often they are asked for.
public sealed partial class Venue
{
    readonly Dictionary<UInt128, Transfer> _transfers = [];

    RejectCode MoveMoney(in Command c)
    {
        if (c.Kind is CommandKind.ConfirmWithdrawal or CommandKind.CancelWithdrawal)
            return EndWithdrawal(c);
        if (c.Kind != CommandKind.FundInsurance && !IsCustomer(c.Account))
            return RejectCode.UnknownAccount;
        if (c.Asset < 0 || c.Asset >= Parameters.Assets.Count)
            return RejectCode.UnknownAsset;
        if (c.Amount == 0 || c.Amount >= Amounts.Limit || c.Amount <= -Amounts.Limit)
            return RejectCode.AmountOutOfRange;
        if (c.Amount < 0 && c.Kind is not (CommandKind.Pledge or CommandKind.MoveIsolated))
            return RejectCode.AmountOutOfRange;
        var free = new LedgerAccount(AccountKind.Free, c.Account, c.Asset);
        switch (c.Kind)
        {
            case CommandKind.Deposit:
                return Once(c, new LedgerAccount(AccountKind.External, 0, c.Asset), free, PostingReason.Deposit);
            case CommandKind.FundInsurance:
                return FundInsurance(c);
            case CommandKind.RequestWithdrawal:
                return Once(c, free, free with { Kind = AccountKind.Withdrawing }, PostingReason.WithdrawalRequested);
            case CommandKind.Transfer:
                return !IsCustomer(c.Other) || c.Other == c.Account
                    ? RejectCode.UnknownAccount
                    : Once(c, free, free with { Owner = c.Other }, PostingReason.Transfer);
            case CommandKind.Pledge:
                return Pledge(c, free);
            case CommandKind.Borrow:
                return Borrow(c, free);
            case CommandKind.Repay:
                return Repay(c, free);
            case CommandKind.MoveIsolated:
                return MoveIsolated(c);
            default:
                return RejectCode.MalformedCommand;
        }
    }

    RejectCode Once(in Command c, LedgerAccount from, LedgerAccount to, PostingReason reason)
    {
        var asked = new Transfer(c.Kind, c.Account, c.Other, c.Asset, c.Amount, TransferPhase.Done);
        if (_transfers.TryGetValue(c.Key, out var known))
            return known with { Phase = TransferPhase.Done } == asked ? RejectCode.None
                : RejectCode.IdempotencyConflict;
        if (from.Kind == AccountKind.Free)
        {
            if (Ledger.BalanceOf(from) < c.Amount)
                return RejectCode.InsufficientBalance;
            var code = MayLeave(c.Account, c.Asset, c.Amount);
            if (code != RejectCode.None)
                return code;
        }
        // Nothing in the ledger can outgrow what came in from outside.
        if (from.Kind == AccountKind.External && Ledger.BalanceOf(from) - c.Amount <= -Amounts.Limit)
            return RejectCode.AmountOutOfRange;
        if (!CanTake(to, c.Amount))                       // loans are made of nothing
            return RejectCode.AmountOutOfRange;
        var phase = c.Kind == CommandKind.RequestWithdrawal ? TransferPhase.Pending : TransferPhase.Done;
        _transfers.Add(c.Key, asked with { Phase = phase });
        Ledger.Move(from, to, c.Amount, reason);
        return RejectCode.None;
    }

    // Fresh money pays first for what the venue owes.
    RejectCode FundInsurance(in Command c)
    {
        var code = Once(c, new LedgerAccount(AccountKind.External, 0, c.Asset),
            new LedgerAccount(AccountKind.Insurance, 0, c.Asset), PostingReason.Insurance);
        Margin.CoverDeficit();
        return code;
    }

    // Money may leave an account that has something at risk only on good prices, and if the rest covers its initial
    // margin.
    RejectCode MayLeave(int account, int asset, Int128 amount)
    {
        if (!Margin.HasRisk(account))
            return RejectCode.None;
        if (!ArePricesFit(account, withIsolated: true))
            return RejectCode.PriceNotValid;
        if (Margin.Measure(MarginEngine.Fund).Equity < 0)        // a deficit, declared or on the way
            return RejectCode.WithdrawalGateClosed;
        return KeepsMargin(account, asset, amount) ? RejectCode.None : RejectCode.InsufficientMargin;
    }

    // Between an account and one of its isolated positions: what the one gives it must be able to spare at prices that
    // can be trusted, or the other side of a stale price is left with the loss.
    RejectCode MoveIsolated(in Command c)
    {
        if (MarketOf(c.Instrument) is not { IsSpot: false, Spec.Rules.Kind: not Matching.InstrumentKind.Option } market
            || c.Asset != Parameters.SettlementAsset)
            return RejectCode.UnknownInstrument;
        var isFit = c.Amount > 0
            ? !Margin.HasRisk(c.Account) || ArePricesFit(c.Account, withIsolated: false)
            : Margin.PositionOf(c.Account, c.Instrument) is { Size: 0, OpenBuys: 0, OpenSells: 0 }
                || IsFitToLeaveOn(market);
        return isFit ? Margin.MoveIsolated(c.Account, c.Instrument, c.Amount) : RejectCode.PriceNotValid;
    }

    // Those of the positions, and of what counts as collateral.
    bool ArePricesFit(int account, bool withIsolated)
    {
        foreach (ref readonly var p in Margin.PositionsOf(account).Items)
        {
            if (!p.IsBlank && (withIsolated || !p.IsIsolated) && !IsFitToLeaveOn(_markets[p.Instrument]))
                return false;
        }
        return IsCollateralFit(account, PriceUse.Withdraw);
    }

    // What has no price counts nothing.
    bool IsCollateralFit(int account, PriceUse use)
    {
        for (var mask = Ledger.AssetsOf(account); mask != 0; mask &= mask - 1)
        {
            var asset = System.Numerics.BitOperations.TrailingZeroCount(mask);
            if (Counts(account, asset) && PricingOf(asset) is { Feed.Index: not 0 } market && !IsFit(market, use))
                return false;
        }
        return true;
    }

    bool IsFitToLeaveOn(Market market) => IsFit(market, PriceUse.Withdraw);

    bool IsFit(Market market, PriceUse use) =>
        PriceFeed.Allows(market.Feed.ValidityAt(_now, market.Spec.Feed), use);

    // True if some of an asset stands behind an account's risk.
    bool Counts(int account, int asset) => asset != Parameters.SettlementAsset
        && Parameters.Assets[asset].Tiers.Count > 0
        && (Ledger.BalanceOf(new LedgerAccount(AccountKind.Free, account, asset)) != 0
            || Ledger.BalanceOf(new LedgerAccount(AccountKind.InOrder, account, asset)) != 0
            || Ledger.BalanceOf(new LedgerAccount(AccountKind.Pledged, account, asset)) != 0);

    // True if so much more of an asset fits, for a customer beside all that positions could gain.
    bool CanTake(LedgerAccount to, Int128 amount) => Ledger.CanTake(to, amount)
        && (to.Kind != AccountKind.Free || to.Asset != Parameters.SettlementAsset || Margin.HasRoom(to.Owner, amount));

    RejectCode EndWithdrawal(in Command c)
    {
        if (!_transfers.TryGetValue(c.Key, out var known) || known.Kind != CommandKind.RequestWithdrawal)
            return RejectCode.UnknownTransfer;
        var wanted = c.Kind == CommandKind.ConfirmWithdrawal ? TransferPhase.Done : TransferPhase.Cancelled;
        if (known.Phase != TransferPhase.Pending)
            return known.Phase == wanted ? RejectCode.None : RejectCode.TransferAlreadyDone;
        var leaving = new LedgerAccount(AccountKind.Withdrawing, known.Account, known.Asset);
        var free = leaving with { Kind = AccountKind.Free };
        if (wanted == TransferPhase.Cancelled && !CanTake(free, known.Amount))
            return RejectCode.AmountOutOfRange;
        if (wanted == TransferPhase.Done)
            Ledger.Move(leaving, new LedgerAccount(AccountKind.External, 0, known.Asset), known.Amount,
                PostingReason.WithdrawalDone);
        else
            Ledger.Move(leaving, free, known.Amount, PostingReason.WithdrawalCancelled);
        _transfers[c.Key] = known with { Phase = wanted };
        return RejectCode.None;
    }

    RejectCode Pledge(in Command c, LedgerAccount free)
    {
        var pledged = free with { Kind = AccountKind.Pledged };
        if (c.Amount > 0)
        {
            if (Ledger.BalanceOf(free) < c.Amount)
                return RejectCode.InsufficientBalance;
            if (!CanTake(pledged, c.Amount))
                return RejectCode.AmountOutOfRange;
            Ledger.Move(free, pledged, c.Amount, PostingReason.Pledge);
            return RejectCode.None;
        }
        if (Ledger.BalanceOf(pledged) < -c.Amount)
            return RejectCode.InsufficientBalance;
        if (DebtOf(c.Account) > PledgedValue(c.Account, c.Asset, c.Amount))
            return RejectCode.DebtLimit;
        if (!CanTake(free, -c.Amount))
            return RejectCode.AmountOutOfRange;
        Ledger.Move(pledged, free, -c.Amount, PostingReason.Pledge);
        return RejectCode.None;
    }

    // Loans are of the settlement asset, against pledged collateral at its initial share.
    RejectCode Borrow(in Command c, LedgerAccount free)
    {
        if (c.Asset != Parameters.SettlementAsset)
            return RejectCode.UnknownAsset;
        if (!IsCollateralFit(c.Account, PriceUse.IncreaseRisk))
            return RejectCode.PriceNotValid;
        if (DebtOf(c.Account) + c.Amount > PledgedValue(c.Account, -1, 0))
            return RejectCode.DebtLimit;
        if (DebtOf(c.Account) + c.Amount >= Amounts.Limit || !CanTake(free, c.Amount))
            return RejectCode.AmountOutOfRange;
        Ledger.Move(free with { Kind = AccountKind.Debt }, free, c.Amount, PostingReason.Borrow);
        return RejectCode.None;
    }

    RejectCode Repay(in Command c, LedgerAccount free)
    {
        if (c.Asset != Parameters.SettlementAsset || DebtOf(c.Account) < c.Amount)
            return RejectCode.DebtLimit;
        if (Ledger.BalanceOf(free) < c.Amount)
            return RejectCode.InsufficientBalance;
        Ledger.Move(free, free with { Kind = AccountKind.Debt }, c.Amount, PostingReason.Repay);
        return RejectCode.None;
    }

    Int128 DebtOf(int account) =>
        -Ledger.BalanceOf(new LedgerAccount(AccountKind.Debt, account, Parameters.SettlementAsset));

    // What an account's pledges count, with one of them changed by an amount.
    Int128 PledgedValue(int account, int changedAsset, Int128 change)
    {
        Int128 sum = 0;
        for (var asset = 0; asset < Parameters.Assets.Count; asset++)
        {
            var held = Ledger.BalanceOf(new LedgerAccount(AccountKind.Pledged, account, asset));
            sum += Margin.CollateralOf(asset, asset == changedAsset ? held + change : held).Initial;
        }
        return sum;
    }
}
