using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Exchange.Tests;

public class VenueTests() : HandDriven(SimulatedMarket.Parameters())
{
    [Fact]
    public void A_position_needs_its_initial_margin_and_no_more()
    {
        // 10,000 dollars carry 3 coins of 60,000 at five per cent, not 4; the brackets make the rest dearer.
        Order(1, Side.Buy, 60_000, 40_000, RejectCode.InsufficientMargin);
        Order(1, Side.Buy, 60_000, 20_000);
        Order(1, Side.Buy, 60_000, 20_000, RejectCode.InsufficientMargin);
    }

    [Fact]
    public void Profit_of_one_is_loss_of_the_other_and_fees_go_to_the_house()
    {
        Order(1, Side.Sell, 60_000, 10_000);
        Order(2, Side.Buy, 60_000, 10_000);
        Assert.Equal((10_000L, -10_000L), (Position(2), Position(1)));
        Price(61_000);
        Order(1, Side.Buy, 61_000, 10_000);
        Order(2, Side.Sell, 61_000, 10_000);
        // A thousand dollars changed hands; maker and taker fees are 0.05 % and a rebate of 0.01 %.
        Assert.Equal((Int128)(10_000 - 1_000 + 6 + 6 + 0) * 1_000_000 + 100_000, Free(1));
        Assert.Equal((Int128)(10_000 + 1_000 - 30 - 31) * 1_000_000 + 500_000, Free(2));
        Assert.Equal((0L, 0L), (Position(1), Position(2)));
    }

    [Fact]
    public void An_account_below_maintenance_is_reduced_in_the_book_at_no_worse_than_its_zero_price()
    {
        Order(1, Side.Sell, 60_000, 20_000);
        Order(2, Side.Buy, 60_000, 20_000);                      // 120,000 dollars long on 10,000
        Order(3, Side.Buy, 56_500, 20_000);                      // somebody to sell to
        Price(56_600);
        Assert.True(Position(2) is > 0 and < 20_000, $"{Position(2)}");
        Assert.True(Venue.Ledger.BalanceOf(new LedgerAccount(AccountKind.Insurance, 0, 0)) > 0);
        Assert.True(Venue.Margin.Measure(2).Health < Health.Partial);
    }

    [Fact]
    public void What_the_book_does_not_take_goes_to_the_best_ranked_and_the_account_ends_at_zero()
    {
        Order(1, Side.Sell, 60_000, 15_000);
        Order(2, Side.Buy, 60_000, 15_000);
        Deposit(3, 100_000);                                     // less leverage: further down the ranking
        Deposit(4, 100_000);
        Order(3, Side.Sell, 60_000, 5_000);
        Order(4, Side.Buy, 60_000, 5_000);
        Price(53_000);                                           // no bids: equity is gone
        Assert.Equal(0, Position(2));
        Assert.Equal((0L, -5_000L), (Position(1), Position(3)));
        Assert.Equal((Int128)0, Venue.Margin.Measure(2).Equity);
        Assert.Equal((Int128)0, Venue.Ledger.BalanceOf(new LedgerAccount(AccountKind.Deficit, 0, 0)));
    }

    [Fact]
    public void A_reducing_order_is_always_taken_and_never_trades_below_the_zero_price()
    {
        Order(1, Side.Sell, 60_000, 20_000);
        Order(2, Side.Buy, 60_000, 20_000);
        Order(3, Side.Buy, 54_100, 20_000);
        var result = Order(2, Side.Sell, 54_001, 20_000);
        Assert.True(Venue.BookOf(Perpetual).TryFind(result.Id, out var view));
        Assert.True(view.Limit > 550_000, $"{view.Limit}");      // 10,000 dollars on 2 coins are gone at 55,000
        Assert.Equal(20_000, Position(2));
    }

    [Fact]
    public void Money_behind_a_position_does_not_leave()
    {
        Order(1, Side.Sell, 60_000, 10_000);
        Order(2, Side.Buy, 60_000, 10_000);
        var c = new Command { Kind = CommandKind.RequestWithdrawal, Account = 2, Amount = 8_000_000_000, Key = 1 };
        Do(c, RejectCode.InsufficientMargin);
        Do(c with { Amount = 6_000_000_000 });
    }

    [Fact]
    public void A_stale_price_opens_no_risk()
    {
        Now += 60 * Second;
        Order(1, Side.Buy, 60_000, 100, RejectCode.PriceNotValid);
    }

    [Fact]
    public void A_withdrawal_has_two_phases_and_happens_once()
    {
        var c = new Command { Kind = CommandKind.RequestWithdrawal, Account = 1, Amount = 1_000_000_000, Key = 7 };
        Do(c);
        Do(c);                                                   // the same again: nothing more
        Assert.Equal((Int128)9_000_000_000, Free(1));
        Do(c with { Amount = 5 }, RejectCode.IdempotencyConflict);
        Do(new Command { Kind = CommandKind.ConfirmWithdrawal, Key = 7 });
        Do(new Command { Kind = CommandKind.ConfirmWithdrawal, Key = 7 });
        Do(new Command { Kind = CommandKind.CancelWithdrawal, Key = 7 }, RejectCode.TransferAlreadyDone);
        Do(new Command { Kind = CommandKind.CancelWithdrawal, Key = 8 }, RejectCode.UnknownTransfer);
        Assert.Equal((Int128)(-39_000_000_000), Venue.Ledger.BalanceOf(new LedgerAccount(AccountKind.External, 0, 0)));
    }

