using System.Text;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger;
using ZkExchange.Matching;

namespace ZkExchange.Exchange.Tests;

/// <summary>A venue with four customers of 10,000 dollars, driven by hand and audited after every command.</summary>
public abstract class HandDriven
{
    protected const int Perpetual = 1;
    protected const int Ether = 2;
    protected const long Second = 1_000_000_000;

    ulong _nonce;
    UInt128 _key = 1000;

    protected HandDriven(VenueParameters parameters)
    {
        Venue = new Venue(parameters, new SealVerifier());
        for (var i = 1; i <= 4; i++)
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

    /// <summary>The venue.</summary>
    protected Venue Venue { get; }

    /// <summary>Time of the next command.</summary>
    protected long Now { get; set; } = 1;

    protected ulong NextNonce() => ++_nonce;

    protected CommandResult Do(Command c, RejectCode expected = RejectCode.None)
    {
        c.Time = Now;
        var result = Venue.Execute(c);
        Assert.Equal(expected, result.Code);
        Venue.Audit();
        return result;
    }

    protected void Deposit(int account, long dollars) => Do(new Command
    {
        Kind = CommandKind.Deposit,
        Account = account,
        Amount = (Int128)dollars * 1_000_000,
        Key = ++_key,
    });

    // All sources say the same for the perpetual, in whole dollars; ten ticks are a dollar.
    protected void Price(long dollars)
    {
        for (var source = 0; source < 3; source++)
        {
            var c = new Command
            {
                Kind = CommandKind.Price,
                Instrument = Perpetual,
                Other = source,
                Quantity = dollars * 10 << 16,
                SourceTime = Now,
                OrderId = ++_nonce,
                Time = Now,
            };
            c.Signature = SealVerifier.Seal(SimulatedMarket.Key("source", source), Exchange.Venue.PriceMessage(c));
            Assert.Equal(RejectCode.None, Venue.Execute(c).Code);
            Venue.Audit();
            Now++;
        }
    }

    protected bool Said(NoticeKind kind) => Venue.Notices.Any(n => n.Kind == kind);

    // All sources name one price, and how sure they are of it; true if the venue ever said something.
    protected bool Report(int instrument, long dollars, uint uncertaintyPpm, NoticeKind listenFor)
    {
        var said = false;
        for (var source = 0; source < 3; source++)
        {
            var c = new Command
            {
                Kind = CommandKind.Price,
                Instrument = instrument,
                Other = source,
                Quantity = dollars * 10 << 16,
                Price = uncertaintyPpm,
                SourceTime = Now,
                OrderId = NextNonce(),
            };
            c.Signature = SealVerifier.Seal(SimulatedMarket.Key("source", source), Exchange.Venue.PriceMessage(c));
            Do(c);
            said |= Said(listenFor);
            Now++;
        }
        return said;
    }

    protected CommandResult Order(
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

    protected void EtherOrder(int account, Side side, long lots) => Do(new Command
    {
        Kind = CommandKind.PlaceOrder,
        Instrument = Ether,
        Order = new OrderRequest { Account = account, Side = side, Price = 30_000, Quantity = lots },
    });

    protected long Position(int account) => Venue.BookOf(Perpetual).PositionOf(account);

    protected Int128 Free(int account) =>
        Venue.Ledger.BalanceOf(new LedgerAccount(AccountKind.Free, account, SimulatedMarket.Dollar));

    protected void Sign(byte[] act, int signer, RejectCode expected = RejectCode.None, int? version = null)
    {
        var message = Exchange.Venue.GovernanceMessage(version ?? Venue.Parameters.Version, act);
        Do(new Command
        {
            Kind = CommandKind.Govern,
            Other = signer,
            Data = act,
            Signature = SealVerifier.Seal(SimulatedMarket.Key("signer", signer), message),
        }, expected);
    }
}
