using System.Globalization;
using System.Text;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Input;
using ZkExchange.Commitments;
using Xunit;

namespace ZkExchange.Cli.Tests.Input;

public class AccountFilesTests
{
    const string Long = "customer_id,asset,equity,debt,pool\n";
    const string Wide = "id,e_btc,d_btc,btc,vl_btc,m_btc,pm_btc\n";
    static readonly UInt128 s_coin = 100_000_000;

    static AccountEntry[] EntriesOf(Book book, string id)
    {
        for (var account = 0; account < book.Accounts; account++)
            if (book.Id(account).SequenceEqual(Encoding.ASCII.GetBytes(id))) return book.EntriesOf(account).ToArray();

        return [];
    }

    [Fact]
    public void Long_rows_of_a_customer_are_gathered_from_anywhere_and_sorted()
    {
        var (book, errors) = Files.ReadAccounts(
            [Long + "ann,usd,5.25,0,\nbob,btc,1,0.5,\nann,btc,2,0,loan\n", Long + "ann,btc,3,0,0\nbob,eth,0,0,2\n"]);
        Assert.Empty(errors.First);
        Assert.Equal(2, book!.Accounts);
        Assert.Equal(5, book.Entries);
        Assert.Equal(
            [new(0, 3 * s_coin, 0), new(2, 525, 0), new(65536, 2 * s_coin, 0)], EntriesOf(book, "ann"));
        Assert.Equal([new(0, s_coin, s_coin / 2), new(1 + (2 << 16), 0, 0)], EntriesOf(book, "bob"));
    }

    // A debt is owed of the asset, so it stands under the key of pool 0: as key, equity, debt in smallest units.
    [Theory]
    [InlineData("ann,usd,3,0.02,loan\n", "2,0,2 65538,300,0")]
    [InlineData("ann,usd,0,0.02,loan\n", "2,0,2 65538,0,0")]
    [InlineData("ann,usd,3,0.02,loan\nann,usd,1,0,\n", "2,100,2 65538,300,0")]
    [InlineData("ann,usd,3,0.02,loan\nann,usd,1,0.05,0\n", "2,100,7 65538,300,0")]
    [InlineData(
        "ann,usd,1,0.1,loan\nann,usd,2,0.2,margin\nann,usd,3,0.3,portfolio\n",
        "2,0,60 65538,100,0 131074,200,0 196610,300,0")]
    [InlineData("ann,usd,1,0.1,loan\nann,btc,0,0.00000007,loan\n", "0,0,7 2,0,10 65536,0,0 65538,100,0")]
    [InlineData(
        "ann,usd,1,0,\nann,btc,0.00000001,0,\nann,eth,0,0.000000000000000005,margin\n",
        "0,1,0 1,0,5 2,100,0 131073,0,0")]
    [InlineData("ann,usd,1,0,loan\nann,usd,1,0,margin\n", "65538,100,0 131074,100,0")]
    public void A_debt_in_a_row_of_a_pool_stands_with_the_free_balance(string rows, string entries)
    {
        // Others before and behind her, whose rows give nothing to move or as much.
        var others = "bob,btc,0.00000009,0,\n" + rows.Replace("ann", "zed", StringComparison.Ordinal);
        var reversed = string.Concat(rows.Split('\n').Reverse().Select(row => row.Length > 0 ? row + "\n" : ""));
        foreach (var text in (string[])[rows + others, others + rows, others + reversed])
        {
            var (book, errors) = Files.ReadAccounts(Long + text);
            Assert.Empty(errors.First);
            Assert.Equal(3, book!.Accounts);
            foreach (var id in (string[])["ann", "zed"])
            {
                Assert.True(AccountLeaf.IsWellFormed(EntriesOf(book, id)));
                Assert.Equal(
                    entries,
                    string.Join(' ', EntriesOf(book, id).Select(so => $"{so.Key},{so.Equity},{so.Debt}")));
            }

            Assert.Equal([new(0, 9, 0)], EntriesOf(book, "bob"));
        }
    }

