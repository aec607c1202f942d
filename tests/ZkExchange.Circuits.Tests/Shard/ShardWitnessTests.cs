using System.Numerics;
using Xunit;
using ZkExchange.Circuits.Proving;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Tests.Shard;

public sealed class ShardWitnessTests
{
    static UInt128 Most => (UInt128.One << 90) - 1;

    [Fact]
    public void A_small_book_is_proven() => Accept(Book.Small, Book.Tables);

    [Fact]
    public void One_account_in_one_position_is_proven() =>
        Accept(Book.Shard(0, Book.Account(0, new AccountEntry(0, 0, 0))), Book.Tables);

    [Fact]
    public void A_shard_of_unused_positions_is_proven() => Accept(Book.Shard(3), Book.Tables);

    [Fact]
    public void A_shard_of_one_unused_position_is_proven() => Accept(Book.Shard(0), Book.Tables);

    [Fact]
    public void E03_A_full_shard_is_proven() => Accept(
        Book.Shard(4, [.. Enumerable.Range(0, 16).Select(position => Book.Account(15 - position, new AccountEntry(
            Book.Key(position % 3), (UInt128)position << 40, 0)))]),
        Book.Tables);

    // Four rows of totals; a row that ends the table is no account's.
    [Theory]
    [InlineData(27, 5)]
    [InlineData(28, 6)]
    public void Accounts_that_would_fill_a_table_have_a_larger_one(int accounts, int heightLog2)
    {
        var witness = Book.Shard(5, [.. Enumerable.Range(0, accounts).Select(position => One(position, 0, 5))]);
        Accept(witness, Book.Tables);
        Assert.Equal(heightLog2, ShardPlan.Of(witness, Book.Tables).HeightsLog2(5)[ShardCircuit.EntryTableIndex]);
    }

    // Equities and debts of any number, order of kinds and place in a row: the node is that of the commitments.
    [Fact]
    public void Accounts_of_any_items_are_proven()
    {
        var random = new Random(21);
        for (var round = 0; round < 60; round++)
        {
            var accounts = new List<ShardAccount>();
            foreach (var position in Enumerable.Range(0, 8).Where(_ => random.Next(3) > 0))
            {
                AccountEntry[] entries =
                [
                    .. Enumerable.Range(0, 9).Where(_ => random.Next(2) > 0).Select(i => new AccountEntry(
                        Book.Key(i % 3, i / 3), Any(), i < 3 ? Any() : 0)),
                ];
                if (entries.Length == 0) entries = [new(Book.Key(2, 2), 0, 0)];
                accounts.Add(Book.Lossy(position, Valuation.Shortfall(entries, Book.Tables), entries));
            }

            Accept(Book.Shard(3, [.. accounts]), Book.Tables);
        }

        UInt128 Any() => random.Next(3) == 0 ? 0 : (UInt128)random.NextInt64(1, 1L << random.Next(1, 62));
    }

    [Fact]
    public void The_largest_amounts_are_proven() => Accept(
        Book.Shard(1, Book.Lossy(
            0, 10_000 * (BigInteger)Most * Most, new AccountEntry(0, Most, Most))),
        ShardTables.Of([Book.Asset("X", Most)], Book.Pools));

    [Theory]
    [InlineData(49_999_999)]
    [InlineData(50_000_000)]
    [InlineData(50_000_001)]
    [InlineData(90_000_000)]
    [InlineData(90_000_001)]
    [InlineData(1_000_000_000)]
    public void F04_A_pledge_counts_its_tiers_and_not_a_unit_more(long value)
    {
        // One unit of asset 0 is worth 1: 95 % up to 50 million, 50 % up to 90, nothing above.
        var tables = ShardTables.Of(
            [Book.Asset("X", 1, new(1, 50_000_000, 9500), new(1, 90_000_000, 5000)), Book.Asset("Y", 1)], Book.Pools);
        var counts = 9500 * Math.Min(value, 50_000_000) + 5000 * Math.Clamp(value - 50_000_000, 0, 40_000_000);
        ShardWitness Owing(long debt, long badDebt = 0) => Book.Shard(1, Book.Lossy(
            0, badDebt, new(Book.Key(1), 0, (UInt128)debt), new(Book.Key(0, 1), (UInt128)value, 0)));

        Accept(Owing(counts / 10_000), tables);
        var more = Owing(counts / 10_000 + 1);
        Assert.Equal(10_000 - counts % 10_000, (int)Valuation.Shortfall(more.Accounts[0].Entries, tables));
        Refuse(HostReason.HostCollateral, more, tables);
        Accept(Owing(counts / 10_000 + 1, 10_000 - counts % 10_000), tables);
        Refuse(HostReason.HostCollateral, Owing(counts / 10_000 + 1, 10_000 - counts % 10_000 - 1), tables);
    }

