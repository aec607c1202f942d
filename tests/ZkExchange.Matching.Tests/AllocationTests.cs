namespace ZkExchange.Matching.Tests;

public class AllocationTests
{
    [Fact]
    public void A_command_allocates_nothing_once_the_pools_have_grown()
    {
        var book = new OrderBook(new BookRules { Instrument = 0, Kind = InstrumentKind.Perpetual }, new EventBuffer());
        Play(book, 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Play(book, 100_001);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // The same prices again and again: places, fills, amendments and cancels of every second order.
    static void Play(OrderBook book, ulong firstId)
    {
        for (var i = 0; i < 20_000; i++)
        {
            book.Events.Clear();
            var side = (Side)(i & 1);
            var price = (uint)(1000 + (i * 7 % 40) + (side == Side.Buy ? -10 : 10));
            var id = firstId + (ulong)i;
            book.Place(id,
                new OrderRequest { Account = i % 50, Master = i % 50, Side = side, Price = price, Quantity = 5 }, 1);
            if (i % 3 == 0) book.Amend(id, i % 50, price + 1, 4, 1);
            if (i % 2 == 0) book.Cancel(id, i % 50);
        }
        for (var account = 0; account < 50; account++) book.CancelAll(account);
    }
}