    [Fact]
    public void Debts_of_all_pools_add_up_whatever_the_order_of_rows()
    {
        var random = new Random(21);
        string[] units = ["btc,0.0000000", "eth,0.00000000000000000", "usd,0.0"];
        for (var round = 0; round < 100; round++)
        {
            var entries = new SortedDictionary<(int Account, uint Key), AccountEntry>();
            var rows = new StringBuilder(Long);
            foreach (var place in Enumerable.Range(0, 4 * 3 * 4).OrderBy(_ => random.Next()).Take(30))
            {
                var (account, asset, pool) = (place / 12, place / 4 % 3, place % 4);
                var (equity, debt) = (random.Next(3), random.Next(3));
                var zeros = units[asset][4..];
                rows.Append(
                    CultureInfo.InvariantCulture,
                    $"user-{account},{units[asset]}{equity},{zeros}{debt},{pool}\n");
                Add(account, EntryKey.Of(asset, pool), equity, 0);
                if (pool == 0 || debt > 0) Add(account, EntryKey.Of(asset, 0), 0, debt);
            }

            var (book, errors) = Files.ReadAccounts(rows.ToString());
            Assert.Empty(errors.First);
            for (var account = 0; account < 4; account++)
            {
                Assert.Equal(
                    entries.Where(so => so.Key.Account == account).Select(so => so.Value),
                    EntriesOf(book!, $"user-{account}"));
            }

            void Add(int account, uint key, int equity, int debt)
            {
                var so = entries.GetValueOrDefault((account, key), new(key, 0, 0));
                entries[(account, key)] = new(key, so.Equity + (UInt128)equity, so.Debt + (UInt128)debt);
            }
        }
    }

    // Whoever builds an epoch of it refuses it: HostRange.
    [Fact]
    public void Debts_of_pools_that_are_no_amount_together_make_no_account()
    {
        const string most = "12379400392853802748.99124223";
        var (book, errors) = Files.ReadAccounts(
            Long + string.Concat(Enumerable.Range(0, 4).Select(pool => $"ann,btc,0,{most},{pool}\n"))
            + $"bob,btc,0,{most},loan\n");
        Assert.Empty(errors.First);
        var debt = (UInt128.One << 90) - 1;
        Assert.Equal(new(0, 0, 4 * debt), EntriesOf(book!, "ann")[0]);
        Assert.False(AccountLeaf.IsWellFormed(EntriesOf(book!, "ann")));
        Assert.Equal([new(0, 0, debt), new(1 << 16, 0, 0)], EntriesOf(book!, "bob"));
        Assert.True(AccountLeaf.IsWellFormed(EntriesOf(book!, "bob")));
    }

