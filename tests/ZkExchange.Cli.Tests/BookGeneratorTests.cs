using System.Text;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Input;
using ZkExchange.Cli.Sample;
using ZkExchange.Commitments;
using Xunit;

namespace ZkExchange.Cli.Tests;

public class BookGeneratorTests
{
    [Theory]
    [InlineData(1, 1, null)]
    [InlineData(3, 1, 12)]
    [InlineData(1000, 20, null)]
    [InlineData(1000, 20, 1000)]
    [InlineData(999, 20, 7001)]
    [InlineData(20, 500, 10_000)]
    public void A_book_has_what_was_asked_for_and_every_account_is_well_formed_and_healthy(
        int accounts, int assets, int? entries)
    {
        var (input, book, reserves) = BookGenerator.Make(new(accounts, assets, entries));
        Assert.Equal((accounts, assets), (book.Accounts, input.Table.Assets.Count));
        if (entries is not null) Assert.Equal(entries, book.Entries);

        var sums = new UInt128[assets];
        for (var account = 0; account < accounts; account++)
        {
            Assert.True(AccountLeaf.IsWellFormed(book.EntriesOf(account)));
            Assert.True(Collateral.Shortfall(input.Table, book.EntriesOf(account)).IsZero);
            foreach (var entry in book.EntriesOf(account)) sums[EntryKey.Asset(entry.Key)] += entry.Equity;
        }

        Assert.All(ReserveInput.Sum(reserves, assets).Zip(sums), pair => Assert.True(pair.First > pair.Second));
    }

    [Fact]
    public void A_share_of_the_customers_borrows_and_the_largest_hold_much()
    {
        var (input, book, _) = BookGenerator.Make(new(4000, 20));
        var borrowers = 0;
        for (var account = 0; account < book.Accounts; account++)
            borrowers += Collateral.DebtValue(input.Table, book.EntriesOf(account)).IsZero ? 0 : 1;

        Assert.InRange(borrowers, 400, 800);
    }

    [Fact]
    public void Equal_seeds_give_equal_books_and_others_do_not()
    {
        static string Text(ulong seed)
        {
            var book = BookGenerator.Make(new(50, 5, null, 15, seed)).Book;
            var text = new StringBuilder();
            for (var account = 0; account < book.Accounts; account++)
                text.AppendJoin(',', book.EntriesOf(account).ToArray()).Append('\n');
            return text.ToString();
        }

        Assert.Equal(Text(1), Text(1));
        Assert.NotEqual(Text(1), Text(2));
    }
}
