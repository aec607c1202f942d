using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Exchange;

// Prices, funding, settlement.
public sealed partial class Venue
{
    const long SampleInterval = 5_000_000_000;

    /// <summary>The bytes that a source signs.</summary>
    public static byte[] PriceMessage(in Command c)
    {
        var writer = new StateWriter();
        writer.Raw("zkx-price-v1"u8);
        writer.I32(c.Instrument);
        writer.I32(c.Other);
        writer.I64(c.Quantity);
        writer.U32(c.Price);
        writer.I64(c.SourceTime);
        writer.U64(c.OrderId);
        return writer.Bytes.ToArray();
    }

    RejectCode AcceptPrice(in Command c)
    {
        var market = MarketOf(c.Instrument);
        if (market == null)
            return RejectCode.UnknownInstrument;
        if (c.Other < 0 || c.Other >= Parameters.Sources.Count)
            return RejectCode.UnknownSource;
        if (c.Price > MarginMath.Million)
            return RejectCode.ParameterOutOfRange;
        if (!_signatures.Verify(Parameters.Sources[c.Other], PriceMessage(c), c.Signature))
            return RejectCode.InvalidSignature;
        var code =
            market.Feed.Accept(c.Other, c.Quantity, (int)c.Price, c.SourceTime, c.OrderId, _now, market.Spec.Feed);
        if (code != RejectCode.None)
            return code;
        PriceCollateral(market);
        UpdateMark(market);
        RunRiskPass();
        return RejectCode.None;
    }

    // An asset is valued through the first instrument that trades it against the settlement asset.
    void PriceCollateral(Market market)
    {
        if (market.Feed.Index == 0 || PricingOf(market.Spec.BaseAsset) != market)
            return;
        Margin.Add(market.Spec.BaseAsset, new CollateralAsset
        {
            Tiers = Parameters.Assets[market.Spec.BaseAsset].Tiers,
            ValuePer = (Int128)market.Feed.Index * market.Spec.Rules.QuotePerTickLot,
            ValueOf = market.Spec.BasePerLot << 16,
        });
    }

    Market? PricingOf(int asset)
    {
        foreach (var market in _markets)
        {
            if (market.Spec.BaseAsset == asset && market.Spec.QuoteAsset == Parameters.SettlementAsset)
                return market;
        }
        return null;
    }

    void UpdateMarks()
    {
        foreach (var market in _markets)
            UpdateMark(market);
        RunRiskPass();
    }

    void UpdateMark(Market market)
    {
        var book = market.Book;
        if (market.Feed.Index == 0 || book.State == BookState.Expired)
            return;
        if (book.State == BookState.Settling)
        {
            market.Feed.MakeMark(_now, 0, 0, 0, market.Spec.Feed);
            TrySettle(market);
            return;
        }
        book.Advance(_now);
        var isCall = book.State == BookState.Call;               // its best prices are not prices yet
        market.Feed.MakeMark(_now, isCall ? 0 : book.BestBid, isCall ? 0 : book.BestAsk, book.Last, market.Spec.Feed);
        var validity = market.Feed.ValidityAt(_now, market.Spec.Feed);
        if (!market.IsSpot)
        {
            var contract = Margin.ContractOf(market.Number);
            contract.Mark = market.Feed.Mark;
            if (_now >= market.NextSample && !isCall)
            {
                contract.SamplePremium(market.Feed.Index, book.BestBid, book.BestAsk);
                market.NextSample = NextMultiple(_now, SampleInterval);
            }
        }
        Say(new Notice(NoticeKind.MarkChanged, -1, market.Number, market.Feed.Mark, market.Feed.Index, (int)validity));
        var triggers = PriceFeed.Allows(validity, PriceUse.Trigger);
        book.SetIndex(triggers ? market.Feed.Index : 0);
        book.SetMark(market.Feed.Mark, triggers);
        Finish(market);
        if (market.Spec.Expiry != 0 && !market.IsSettled && market.Spec.Expiry <= _now)
            TrySettle(market);
    }

    // Nobody takes a sample before the command: of all intervals that have ended by then the first alone can have a
    // rate, and the others are not walked through one by one.
    void EndFunding(Market market, long due, long now)
    {
        var contract = Margin.ContractOf(market.Number);
        var trusted = PriceFeed.Allows(market.Feed.ValidityAt(due, market.Spec.Feed), PriceUse.Fund);
        var rate = contract.EndFundingInterval(trusted);
        market.NextFunding = NextMultiple(now, market.Spec.Risk!.FundingInterval);
        // Everybody pays now, so that no later command, refused or not, finds a payment outstanding.
        for (var account = 0; account < _accounts.Count; account++)
        {
            if (Margin.HasPositions(account))
                Margin.PayFunding(account);
        }
        Margin.CoverDeficit();
        Say(new Notice(NoticeKind.FundingRate, -1, market.Number, contract.Mark, rate));
    }

    // At expiry the book closes for good; money follows as soon as there is an index to trust.
    void TrySettle(Market market)
    {
        if (market.Book.State < BookState.Settling)
        {
            market.Book.SetState(BookState.Settling);
            Absorb();
        }
        if (!PriceFeed.Allows(market.Feed.ValidityAt(_now, market.Spec.Feed), PriceUse.Settle))
            return;
        var contract = Margin.ContractOf(market.Number);
        var price = market.Feed.Index;
        for (var account = 0; account < _accounts.Count; account++)
        {
            var size = market.Book.PositionOf(account);
            if (size == 0)
                continue;
            Margin.PayFunding(account);
            Margin.OnTransfer(account, market.Number, -size,
                -MarginMath.Worth(size, price, contract.QuotePerTickLot), PostingReason.Settlement);
            market.Book.AdjustPosition(account, -size);
        }
        // Each worth was rounded down, so what is left in the middle is not negative.
        var clearing = new LedgerAccount(AccountKind.Clearing, 0, Parameters.SettlementAsset, market.Number);
        var rounding = new LedgerAccount(AccountKind.Rounding, 0, Parameters.SettlementAsset);
        Ledger.Move(clearing, rounding, Ledger.BalanceOf(clearing), PostingReason.Rounding);
        Margin.CoverDeficit();
        market.IsSettled = true;
        market.Book.SetState(BookState.Expired);
        Absorb();
        Say(new Notice(NoticeKind.Settled, -1, market.Number, price));
    }
}