    [Fact]
    public void A_row_that_repeats_a_pool_is_named_with_its_own_debt_and_not_added()
    {
        const string text = Long + "ann,btc,1,0.5,loan\nann,btc,2,0.25,1\nann,btc,3,0.125,\n";
        Files.AssertError(
            Files.ReadAccounts(text).Errors, "InputRow", 3, 0, "'btc' in pool 1 already, at accounts_0.csv:2");
        var excluded = new ExcludedFile();
        var (book, errors) = Files.ReadAccounts(text, null, excluded);
        Assert.Empty(errors.First);
        Assert.Equal([new(0, 3 * s_coin, 5 * s_coin / 8), new(1 << 16, s_coin, 0)], EntriesOf(book!, "ann"));
        Assert.EndsWith(
            ",\"ann,btc,2,0.25,1\"\n", Encoding.UTF8.GetString(excluded.ToBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_are_mapped_by_name_with_identical_result()
    {
        var (book, errors) = Files.ReadAccounts("debt,equity,asset,customer_id\n0.5,1,btc,bob\n");
        Assert.Empty(errors.First);
        Assert.Equal([new(0, s_coin, s_coin / 2)], EntriesOf(book!, "bob"));
    }

    [Fact]
    public void A_wide_row_splits_equity_into_the_free_part_and_what_is_pledged()
    {
        var (book, errors) = Files.ReadAccounts(
            Wide + $"{Files.User0},10,4,6,1,2,3\n{Files.User1},0,0,0,0,0,0\n");
        Assert.Empty(errors.First);
        Assert.Equal(
            [
                new(0, 4 * s_coin, 4 * s_coin), new(1 << 16, s_coin, 0), new(2 << 16, 2 * s_coin, 0),
                new(3 << 16, 3 * s_coin, 0),
            ],
            EntriesOf(book!, Files.User0));
        Assert.Equal([new(0, 0, 0)], EntriesOf(book!, Files.User1));
    }

    [Theory]
    [InlineData("6.0000000000000009")]
    [InlineData("5.99999999")]
    [InlineData("0")]
    [InlineData("0.0")]
    [InlineData("")]
    public void A_net_that_a_program_rounded_or_left_out_is_accepted(string net)
    {
        var (book, errors) = Files.ReadAccounts(Wide + $"{Files.User0},10,4,{net},0,0,0\n");
        Assert.Empty(errors.First);
        Assert.NotNull(book);
    }

    [Theory]
    [InlineData(Long + "ann,btc,-1,0,\n", "InputNumber", 2, 3, "'-1' is negative")]
    [InlineData(Long + "ann,btc,1,-9223372036854775808,\n", "InputNumber", 2, 4, "is negative")]
    [InlineData(Long + "ann,btc,1.123456789,0,\n", "InputNumber", 2, 3, "'1.123456789' has more than 8 decimals")]
    [InlineData(Long + "ann,btc,\"1,5\",0,\n", "InputNumber", 2, 3, "'1,5' has a comma")]
    [InlineData(Long + "ann,btc,1,5,0,0\n", "InputRow", 2, 0, "the row has 6 cells, the header has 5")]
    [InlineData(Long + "ann,btc,,0,\n", "InputNumber", 2, 3, "the cell is empty")]
    [InlineData(Long + "ann,btc,12379400392853802749,0,\n", "InputRange", 2, 3, "is too large")]
    [InlineData(Long + "ann,btc,1,12379400392853802748.99124224,\n", "InputRange", 2, 4, "is too large")]
    [InlineData(Long + "ann,doge,1,0,\n", "InputAssetUnknown", 2, 2, "the asset 'doge' is not in the asset file")]
    [InlineData(Long + "ann,BTC,1,0,\n", "InputAssetUnknown", 2, 2, "the asset 'BTC' is not in the asset file")]
    [InlineData(Long + "ann,btc,1,0,4\n", "InputAssetUnknown", 2, 5, "the pool '4' is not in the asset file")]
    [InlineData(Long + "ann,btc,1,0,vault\n", "InputAssetUnknown", 2, 5, "the pool 'vault' is not in the asset file")]
    [InlineData(Long + ",btc,1,0,\n", "InputId", 2, 1, "'' is no customer id")]
    [InlineData(Long + "ann lee,btc,1,0,\n", "InputId", 2, 1, "'ann lee' is no customer id")]
    [InlineData(Long + "änn,btc,1,0,\n", "InputId", 2, 1, "'änn' is no customer id")]
    [InlineData(Long + "ann,btc,1,0,\n\nbob,btc,1,0,\n", "InputRow", 3, 0, "the row has 1 cell, the header has 5")]
    [InlineData(Long + "ann,btc,1,0,\nann,btc,2,0,0\n", "InputRow", 3, 0,
        "'btc' in pool 0 already, at accounts_0.csv:2")]
    [InlineData(Long + "ann,btc,1\u0000,0,\n", "InputEncoding", 2, 3, "a NUL byte")]
    [InlineData("customer_id,asset,equity\nann,btc,1\n", "InputHeader", 1, 0, "the column 'debt' is missing")]
    [InlineData("customer_id,asset,equity,debt,note\nann,btc,1,0,x\n", "InputHeader", 1, 5, "the column is not known")]
    [InlineData("asset,equity,debt\nbtc,1,0\n", "InputHeader", 1, 0, "the column 'customer_id' is missing")]
    [InlineData(Long, "HostCount", 0, 0, "there is no customer")]
    [InlineData(Wide + Files.User0 + ",10,4,6,4,3,3.00000001\n", "InputRow", 2, 2,
        "are 10.00000001 together, above the equity of 10")]
    [InlineData(Wide + Files.User0 + ",10,4,7,0,0,0\n", "InputInconsistent", 2, 4,
        "'7' contradicts its parts, which give 6")]
    [InlineData(Wide + Files.User0 + ",4,10,6,0,0,0\n", "InputInconsistent", 2, 4, "which give -6")]
    [InlineData(Wide + Files.User0 + ",10,4,6,-1,0,0\n", "InputNumber", 2, 5, "'-1' is negative")]
    [InlineData(Wide + Files.User0 + ",1,0,1,0,0,0\n" + Files.User0 + ",1,0,1,0,0,0\n", "InputRow", 3, 1,
        "the customer has a row already, at accounts_0.csv:2")]
    [InlineData(Wide + "12ab,1,0,1,0,0,0\n", "InputId", 2, 1, "'12ab' is no customer id")]
    [InlineData("id,e_btc\n" + Files.User0 + ",1\n", "InputHeader", 1, 0, "the column 'd_btc' is missing")]
    [InlineData("id,e_btc,d_btc,e_doge\n" + Files.User0 + ",1,0,1\n", "InputHeader", 1, 4, "belongs to no asset")]
    [InlineData("id,e_btc,d_btc,e_btc\n" + Files.User0 + ",1,0,1\n", "InputHeader", 1, 4, "the column is repeated")]
    [InlineData("id,e_btc,d_btc,total_net_balance_usd\n" + Files.User0 + ",1,0,65000.02\n", "InputInconsistent", 2, 4,
        "which give 65000")]
    public void What_is_wrong_with_an_account_file_is_named(
        string text, string reason, long line, int column, string message) =>
        Files.AssertError(Files.ReadAccounts(text).Errors, reason, line, column, message);

    [Fact]
    public void A_net_value_within_a_hundredth_is_accepted()
    {
        var (book, errors) = Files.ReadAccounts(
            $"id,e_btc,d_btc,total_net_balance_usd\n{Files.User0},1,0,65000.01\n{Files.User1},0,1,-65000\n");
        Assert.Empty(errors.First);
        Assert.Equal(2, book!.Accounts);
    }

    [Fact]
    public void Ids_that_differ_in_upper_case_or_length_are_no_wide_ids()
    {
        foreach (var id in (string[])[Files.User1.ToUpperInvariant(), "0x" + Files.User1[2..], Files.User1 + "0", ""])
        {
            var (_, errors) = Files.ReadAccounts(Wide + $"{id},1,0,1,0,0,0\n");
            Files.AssertError(errors, "InputId", 2, 1, "is no customer id");
        }
    }

    [Fact]
    public void A_customer_of_a_wide_row_has_no_other_row()
    {
        var (_, errors) = Files.ReadAccounts(
            [Wide + $"{Files.User0},1,0,1,0,0,0\n", Long + $"{Files.User0},eth,1,0,\n"]);
        Files.AssertError(errors, "InputRow", 2, 1, "already, at accounts_0.csv:2");
    }

    [Fact]
    public void Asset_columns_that_can_mean_two_things_are_refused()
    {
        var assets = Files.GoodAssets("symbol,price\nbtc,1\ne_btc,1\n");
        var (_, errors) = Files.ReadAccounts("id,e_btc,d_btc\n" + Files.User0 + ",1,0\n", assets);
        Assert.Contains(errors.First, error => error is { Column: 2, Message: "the column can mean two things" });
    }

    [Fact]
    public void Parts_pledged_in_a_pool_that_no_tier_column_names_are_refused()
    {
        var (_, errors) = Files.ReadAccounts(Wide, Files.GoodAssets("symbol,price,tiers_loan,tiers_margin\nbtc,1,,\n"));
        Files.AssertError(errors, "InputHeader", 1, 7, "the asset file has no pool 'portfolio'");
    }

    [Fact]
    public void All_errors_are_counted_and_the_first_thousand_kept()
    {
        var text = new StringBuilder(Long);
        for (var i = 0; i < 1500; i++) text.Append("ann,btc,x,0,\n");
        var (_, errors) = Files.ReadAccounts(text.ToString());
        Assert.Equal((1500, InputErrors.Kept), (errors.Count, errors.First.Count));
        Assert.Equal(Enumerable.Range(2, InputErrors.Kept), errors.First.Select(error => (int)error.Line));
        Assert.Equal(
            "accounts_0.csv:2:3: column 'equity': InputNumber: 'x' is not a decimal number. "
            + "Write digits and at most one point.", errors.First[0].ToString());
    }

    [Fact]
    public void Rows_left_out_are_written_down_with_place_and_reason()
    {
        var excluded = new ExcludedFile();
        var (book, errors) = Files.ReadAccounts(
            Long + "ann,btc,1,0,\nbob,btc,x,0,\nann,btc,2,0,\n\"c\"\"d\",btc,1,0,\n", null, excluded);
        Assert.Empty(errors.First);
        Assert.Equal(1, book!.Accounts);
        Assert.Equal(3, excluded.Count);
        Assert.Equal(
            "file,line,reason,message,row\n"
            + "\"accounts_0.csv\",3,InputNumber,\"'x' is not a decimal number\",\"bob,btc,x,0,\"\n"
            + "\"accounts_0.csv\",5,InputId,\"'c\"\"d' is no customer id\",\"\"\"c\"\"\"\"d\"\",btc,1,0,\"\n"
            + "\"accounts_0.csv\",4,InputRow,\"the customer has a row for 'btc' in pool 0 already, at "
            + "accounts_0.csv:2\",\"ann,btc,2,0,0\"\n",
            Encoding.UTF8.GetString(excluded.ToBytes()));
    }

    [Fact]
    public void A_file_that_is_no_text_is_an_error_even_when_rows_may_be_left_out()
    {
        var (_, errors) = Files.ReadAccounts(Long + "ann,btc,1\0,0,\n", null, new ExcludedFile());
        Files.AssertError(errors, "InputEncoding", 2, 3, "a NUL byte");
    }

    [Fact]
    public void Many_customers_in_any_order_give_the_same_balances()
    {
        var rows = Enumerable.Range(0, 5000).Select(i => $"user-{i % 1250},{(i / 1250) switch
        {
            0 => "btc,1,0,",
            1 => "eth,1,0,1",
            2 => "usd,1,0,",
            _ => "btc,2,0,1",
        }}\n").ToList();
        var (forwards, _) = Files.ReadAccounts(Long + string.Concat(rows));
        rows.Reverse();
        var (backwards, _) = Files.ReadAccounts(Long + string.Concat(rows));
        Assert.Equal((1250, 5000), (forwards!.Accounts, forwards.Entries));
        Assert.Equal(EntriesOf(forwards, "user-77"), EntriesOf(backwards!, "user-77"));
        Assert.Equal([0u, 2u, 1u << 16, (1u << 16) + 1], EntriesOf(forwards, "user-77").Select(entry => entry.Key));
    }
}
