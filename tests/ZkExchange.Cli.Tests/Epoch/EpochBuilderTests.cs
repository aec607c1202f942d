using System.Globalization;
using System.Numerics;
using System.Text;
using Xunit;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;

namespace ZkExchange.Cli.Tests.Epoch;

public class EpochBuilderTests
{
    static readonly UInt128 s_limit = Amount.Limit;

    [Fact]
    public void An_epoch_is_a_function_of_books_and_secrets_on_any_number_of_threads()
    {
        var one = Books.Build(Books.Input() with { Threads = 1 });
        var two = Books.Build(Books.Input() with { Threads = 2 });
        Assert.Equal(one.Statement.Digest, two.Statement.Digest);
        Assert.Equal(one.Report!, two.Report!);
    }

    [Fact]
    public void Another_epoch_secret_moves_and_salts_every_leaf_and_leaves_tags_alone()
    {
        var first = Books.Build(Books.Input());
        var second = Books.Build(Books.Input(), EpochSecrets.For(Books.Secrets.Account));
        Assert.Equal(first.Books.Accounts.Tags, second.Books.Accounts.Tags);
        Assert.Empty(first.Books.Accounts.Leaves.Intersect(second.Books.Accounts.Leaves));
        Assert.Empty(first.Books.Accounts.Salts.Intersect(second.Books.Accounts.Salts));
        Assert.NotEqual(first.Books.Positions, second.Books.Positions);
        Assert.NotEqual(first.Statement.Root, second.Statement.Root);
    }

