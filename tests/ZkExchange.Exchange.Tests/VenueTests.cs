using System.Text;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Exchange.Tests;

/// <summary>A venue with four rich customers, driven by hand.</summary>
public class VenueTests
{
    const int Perpetual = 1;
    const long Second = 1_000_000_000;

    readonly Venue _venue = new(SimulatedMarket.Parameters(), new SealVerifier());
    ulong _nonce;
    UInt128 _key = 1000;
    long _now = 1;

    public VenueTests()
    {
        for (var i = 0; i < 4; i++)
        {
            Do(new Command
            {
                Kind = CommandKind.OpenAccount,
                Other = -1,
                Data = Encoding.ASCII.GetBytes($"customer-{i}")
            });
            Deposit(i, 10_000);
        }
        Price(60_000);
    }

    CommandResult Do(Command c, RejectCode expected = RejectCode.None)
    {
        c.Time = _now;
        var result = _venue.Execute(c);
        Assert.Equal(expected, result.Code);
        _venue.Audit();
        return result;
    }

    void Deposit(int account, long dollars) => Do(new Command
    {
        Kind = CommandKind.Deposit,
        Account = account,
        Amount = (Int128)dollars * 1_000_000,
        Key = ++_key,
    });

    // All sources say the same for the perpetual, in whole dollars; ten ticks are a dollar.
    void Price(long dollars)
    {
        for (var source = 0; source < 3; source++)
        {
            var c = new Command
            {
                Kind = CommandKind.Price,
                Instrument = Perpetual,
                Other = source,
                Quantity = dollars * 10 << 16,
                SourceTime = _now,
                OrderId = ++_nonce,
                Time = _now,
            };
            c.Signature = SealVerifier.Seal(SimulatedMarket.Key("source", source), Venue.PriceMessage(c));
            Assert.Equal(RejectCode.None, _venue.Execute(c).Code);
            _venue.Audit();
            _now++;
        }
    }

    CommandResult Order(
        int account, Side side, long dollars, long lots, RejectCode expected = RejectCode.None,
        OrderConditions flags = OrderConditions.None) => Do(new Command
        {
            Kind = CommandKind.PlaceOrder,
            Instrument = Perpetual,
            Order = new OrderRequest
            {
                Account = account,
                Side = side,
                Price = (uint)dollars * 10,
                Quantity = lots,
                Flags = flags,
            },
        }, expected);

    long Position(int account) => _venue.BookOf(Perpetual).PositionOf(account);

    Int128 Free(int account) =>
        _venue.Ledger.BalanceOf(new LedgerAccount(AccountKind.Free, account, SimulatedMarket.Dollar));

    [Fact]
    public void A_position_needs_its_initial_margin_and_no_more()
    {
        // 10,000 dollars carry 3 coins of 60,000 at five per cent, not 4; the brackets make the rest dearer.
        Order(0, Side.Buy, 60_000, 40_000, RejectCode.InsufficientMargin);
        Order(0, Side.Buy, 60_000, 20_000);
        Order(0, Side.Buy, 60_000, 20_000, RejectCode.InsufficientMargin);
    }

    [Fact]
    public void Profit_of_one_is_loss_of_the_other_and_fees_go_to_the_house()
    {
        Order(0, Side.Sell, 60_000, 10_000);
        Order(1, Side.Buy, 60_000, 10_000);
        Assert.Equal((10_000L, -10_000L), (Position(1), Position(0)));
        Price(61_000);
        Order(0, Side.Buy, 61_000, 10_000);
        Order(1, Side.Sell, 61_000, 10_000);
        // A thousand dollars changed hands; maker and taker fees are 0.05 % and a rebate of 0.01 %.
        Assert.Equal((Int128)(10_000 - 1_000 + 6 + 6 + 0) * 1_000_000 + 100_000, Free(0));
        Assert.Equal((Int128)(10_000 + 1_000 - 30 - 31) * 1_000_000 + 500_000, Free(1));
        Assert.Equal((0L, 0L), (Position(0), Position(1)));
    }

    [Fact]
    public void An_account_below_maintenance_is_reduced_in_the_book_at_no_worse_than_its_zero_price()
    {
        Order(0, Side.Sell, 60_000, 20_000);
        Order(1, Side.Buy, 60_000, 20_000);                      // 120,000 dollars long on 10,000
        Order(2, Side.Buy, 56_500, 20_000);                      // somebody to sell to
        Price(56_600);
        Assert.True(Position(1) is > 0 and < 20_000, $"{Position(1)}");
        Assert.True(_venue.Ledger.BalanceOf(new LedgerAccount(AccountKind.Insurance, 0, 0)) > 0);
        Assert.True(_venue.Margin.Measure(1).Health < Health.Partial);
    }

