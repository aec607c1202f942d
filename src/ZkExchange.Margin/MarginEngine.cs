using ZkExchange.Ledger;

namespace ZkExchange.Margin;

/// <summary>Positions, requirements and money of linear contracts, all settled in one asset.</summary>
/// <remarks>
/// Changes money only through the ledger and positions only through fills. The pools: an account's cross pool holds
/// all its money and the positions that are not
/// isolated; an isolated position has money of its own. Law: specs/70-exchange-core.md sections 5 and 6. Portfolio
/// margin would replace <see cref="Measure"/>.
/// </remarks>
public sealed partial class MarginEngine
{
    readonly GeneralLedger _ledger;
    Contract?[] _contracts = new Contract?[16];
    CollateralAsset?[] _assets = new CollateralAsset?[16];
    AccountPositions?[] _accounts = new AccountPositions?[64];

    /// <summary>An engine over a ledger.</summary>
    /// <param name="ledger">Where the money is.</param>
    /// <param name="settlementAsset">What contracts are settled in.</param>
    public MarginEngine(GeneralLedger ledger, int settlementAsset)
    {
        _ledger = ledger;
        SettlementAsset = settlementAsset;
    }

    /// <summary>
    /// The account of the insurance fund, which is the venue itself. Its money is the ledger's
    /// <see cref="AccountKind.Insurance"/>, its debt the <see cref="AccountKind.Deficit"/>.
    /// </summary>
    public const int Fund = 0;

    /// <summary>What contracts are settled in.</summary>
    public int SettlementAsset { get; }

    /// <summary>Adds a contract.</summary>
    public void Add(Contract contract)
    {
        ArgumentNullException.ThrowIfNull(contract);
        if (contract.Instrument >= _contracts.Length)
            Array.Resize(ref _contracts, Math.Max(contract.Instrument + 1, 2 * _contracts.Length));
        _contracts[contract.Instrument] = contract;
    }

    /// <summary>Adds an asset that may count as collateral.</summary>
    public void Add(int asset, CollateralAsset collateral)
    {
        if (asset >= _assets.Length)
            Array.Resize(ref _assets, Math.Max(asset + 1, 2 * _assets.Length));
        _assets[asset] = collateral;
    }

    /// <summary>A contract that was added.</summary>
    public Contract ContractOf(int instrument)
    {
        var contract = _contracts[instrument];
        Invariant.Holds(contract != null);
        return contract;
    }

    /// <summary>The positions of an account.</summary>
    public AccountPositions PositionsOf(int account)
    {
        if (account >= _accounts.Length)
            Array.Resize(ref _accounts, Math.Max(account + 1, 2 * _accounts.Length));
        return _accounts[account] ??= new AccountPositions();
    }

    /// <summary>One past the highest account that may have positions.</summary>
    public int AccountsEnd => _accounts.Length;

    /// <summary>True if an account has positions or orders in contracts.</summary>
    public bool HasPositions(int account) => account < _accounts.Length && _accounts[account] is { Any: true };

    /// <summary>The position of an account in a contract.</summary>
    public ref Position PositionOf(int account, int instrument) =>
        ref PositionsOf(account).Get(instrument, ContractOf(instrument).FundingIndex);

    /// <summary>
    /// Equity and requirements of the pool that a contract of this account belongs to; -1 for the cross pool.
    /// </summary>
    /// <remarks>Funding must have been paid up to now: see <see cref="PayFunding"/>.</remarks>
    public AccountRisk Measure(int account, int instrument = -1)
    {
        var positions = PositionsOf(account);
        var isolated = instrument >= 0 && positions.IndexOf(instrument) is var at and >= 0
            && positions.Items[at].IsIsolated;
        Int128 equityInitial, equity;
        if (isolated)
            equityInitial = equity = _ledger.BalanceOf(IsolatedCash(account, instrument));
        else
            (equityInitial, equity) = Assets(account);
        Int128 initial = 0, maintenance = 0, closeOut = 0;
        foreach (ref readonly var p in positions.Items)
        {
            if (p.IsIsolated != isolated || (isolated && p.Instrument != instrument))
                continue;
            var c = ContractOf(p.Instrument);
            if (p.Size != 0)
            {
                var profit = MarginMath.Worth(p.Size, c.Mark, c.QuotePerTickLot) - p.Cost;
                equity += profit;
                equityInitial += profit;
                var held = MarginMath.Requirement(c.Risk.Tiers, MarginMath.Notional(p.Size, c.Mark, c.QuotePerTickLot));
                maintenance += held.Maintenance;
                closeOut += held.CloseOut;
            }
            initial += InitialOf(p, c);
        }
        return new AccountRisk(equityInitial, equity, initial, maintenance, closeOut);
    }