    [Fact]
    public void C06_no_salt_or_position_is_used_twice_and_a_leaf_is_what_its_customer_computes()
    {
        var draft = Books.Build(Books.Input());
        var books = draft.Books;
        Assert.Equal(books.Positions.Length, books.Positions.Distinct().Count());
        Assert.Equal(books.Positions.Length, books.Accounts.Salts.Distinct().Count());
        var account = new Salts(Books.Secrets.Account);
        for (var i = 0; i < books.Input.Book.Accounts; i++)
        {
            var id = Encoding.ASCII.GetString(books.Input.Book.Id(i));
            var tag = AccountTag.Of(id, account.Nonce(id));
            Assert.Equal(books.Accounts.Leaves[i], AccountLeaf.Of(
                tag, books.Input.Book.EntriesOf(i), new Salts(Books.Secrets.Epoch).Leaf(7, (ulong)books.Positions[i])));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_traces_of_all_shards_amount_to_the_nodes_and_the_root_that_are_stated(int shards)
    {
        var draft = Books.Build(Books.Input() with { ShardsMin = shards });
        var statement = draft.Statement;
        Assert.Equal(shards, statement.ShardNodes.Count);
        var tables = ShardTables.Of(statement.Assets, statement.PoolNames);
        for (var shard = 0; shard < shards; shard++)
        {
            var plan = ShardPlan.Of(draft.Books.WitnessOf(shard), tables);
            using var traces = ShardTrace.Write(plan, [.. statement.ShardShape]);
            Assert.Equal(statement.ShardNodes[shard], traces.ShardNode);
        }

        using var top = TopTrace.Write(
            draft.Books.WitnessOfTop(), TopReserves.Of(statement), [.. statement.TopShape]);
        Assert.Equal(statement.Root, top.Root);
        Assert.Equal(statement.ShardNodes, top.ShardNodes);
        Assert.Equal((uint)statement.Accounts, top.Totals.Accounts);
    }

    [Fact]
    public void A_statement_keeps_every_rule_and_its_report_is_the_one_it_names()
    {
        var draft = Books.Build(Books.Input() with { Discloses = true, ShardsMin = 2 });
        var (statement, refusal) = Statement.Read(draft.Statement.Bytes.Span);
        Assert.False(refusal.IsRefused);
        Assert.Equal(draft.Statement, statement);
        var (report, _) = ReservesReport.Read(draft.Report);
        Assert.False(report!.CheckAgainst(statement!, draft.Report).IsRefused);
        Assert.Equal(draft.Books.Sums.Root.Totals.Assets, statement!.Disclosed!.Totals);
    }

    [Theory]
    [InlineData("HostCount")]
    [InlineData("HostIdentity")]
    [InlineData("HostRange")]
    [InlineData("HostSum")]
    [InlineData("HostDebt")]
    public void Books_that_no_verifier_would_accept_are_refused_by_name(string reason)
    {
        (string, AccountEntry[])[][] books = reason switch
        {
            "HostCount" => [[]],
            "HostIdentity" => [[("a", [new(0, 1, 0)]), ("a", [new(0, 1, 0)])], [("a b", [new(0, 1, 0)])], [("", [])]],
            "HostRange" =>
            [
                [("a", [])], [("a", [new(1, 1, 0)])], [("a", [new(2 << 16, 1, 0)])], [("a", [new(0, s_limit, 0)])],
                [("a", [new(0, 1, 0), new(0, 1, 0)])], [("a", [new(1 << 16, 1, 0), new(0, 1, 0)])],
            ],
            "HostSum" => [[("a", [new(0, s_limit - 1, 0)]), ("b", [new(0, 1, 0)])]],
            _ => [[("a", [new(0, 5, 5)])], [("a", [new(0, 0, 51), new(1 << 16, 100, 0)])]],
        };
        foreach (var book in books)
        {
            // An account without entries is refused before its id is looked at.
            var error = Assert.Throws<EpochRefusedException>(() => Books.Build(Books.Tiny(book)));
            Assert.Equal(book is [("", _)] ? "HostRange" : reason, error.Reason);
        }
    }

    [Fact]
    public void Accounts_are_in_order_of_their_ids_byte_by_byte()
    {
        // One byte, eight, more than eight beyond what all share; a beginning of another; each side of the letters.
        string[] ids =
        [
            "u", "u-", "u-0", "u-00000001", "u-000000010", "u-000000011", "u-0000000101", "u-1", "u-00000002", "u~",
            "u!", "uZ", "ua", "u-000000010~", "u-00000001!", .. Enumerable.Range(0, 300).Select(i => $"u-{i * 7919}x"),
        ];
        foreach (var prefix in (string[])["", "exchange-customer-"])
        {
            var book = ids.Select((id, i) => (prefix + id, new AccountEntry[] { new(0, (UInt128)i, 0) })).ToArray();
            var books = Books.Build(Books.Tiny(book)).Books;
            Assert.Equal(
                ids.Select(id => prefix + id).Order(StringComparer.Ordinal),
                books.AccountsById.Select(account => Encoding.ASCII.GetString(books.Input.Book.Id(account))));
        }
    }

    [Fact]
    public void Of_many_wrong_accounts_the_first_is_named_on_any_number_of_threads()
    {
        var accounts = Enumerable.Range(0, 20_000)
            .Select(i => ($"id{i:D5}", new AccountEntry[] { new(i >= 5_000 ? 9u : 0u, 1, 0) })).ToArray();
        foreach (var threads in (int[])[1, 2, 4])
        {
            var error = Assert.Throws<EpochRefusedException>(
                () => Books.Build(Books.Tiny(accounts) with { Threads = threads }));
            Assert.Equal("an entry of id05000 has an unknown key", error.Message);
        }
    }

    [Fact]
    public void A11_totals_up_to_the_limit_are_stated()
    {
        var draft = Books.Build(Books.Tiny(("a", [new(0, s_limit - 2, 0)]), ("b", [new(0, 1, 0)])));
        Assert.Equal(s_limit - 1, draft.Books.Sums.Root.Totals.Assets[0].Equity);
    }

    [Fact]
    public void Declared_bad_debt_is_exactly_the_shortfall()
    {
        // 51 owed; 100 pledged count for 50: one is short, ten thousand times as fine.
        var draft = Books.Build(
            Books.Tiny(("a", [new(0, 0, 51), new(1 << 16, 100, 0)]), ("b", [new(0, 7, 0)])) with
            {
                DeclaresBadDebt = true,
            });
        Assert.Equal(new BigInteger(10_000), draft.Books.Sums.Root.Totals.BadDebt);
    }

    [Theory]
    [InlineData(100, 0, 0, true)]
    [InlineData(99, 0, 0, false)]
    [InlineData(95, 0, 5, true)]
    [InlineData(95, 0, 4, false)]
    [InlineData(101, 1, 0, true)]
    [InlineData(100, 1, 0, false)]
    public void Reserves_must_cover_what_is_owed_and_set_aside(int amount, int insurance, int cap, bool isCovered)
    {
        var input = Books.Tiny(("a", [new(0, 90, 0)]), ("b", [new(0, 10, 5), new(1 << 16, 0, 0)])) with
        {
            DeclaresBadDebt = true,
            Reserves = new(
                [new((UInt128)amount, (UInt128)insurance, (UInt128)cap)],
                [new("vault", (UInt128)amount, "usd", "bank", "")], "2026-11-20T00:00:00Z"),
        };

        // The debt of 5 is bad: without a fund of as much it is not paid.
        var error = Assert.Throws<EpochRefusedException>(() => Books.Build(input));
        Assert.Equal(isCovered ? "HostDebt" : "HostSum", error.Reason);
        if (!isCovered) return;
        input = input with
        {
            Reserves = input.Reserves with
            {
                Assets = [new((UInt128)amount + 5, (UInt128)insurance + 5, (UInt128)cap)],
                Rows = [new("vault", (UInt128)amount + 5, "usd", "bank", "")],
            },
        };
        Assert.Equal(new BigInteger(50_000), Books.Build(input).Books.Sums.Root.Totals.BadDebt);
    }

    [Fact]
    public void Secrets_of_another_length_or_equal_ones_are_refused()
    {
        foreach (var length in (int[])[31, 32])
        {
            var secrets = new EpochSecrets(new byte[length], new byte[32]);
            var error = Assert.Throws<EpochRefusedException>(() => Books.Build(Books.Input(), secrets));
            Assert.Equal("HostSecret", error.Reason);
        }
    }

    [Fact]
    public void M07_a_cap_that_no_cut_meets_is_said_before_the_work_begins_with_the_least_that_would_do()
    {
        var input = Books.Input();
        var error = Assert.Throws<EpochRefusedException>(() => Books.Build(input with { MemoryBytesMax = 1 }));
        Assert.Equal("HostResource", error.Reason);
        var words = error.Message.Split(' ');
        var megabytes = long.Parse(words[Array.IndexOf(words, "MB") - 1], CultureInfo.InvariantCulture);
        Assert.InRange(megabytes, 100, 2000);
        Books.Build(input with { MemoryBytesMax = megabytes << 20 });
        error = Assert.Throws<EpochRefusedException>(
            () => Books.Build(input with { MemoryBytesMax = (megabytes - 1) << 20 }));
        Assert.Equal("HostResource", error.Reason);
    }
}