    [Fact]
    public void A_loan_is_bounded_by_what_is_pledged()
    {
        Do(new Command { Kind = CommandKind.Borrow, Account = 1, Amount = 1 }, RejectCode.DebtLimit);
        Do(new Command { Kind = CommandKind.Pledge, Account = 1, Amount = 1_000_000_000 });
        Do(new Command { Kind = CommandKind.Borrow, Account = 1, Amount = 1_000_000_000 });
        Do(new Command { Kind = CommandKind.Borrow, Account = 1, Amount = 1 }, RejectCode.DebtLimit);
        Do(new Command { Kind = CommandKind.Pledge, Account = 1, Amount = -1 }, RejectCode.DebtLimit);
        Do(new Command { Kind = CommandKind.Repay, Account = 1, Amount = 400_000_000 });
        Do(new Command { Kind = CommandKind.Pledge, Account = 1, Amount = -400_000_000 });
    }

    [Fact]
    public void An_isolated_position_loses_its_own_money_alone()
    {
        Do(new Command
        {
            Kind = CommandKind.MoveIsolated,
            Account = 2,
            Instrument = Perpetual,
            Amount = 4_000_000_000
        });
        Order(1, Side.Sell, 60_000, 10_000);
        Order(2, Side.Buy, 60_000, 10_000);
        var free = Free(2);
        Price(55_000);
        Assert.Equal(0, Position(2));
        Assert.Equal(free, Free(2));
    }

    [Fact]
    public void Funding_moves_money_from_longs_to_shorts_when_the_book_is_above_the_index()
    {
        Order(1, Side.Sell, 60_100, 10_000);
        Order(2, Side.Buy, 60_100, 10_000);
        Order(3, Side.Buy, 60_100, 10);
        Order(4, Side.Sell, 60_200, 10);
        var (shortBefore, longBefore) = (Free(1), Free(2));
        for (var i = 0; i < 20; i++)
        {
            Now += 4 * Second;
            Price(60_000);
        }
        Assert.True(Free(1) > shortBefore);
        Assert.True(Free(2) < longBefore);
    }

    [Fact]
    public void New_parameters_need_enough_signatures_and_their_time()
    {
        var old = Venue.Parameters;
        var act = Exchange.Venue.ParametersAct(old with { Version = 2, FollowUpsMax = 5 });
        Sign(act, 0);
        Sign(act, 0);                                            // one signer is one, however often
        Now += 120 * Second;
        Do(new Command { Kind = CommandKind.Tick });
        Assert.Equal(1, Venue.Parameters.Version);
        Sign(act, 2);
        Sign(act, 0, RejectCode.TimelockRunning);                // nor does it stand there twice
        Now += 59 * Second;
        Do(new Command { Kind = CommandKind.Tick });
        Assert.Equal(1, Venue.Parameters.Version);
        Now += Second;
        Do(new Command { Kind = CommandKind.Tick });
        Assert.Equal((2, 5), (Venue.Parameters.Version, Venue.Parameters.FollowUpsMax));
        Assert.Equal(Venue.Parameters.Hash(), Venue.ParametersHash.ToArray());
        Sign(act, 1, RejectCode.InvalidSignature, version: 1);
    }

    [Fact]
    public void Whoever_changes_what_an_asset_is_is_refused()
    {
        var old = Venue.Parameters;
        var act = Exchange.Venue.ParametersAct(old with
        {
            Version = 2,
            Assets = [old.Assets[0] with { Decimals = 2 }, .. old.Assets.Skip(1)],
        });
        Sign(act, 0, RejectCode.ParameterOutOfRange);
    }

    [Fact]
    public void A_halt_needs_one_signature_and_its_end_needs_enough()
    {
        Sign(Change(BookState.Halted), 1);
        Order(1, Side.Buy, 60_000, 10, RejectCode.InstrumentHalted);
        Sign(Change(BookState.Open), 1);
        Order(1, Side.Buy, 60_000, 10, RejectCode.InstrumentHalted);
        Sign(Change(BookState.Open), 0);
        Order(1, Side.Buy, 60_000, 10);
    }

    byte[] Change(BookState state, long end = 0) =>
        Exchange.Venue.StateAct(Perpetual, state, Venue.StateActsOf(Perpetual), end);