    /// <summary>Value of an amount of an asset in units of the settlement asset, floored; 0 without a price.</summary>
    public Int128 ValueOf(int asset, Int128 amount)
    {
        if (asset == SettlementAsset)
            return amount;
        var a = asset < _assets.Length ? _assets[asset] : null;
        return a == null || a.ValuePer == 0 || amount == 0 ? 0 : Rounding.MulDivFloor(amount, a.ValuePer, a.ValueOf);
    }

    /// <summary>What an amount of an asset counts as collateral.</summary>
    public (Int128 Initial, Int128 Maintenance) CollateralOf(int asset, Int128 amount)
    {
        if (asset == SettlementAsset)
            return (amount, amount);
        var a = asset < _assets.Length ? _assets[asset] : null;
        return a == null ? (0, 0) : MarginMath.Haircut(a.Tiers, Int128.Min(ValueOf(asset, amount), Amounts.Limit));
    }

    // The initial margin of a position with its orders: the worse of all buys and all sells filled, the loss on the
    // way to
    // the worst limit, and fees.
    static Int128 InitialOf(in Position p, Contract c)
    {
        var worst = Math.Max(Math.Abs(p.Size + p.OpenBuys), Math.Abs(p.Size - p.OpenSells));
        var initial =
            MarginMath.Requirement(c.Risk.Tiers, MarginMath.Notional(worst, c.Mark, c.QuotePerTickLot)).Initial;
        if (p.OpenBuys != 0)
        {
            var beyond = Math.Max(0, ((long)p.PeakBuy << 16) - c.Mark);
            initial += MarginMath.Notional(p.OpenBuys, beyond, c.QuotePerTickLot);
        }
        if (p.OpenSells != 0)
        {
            var beyond = Math.Max(0, c.Mark - ((long)p.TroughSell << 16));
            initial += MarginMath.Notional(p.OpenSells, beyond, c.QuotePerTickLot);
        }
        return initial + MarginMath.Fee(p.OpenBuyNotional + p.OpenSellNotional, c.Risk.TakerFeePpm);
    }

    (Int128 Initial, Int128 Maintenance) Assets(int account)
    {
        if (account == Fund)                                     // what it has seized counts when it is sold
        {
            var own = _ledger.BalanceOf(Free(Fund)) + _ledger.BalanceOf(Debt(Fund));
            return (own, own);
        }
        Int128 initial = 0, maintenance = 0;
        for (var mask = _ledger.AssetsOf(account); mask != 0; mask &= mask - 1)
        {
            var asset = System.Numerics.BitOperations.TrailingZeroCount(mask);
            var held = _ledger.BalanceOf(new LedgerAccount(AccountKind.Free, account, asset))
                + _ledger.BalanceOf(new LedgerAccount(AccountKind.InOrder, account, asset))
                + _ledger.BalanceOf(new LedgerAccount(AccountKind.Pledged, account, asset));
            var owed = -_ledger.BalanceOf(new LedgerAccount(AccountKind.Debt, account, asset));
            var (counted, kept) = CollateralOf(asset, held);
            var debt = ValueCeil(asset, owed);
            initial += counted - debt;
            maintenance += kept - debt;
        }
        return (initial, maintenance);
    }

    Int128 ValueCeil(int asset, Int128 amount)
    {
        if (asset == SettlementAsset || amount == 0)
            return amount;
        var a = _assets[asset];
        Invariant.Holds(a != null);
        return a.ValuePer == 0 ? Amounts.Limit : Rounding.MulDivCeil(amount, a.ValuePer, a.ValueOf);
    }

    LedgerAccount IsolatedCash(int account, int instrument) =>
        new(AccountKind.Isolated, account, SettlementAsset, instrument);

    LedgerAccount Free(int account) =>
        new(account == Fund ? AccountKind.Insurance : AccountKind.Free, account, SettlementAsset);

    LedgerAccount Debt(int account) =>
        new(account == Fund ? AccountKind.Deficit : AccountKind.Debt, account, SettlementAsset);

    LedgerAccount House(AccountKind kind, int instrument = 0) => new(kind, 0, SettlementAsset, instrument);
}