    [Fact]
    public void Hundreds_of_assets_are_proven()
    {
        var assets = Enumerable.Range(0, 483).Select(i => Book.Asset($"A{i}", (UInt128)i + 1)).ToArray();
        var tables = ShardTables.Of(assets, Book.Pools);
        Accept(
            Book.Shard(1, Book.Account(
                1, [.. Enumerable.Range(0, 483).Select(i => new AccountEntry((uint)i, Most, 0))])),
            tables);
    }

    [Fact]
    public void A_sum_of_many_contributions_has_several_blocks()
    {
        var accounts = Enumerable.Range(0, ShardPlan.BlockMax + 1).Select(position =>
            Book.Account(position, new AccountEntry(0, Most >> 15, 0))).ToArray();
        var witness = Book.Shard(15, accounts);
        Assert.Equal(5, ShardPlan.Of(witness, Book.Tables).Sums.Count);
        Accept(witness, Book.Tables);
    }

    [Fact]
    public void M05_The_tables_do_not_depend_on_threads_or_the_order_of_work()
    {
        var witness = Book.Shard(11, [.. Enumerable.Range(0, 2000).Select(position => Book.Account(
            position, new AccountEntry(0, (UInt128)position, 0), new AccountEntry(1, 7, position % 9 == 0 ? 1u : 0),
            new AccountEntry(Book.Key(0, 1), 1000, 0)))]);
        using var one = new ShardRun(witness, Book.Tables, threads: 1);
        using var two = new ShardRun(witness, Book.Tables, threads: 3);
        Assert.Empty(two.Check());
        for (var t = 0; t < one.Tables.Length; t++)
        {
            for (var r = 0; r < one.Tables[t]!.Rows; r++)
                Assert.True(one.Tables[t]!.Row(r).SequenceEqual(two.Tables[t]!.Row(r)), $"table {t} row {r}");
        }
    }

    [Fact]
    public void The_leaf_of_the_vector_is_proven()
    {
        // Position 1 of the vector of specs/40-statements.md, its debt of one covered by declared bad debt.
        var tables = ShardTables.Of([Book.Asset("A", 1), Book.Asset("B", 1)], Book.Pools);
        const string text = "74fc2c742c6808231dc5c053f2e9700eb54b3c4e2ad7623d8f4c0949b847fa43";
        Assert.True(NodeDigest.TryParse(text, out var tag));
        var account = new ShardAccount(
            1, tag, Salt.Of(1, 2, 3, 4), [new(0, 12345, 1), new(Book.Key(1, 1), Most, 0)], 10_000);
        var witness = new ShardWitness(1, [account], Salt.Of(5, 6, 7, 8));
        Accept(witness, tables);
        Assert.Equal(
            "7b87103f4fce36227b86681b3ef2307c0cb59063852d8638f14503282ffc7065",
            AccountLeaf.Of(tag, [.. account.Entries], account.Salt).ToString());
    }

    public static TheoryData<string, HostReason> FalseWitnesses => new()
    {
        { "D10 a position taken twice", HostReason.HostIdentity },
        { "a position outside the shard", HostReason.HostIdentity },
        { "E04 an account without entries", HostReason.HostCount },
        { "F07 keys that do not ascend", HostReason.HostIdentity },
        { "F07 a key twice", HostReason.HostIdentity },
        { "F03 a key of another asset table", HostReason.HostIdentity },
        { "a key of a pool without a name", HostReason.HostIdentity },
        { "a debt under the key of a pool", HostReason.HostIdentity },
        { "A04 an amount of 2^90", HostReason.HostRange },
        { "A11 a total of 2^90", HostReason.HostSum },
        { "A08 a debt without a pledge", HostReason.HostDebt },
        { "F01 a debt behind worthless pledges", HostReason.HostDebt },
        { "F02 a debt behind too small a pledge", HostReason.HostCollateral },
        { "bad debt below zero", HostReason.HostRange },
    };