    [Fact]
    public void What_the_book_does_not_take_goes_to_the_best_ranked_and_the_account_ends_at_zero()
    {
        Order(0, Side.Sell, 60_000, 15_000);
        Order(1, Side.Buy, 60_000, 15_000);
        Deposit(2, 100_000);                                     // less leverage: further down the ranking
        Deposit(3, 100_000);
        Order(2, Side.Sell, 60_000, 5_000);
        Order(3, Side.Buy, 60_000, 5_000);
        Price(53_000);                                           // no bids: equity is gone
        Assert.Equal(0, Position(1));
        Assert.Equal((0L, -5_000L), (Position(0), Position(2)));
        Assert.Equal((Int128)0, _venue.Margin.Measure(1).Equity);
        Assert.Equal((Int128)0, _venue.Ledger.BalanceOf(new LedgerAccount(AccountKind.Deficit, 0, 0)));
    }

    [Fact]
    public void A_reducing_order_is_always_taken_and_never_trades_below_the_zero_price()
    {
        Order(0, Side.Sell, 60_000, 20_000);
        Order(1, Side.Buy, 60_000, 20_000);
        Order(2, Side.Buy, 54_100, 20_000);
        var result = Order(1, Side.Sell, 54_001, 20_000);
        Assert.True(_venue.BookOf(Perpetual).TryFind(result.Id, out var view));
        Assert.True(view.Limit > 550_000, $"{view.Limit}");      // 10,000 dollars on 2 coins are gone at 55,000
        Assert.Equal(20_000, Position(1));
    }

    [Fact]
    public void Money_behind_a_position_does_not_leave()
    {
        Order(0, Side.Sell, 60_000, 10_000);
        Order(1, Side.Buy, 60_000, 10_000);
        var c = new Command { Kind = CommandKind.RequestWithdrawal, Account = 1, Amount = 8_000_000_000, Key = 1 };
        Do(c, RejectCode.InsufficientMargin);
        Do(c with { Amount = 6_000_000_000 });
    }

    [Fact]
    public void A_stale_price_opens_no_risk()
    {
        _now += 60 * Second;
        Order(0, Side.Buy, 60_000, 100, RejectCode.PriceNotValid);
    }

    [Fact]
    public void A_withdrawal_has_two_phases_and_happens_once()
    {
        var c = new Command { Kind = CommandKind.RequestWithdrawal, Account = 0, Amount = 1_000_000_000, Key = 7 };
        Do(c);
        Do(c);                                                   // the same again: nothing more
        Assert.Equal((Int128)9_000_000_000, Free(0));
        Do(c with { Amount = 5 }, RejectCode.IdempotencyConflict);
        Do(new Command { Kind = CommandKind.ConfirmWithdrawal, Key = 7 });
        Do(new Command { Kind = CommandKind.ConfirmWithdrawal, Key = 7 });
        Do(new Command { Kind = CommandKind.CancelWithdrawal, Key = 7 }, RejectCode.TransferAlreadyDone);
        Do(new Command { Kind = CommandKind.CancelWithdrawal, Key = 8 }, RejectCode.UnknownTransfer);
        Assert.Equal((Int128)(-39_000_000_000), _venue.Ledger.BalanceOf(new LedgerAccount(AccountKind.External, 0, 0)));
    }

    [Fact]
    public void A_loan_is_bounded_by_what_is_pledged()
    {
        Do(new Command { Kind = CommandKind.Borrow, Account = 0, Amount = 1 }, RejectCode.DebtLimit);
        Do(new Command { Kind = CommandKind.Pledge, Account = 0, Amount = 1_000_000_000 });
        Do(new Command { Kind = CommandKind.Borrow, Account = 0, Amount = 1_000_000_000 });
        Do(new Command { Kind = CommandKind.Borrow, Account = 0, Amount = 1 }, RejectCode.DebtLimit);
        Do(new Command { Kind = CommandKind.Pledge, Account = 0, Amount = -1 }, RejectCode.DebtLimit);
        Do(new Command { Kind = CommandKind.Repay, Account = 0, Amount = 400_000_000 });
        Do(new Command { Kind = CommandKind.Pledge, Account = 0, Amount = -400_000_000 });
    }

    [Fact]
    public void An_isolated_position_loses_its_own_money_alone()
    {
        Do(new Command
        {
            Kind = CommandKind.MoveIsolated,
            Account = 1,
            Instrument = Perpetual,
            Amount = 4_000_000_000
        });
        Order(0, Side.Sell, 60_000, 10_000);
        Order(1, Side.Buy, 60_000, 10_000);
        var free = Free(1);
        Price(55_000);
        Assert.Equal(0, Position(1));
        Assert.Equal(free, Free(1));
    }

    [Fact]
    public void Funding_moves_money_from_longs_to_shorts_when_the_book_is_above_the_index()
    {
        Order(0, Side.Sell, 60_100, 10_000);
        Order(1, Side.Buy, 60_100, 10_000);
        Order(2, Side.Buy, 60_100, 10);
        Order(3, Side.Sell, 60_200, 10);
        var (shortBefore, longBefore) = (Free(0), Free(1));
        for (var i = 0; i < 20; i++)
        {
            _now += 4 * Second;
            Price(60_000);
        }
        Assert.True(Free(0) > shortBefore);
        Assert.True(Free(1) < longBefore);
    }