    // The signatures that once ended a halt are in the journal for everybody: they ended every later one too.
    [Fact]
    public void An_act_is_good_for_one_change()
    {
        var (halt, open) = (Change(BookState.Halted), Change(BookState.Open));
        Sign(halt, 1);
        Sign(open, 0, RejectCode.UnknownProposal);
        open = Change(BookState.Open);
        Sign(open, 0);
        Sign(open, 2);
        Sign(halt, 1, RejectCode.UnknownProposal);
        Sign(Change(BookState.Halted), 1);
        Sign(open, 0, RejectCode.UnknownProposal);
        Sign(open, 2, RejectCode.UnknownProposal);
        Assert.Equal(BookState.Halted, Venue.BookOf(Perpetual).State);
    }

    [Fact]
    public void One_signature_makes_a_book_stricter_and_never_looser()
    {
        Sign(Change(BookState.ReduceOnly), 1);
        Sign(Change(BookState.PostOnly), 1);
        Assert.Equal(BookState.ReduceOnly, Venue.BookOf(Perpetual).State);
        Sign(Change(BookState.PostOnly), 2);
        Assert.Equal(BookState.PostOnly, Venue.BookOf(Perpetual).State);
    }

    [Fact]
    public void An_act_that_cannot_be_done_is_refused_before_it_is_approved()
    {
        Sign(Change(BookState.Call, Now + Second), 0);
        Sign(Change(BookState.Call, Now + Second), 1);
        Sign(Change(BookState.Open), 0, RejectCode.MalformedCommand);
        Assert.Empty(Venue.Notices);
    }

    [Fact]
    public void One_key_is_one_signer_and_one_source()
    {
        var p = Venue.Parameters;
        Assert.False((p with { Signers = [p.Signers[0], p.Signers[1], [.. p.Signers[0]]] }).IsValid());
        Assert.False((p with { Sources = [p.Sources[0], [.. p.Sources[0]]] }).IsValid());
    }

    [Fact]
    public void An_asset_whose_value_would_not_fit_is_not_listed()
    {
        var p = Venue.Parameters;
        Assert.True(With(1023, 32).IsValid());
        Assert.False(With(1023, 31).IsValid());

        VenueParameters With(long quote, Int128 perLot) => p with
        {
            Instruments =
            [
                p.Instruments[0] with
                {
                    BasePerLot = perLot,
                    Rules = p.Instruments[0].Rules with { QuotePerTickLot = quote },
                },
                .. p.Instruments.Skip(1),
            ],
        };
    }

    [Fact]
    public void A_dated_contract_pays_everybody_out_at_its_expiry()
    {
        const int Dated = 3;
        for (var source = 0; source < 3; source++)
        {
            var c = new Command
            {
                Kind = CommandKind.Price,
                Instrument = Dated,
                Other = source,
                Quantity = 600_000L << 16,
                SourceTime = Now,
                OrderId = NextNonce(),
                Time = Now,
            };
            c.Signature = SealVerifier.Seal(SimulatedMarket.Key("source", source), Exchange.Venue.PriceMessage(c));
            Venue.Execute(c);
            Now++;
        }
        foreach (var side in new[] { Side.Sell, Side.Buy })
        {
            Do(new Command
            {
                Kind = CommandKind.PlaceOrder,
                Instrument = Dated,
                Order = new OrderRequest { Account = 1 + (int)side, Side = side, Price = 600_000, Quantity = 333 },
            });
        }
        Now = SimulatedMarket.Expiry;
        Do(new Command { Kind = CommandKind.Tick });
        Assert.Equal(BookState.Settling, Venue.BookOf(Dated).State);        // the price is long stale: it waits
        for (var source = 0; source < 2; source++)
        {
            var c = new Command
            {
                Kind = CommandKind.Price,
                Instrument = Dated,
                Other = source,
                Quantity = (610_000L << 16) + 1,
                SourceTime = Now,
                OrderId = NextNonce(),
            };
            c.Signature = SealVerifier.Seal(SimulatedMarket.Key("source", source), Exchange.Venue.PriceMessage(c));
            Do(c);
        }
        Assert.Equal(BookState.Expired, Venue.BookOf(Dated).State);
        Assert.Equal(0, Venue.BookOf(Dated).PositionOf(1));
        Assert.Equal((Int128)0, Venue.Ledger.BalanceOf(new LedgerAccount(AccountKind.Clearing, 0, 0, Dated)));
    }

    // Once it went through every interval since 1970, and told of each.
    [Fact]
    public void The_clock_of_aVenue_begins_with_its_first_command()
    {
        const long First = 1_723_161_255_030_314_667;
        const long Minute = 60 * Second;
        var venue = new Exchange.Venue(SimulatedMarket.Parameters(First + Minute + Minute), new SealVerifier());
        venue.Execute(new Command { Kind = CommandKind.Tick, Time = First });
        Assert.Empty(venue.Notices);
        venue.Execute(new Command { Kind = CommandKind.Tick, Time = First - (First % Minute) + Minute });
        Assert.Equal(2, venue.Notices.Count(n => n.Kind == NoticeKind.FundingRate));
        venue.Audit();
    }
}
