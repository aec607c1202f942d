using ZkExchange.Matching;

namespace ZkExchange.Exchange.Simulation;

/// <summary>
/// A recorded stream of book commands with the mix of a busy market, ready to be played again and again.
/// </summary>
/// <remarks>
/// Nine parts new resting orders, three parts immediate ones, six parts cancels, eighty-two parts moves, a few
/// hundred prices, about nine hundred orders
/// alive: the mix that other engines publish their figures for.
/// </remarks>
public sealed class BookLoad
{
    const int Alive = 900;
    const uint Middle = 50_000;

    readonly OrderRequest[] _requests;
    readonly (byte Kind, ulong Id)[] _steps;

    BookLoad(OrderRequest[] requests, (byte, ulong)[] steps) => (_requests, _steps) = (requests, steps);

    /// <summary>Commands in the stream.</summary>
    public int Count => _steps.Length;

    /// <summary>The rules of the books that the stream is meant for.</summary>
    public static BookRules Rules => new() { Instrument = 1, Kind = InstrumentKind.Spot, QuotePerTickLot = 10 };

    /// <summary>Records a stream from a seed, with a book of its own to know which orders live.</summary>
    public static BookLoad Record(int seed, int count)
    {
        var random = new Random(seed);
        var book = new OrderBook(Rules, new EventBuffer());
        var requests = new OrderRequest[count];
        var steps = new (byte Kind, ulong Id)[count];
        var live = new List<ulong>();
        ulong nextId = 1;
        var middle = (int)Middle;
        for (var i = 0; i < count; i++)
        {
            middle += random.Next(100) == 0 ? random.Next(3) - 1 : 0;
            var draw = random.Next(100);
            var kind = (byte)(live.Count < Alive || draw < 9 ? 0 : draw < 12 ? 1 : draw < 18 ? 2 : 3);
            steps[i] = (kind, kind >= 2 ? live[random.Next(live.Count)] : nextId++);
            var side = book.TryFind(steps[i].Id, out var view) ? view.Side : (Side)random.Next(2);
            ref var r = ref requests[i];
            r = Draw(random, middle, kind, side);
            book.Events.Clear();
            Apply(book, steps[i], ref r);
            if (kind == 0 && book.TryFind(steps[i].Id, out _))
                live.Add(steps[i].Id);
            foreach (ref readonly var e in book.Events.Items)
            {
                if (e.Kind != MatchEventKind.Ended || live.IndexOf(e.OrderId) is not (>= 0 and var gone))
                    continue;
                live[gone] = live[^1];
                live.RemoveAt(live.Count - 1);
            }
        }
        return new BookLoad(requests, steps);
    }

    /// <summary>Plays one command.</summary>
    public void Play(OrderBook book, int index)
    {
        book.Events.Clear();
        Apply(book, _steps[index], ref _requests[index]);
    }

    static OrderRequest Draw(Random random, int middle, byte kind, Side side)
    {
        var distance = kind == 1 ? -1 : random.Next(13) * random.Next(13) - (random.Next(40) == 0 ? 3 : 0);
        return new OrderRequest
        {
            Account = random.Next(1000),
            Master = -1,
            Side = side,
            TimeInForce = kind == 1 ? TimeInForce.ImmediateOrCancel : TimeInForce.GoodTillCancel,
            SelfTrade = SelfTradePrevention.ExpireMaker,
            Price = (uint)(side == Side.Buy ? middle - distance : middle + 1 + distance),
            Quantity = 1 + random.Next(100),
        };
    }

    static void Apply(OrderBook book, (byte Kind, ulong Id) step, ref OrderRequest r)
    {
        if (step.Kind < 2)
        {
            book.Place(step.Id, r, 1);
            return;
        }
        if (!book.TryFind(step.Id, out var view))
            return;
        if (step.Kind == 2)
            book.Cancel(step.Id, view.Account);
        else
            book.Amend(step.Id, view.Account, r.Price, view.Filled + view.Leaves, 1);
    }
}