    [Fact]
    public void New_parameters_need_enough_signatures_and_their_time()
    {
        var old = _venue.Parameters;
        var act = Venue.ParametersAct(old with { Version = 2, FollowUpsMax = 5 });
        Sign(act, 0);
        Sign(act, 0);                                            // one signer is one, however often
        _now += 120 * Second;
        Do(new Command { Kind = CommandKind.Tick });
        Assert.Equal(1, _venue.Parameters.Version);
        Sign(act, 2);
        _now += 59 * Second;
        Do(new Command { Kind = CommandKind.Tick });
        Assert.Equal(1, _venue.Parameters.Version);
        _now += Second;
        Do(new Command { Kind = CommandKind.Tick });
        Assert.Equal((2, 5), (_venue.Parameters.Version, _venue.Parameters.FollowUpsMax));
        Assert.Equal(_venue.Parameters.Hash(), _venue.ParametersHash.ToArray());
        Sign(act, 1, RejectCode.InvalidSignature, version: 1);
    }

    [Fact]
    public void Whoever_changes_what_an_asset_is_is_refused()
    {
        var old = _venue.Parameters;
        var act = Venue.ParametersAct(old with
        {
            Version = 2,
            Assets = [old.Assets[0] with { Decimals = 2 }, .. old.Assets.Skip(1)],
        });
        Sign(act, 0, RejectCode.ParameterOutOfRange);
    }

    [Fact]
    public void A_halt_needs_one_signature_and_its_end_needs_enough()
    {
        Sign(Venue.StateAct(Perpetual, BookState.Halted), 1);
        Order(0, Side.Buy, 60_000, 10, RejectCode.InstrumentHalted);
        Sign(Venue.StateAct(Perpetual, BookState.Open), 1);
        Order(0, Side.Buy, 60_000, 10, RejectCode.InstrumentHalted);
        Sign(Venue.StateAct(Perpetual, BookState.Open), 0);
        Order(0, Side.Buy, 60_000, 10);
    }

    void Sign(byte[] act, int signer, RejectCode expected = RejectCode.None, int? version = null) => Do(new Command
    {
        Kind = CommandKind.Govern,
        Other = signer,
        Data = act,
        Signature = SealVerifier.Seal(
            SimulatedMarket.Key("signer", signer), Venue.GovernanceMessage(version ?? _venue.Parameters.Version, act)),
    }, expected);

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
                SourceTime = _now,
                OrderId = ++_nonce,
                Time = _now,
            };
            c.Signature = SealVerifier.Seal(SimulatedMarket.Key("source", source), Venue.PriceMessage(c));
            _venue.Execute(c);
            _now++;
        }
        foreach (var side in new[] { Side.Sell, Side.Buy })
        {
            Do(new Command
            {
                Kind = CommandKind.PlaceOrder,
                Instrument = Dated,
                Order = new OrderRequest { Account = (int)side, Side = side, Price = 600_000, Quantity = 333 },
            });
        }
        _now = SimulatedMarket.Expiry;
        Do(new Command { Kind = CommandKind.Tick });
        Assert.Equal(BookState.Settling, _venue.BookOf(Dated).State);        // the price is long stale: it waits
        for (var source = 0; source < 2; source++)
        {
            var c = new Command
            {
                Kind = CommandKind.Price,
                Instrument = Dated,
                Other = source,
                Quantity = (610_000L << 16) + 1,
                SourceTime = _now,
                OrderId = ++_nonce,
            };
            c.Signature = SealVerifier.Seal(SimulatedMarket.Key("source", source), Venue.PriceMessage(c));
            Do(c);
        }
        Assert.Equal(BookState.Expired, _venue.BookOf(Dated).State);
        Assert.Equal(0, _venue.BookOf(Dated).PositionOf(0));
        Assert.Equal((Int128)0, _venue.Ledger.BalanceOf(new LedgerAccount(AccountKind.Clearing, 0, 0, Dated)));
    }

    // Once it went through every interval since 1970, and told of each.
    [Fact]
    public void The_clock_of_a_venue_begins_with_its_first_command()
    {
        const long First = 1_723_161_255_030_314_667;
        const long Minute = 60 * Second;
        var venue = new Venue(SimulatedMarket.Parameters(First + Minute + Minute), new SealVerifier());
        venue.Execute(new Command { Kind = CommandKind.Tick, Time = First });
        Assert.Empty(venue.Notices);
        venue.Execute(new Command { Kind = CommandKind.Tick, Time = First - (First % Minute) + Minute });
        Assert.Equal(2, venue.Notices.Count(n => n.Kind == NoticeKind.FundingRate));
        venue.Audit();
    }
}