    [Theory]
    [MemberData(nameof(FalseWitnesses))]
    public void An_honest_writer_refuses(string name, HostReason reason) => Refuse(reason, False(name), Book.Tables);

    [Theory]
    [MemberData(nameof(FalseWitnesses))]
    public void Written_all_the_same_it_breaks_a_law(string name, HostReason reason)
    {
        // What cannot be written at all, or is no falsehood about accounts that exist, stops with the writer.
        if (name.Contains("position", StringComparison.Ordinal) || reason == HostReason.HostCount) return;
        if (name.StartsWith("bad debt", StringComparison.Ordinal)) return;
        using var run = new ShardRun(False(name), Book.Tables, HostChecks.Off);
        Assert.NotEmpty(run.Check());
    }

    static ShardWitness False(string name) => name switch
    {
        "D10 a position taken twice" => Book.Shard(2, One(1, 0, 5), One(1, 0, 6)),
        "a position outside the shard" => Book.Shard(2, One(4, 0, 5)),
        "E04 an account without entries" => Book.Shard(2, Book.Account(1)),
        "F07 keys that do not ascend" => Book.Shard(2, Book.Account(1, new(1, 5, 0), new(0, 5, 0))),
        "F07 a key twice" => Book.Shard(2, Book.Account(1, new(1, 5, 0), new(1, 5, 0))),
        "F03 a key of another asset table" => Book.Shard(2, One(1, 3, 5)),
        "a key of a pool without a name" => Book.Shard(2, One(1, Book.Key(0, 3), 5)),
        "a debt under the key of a pool" => Book.Shard(
            2, Book.Lossy(1, 100_000_000_000, new(0, 5, 0), new(Book.Key(0, 1), 0, 1))),
        "A04 an amount of 2^90" => Book.Shard(2, One(1, 0, UInt128.One << 90)),
        "A11 a total of 2^90" => Book.Shard(2, One(1, 0, Most), One(2, 0, 1)),
        "A08 a debt without a pledge" => Book.Shard(2, Book.Account(1, new AccountEntry(2, 1000, 1))),
        "F01 a debt behind worthless pledges" => Book.Shard(
            2, Book.Account(1, new(2, 0, 1), new(Book.Key(2, 1), Most, 0))),
        "F02 a debt behind too small a pledge" => Book.Shard(
            2, Book.Account(1, new(2, 0, 950_001), new(Book.Key(0, 1), 1, 0))),
        _ => Book.Shard(2, Book.Lossy(1, -1, new AccountEntry(2, 0, 1))),
    };

    static ShardAccount One(int position, uint key, UInt128 equity) =>
        Book.Account(position, new AccountEntry(key, equity, 0));

    static void Refuse(HostReason reason, ShardWitness witness, ShardTables tables)
    {
        var refusal = Assert.Throws<WitnessException>(() => ShardPlan.Of(witness, tables));
        Assert.Equal(reason, refusal.Reason);
    }

    static void Accept(ShardWitness witness, ShardTables tables)
    {
        using var run = new ShardRun(witness, tables);
        Assert.Empty(run.Check());
        Assert.Equal(Expected(witness, tables), run.ShardNode);
    }

    // The same shard by the functions of the commitments alone.
    static NodeDigest Expected(ShardWitness witness, ShardTables tables)
    {
        var leaves = new NodeDigest[1 << witness.Height];
        Array.Fill(leaves, NodeDigest.Empty);
        var totals = NodeTotals.Zero(tables.Assets) with { Accounts = (uint)witness.Accounts.Count };
        var sums = totals.Assets.ToArray();
        foreach (var account in witness.Accounts)
        {
            leaves[account.Position] = AccountLeaf.Of(account.Tag, [.. account.Entries], account.Salt);
            foreach (var entry in account.Entries)
            {
                var asset = EntryKey.Asset(entry.Key);
                sums[asset] = new(sums[asset].Equity + entry.Equity, sums[asset].Debt + entry.Debt);
            }

            if (account.Entries.Any(entry => entry.Debt > 0))
                totals = totals with { BadDebt = totals.BadDebt + account.BadDebt };
        }

        totals = totals with { Assets = sums };
        return SumNode.Of(witness.Height, 3, totals, witness.Blind, PlainTree.Build(leaves).Root).Digest;
    }
}
