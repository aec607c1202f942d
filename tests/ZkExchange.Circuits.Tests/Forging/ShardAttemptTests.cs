using System.Numerics;
using Xunit;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Tests.Shard;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using static ZkExchange.Circuits.Tests.Forging.ShardForge;

namespace ZkExchange.Circuits.Tests.Forging;

/// <summary>Attempts on the arguments of specs/41-circuits.md that no single law answers in its name: ids that meet,
/// ends of the run of totals, children of the shard node, the limit of a total.</summary>
public sealed class ShardAttemptTests
{
    const string EntrySum = "entry: equity on the left is summed, totals are sums";
    const string TotalSum = "sum: the last block gives the total";
    const string Leaves = "entry: leaves and hidden sums are in the tree";
    const string LeftChild = "node: the left child is a node";
    const string RightChild = "node: the right child is a node or the hidden sums";

    const string LeftKey = "entry: the left key is one of the statement's";
    const string ValuedAmount = "value: the amount is an entry's";
    const string RightKey = "entry: the right key is one of the statement's";

    const int T = 4;                                            // rows of totals of the book's three assets
    static readonly UInt128 s_max = (UInt128.One << 90) - 1;

    public static TheoryData<string, string[]> Attempts => new()
    {
        { "totals begin above bad debt", ["chain: the first total is bad debt's"] },
        { "totals begin with asset 0", ["chain: the first total is bad debt's", TotalSum] },
        { "totals go on behind the last asset", ["chain: the last total is the last asset's"] },
        { "an id behind the last asset is summed, and no total takes it", [TotalSum] },
        { "a total is taken under another block", [EntrySum, TotalSum] },
        { "bad debt is added to a total that is done", ["value: bad debt has id 0", EntrySum] },
        { "debts of 2^90 in all", ["chain: zero ends a block"] },
        {
            "a debt is counted under another asset",
            ["entry: a debt or pledge on the left is valued", "value: the amount is an entry's"]
        },
        { "the hidden sums are an unused position", [Leaves] },
        {
            "the shard node has its children exchanged",
            [Leaves, LeftChild, RightChild, "node: the node has a parent"]
        },
        { "the shard node hashes the root twice", [Leaves, LeftChild] },
        { "an account begins in its second row", [LeftKey] },
        { "an account says in its second row that it begins", [LeftKey] },
        { "an account does not say that it begins", [LeftKey] },
        { "an account goes on in the first row of another", [LeftKey] },
        { "an account begins with its right item", [LeftKey, RightKey] },
        { "an account begins with both items of a row", [RightKey] },
        {
            "a row in the middle of an account is no entry",
            ["entry: an account goes on behind two items", Leaves, ValuedAmount]
        },
        { "an item is taken for none", ["entry: NONE stands where no item is"] },
        { "no item is taken for one", [RightKey] },
        { "a debt on the left is read as equity", [LeftKey, ValuedAmount] },
        { "a debt on the right is read as equity", ["entry: keys ascend in a row", RightKey, ValuedAmount] },
        { "equity on the left is read as a debt", ["entry: a debt or pledge on the left is valued", LeftKey] },
        { "equity on the right is read as a debt", ["entry: a debt or pledge on the right is valued", RightKey] },
        {
            "a debt of a pool is valued",
            ["value: bad debt and debts are summed", "value: the tier is the statement's"]
        },
        {
            "a debt of a pool is valued as that of its asset",
            ["entry: a debt or pledge on the left is valued", ValuedAmount]
        },
        { "equity behind the debt of its key", ["entry: keys ascend in a row"] },
        { "a debt twice", ["entry: the left item follows the equity on the right before it"] },
        { "a debt is paid from the balance of the first row", ["value: a row joins a real one"] },
        { "a debt is paid from the balance of padding", ["value: a row joins a real one"] },
        {
            "a debt is paid with another account's pledge",
            ["entry: a debt or pledge on the left is valued", ValuedAmount]
        },
        {
            "a pledge is handed over by a row of totals",
            ["entry: a debt or pledge on the left is valued", "entry: only an item is valued on the left"]
        },
    };

    [Theory]
    [MemberData(nameof(Attempts))]
    public void An_attempt_breaks_these_laws_and_no_others(string name, string[] laws)
    {
        using var forge = Of(name);
        forge.Complete();
        if (name.StartsWith("the shard node has", StringComparison.Ordinal)) Exchange(forge);
        Assert.Equal(
            laws.Order(StringComparer.Ordinal),
            forge.Check().Select(broken => broken.Law).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    // What the first attempt is worth: nothing is owed of asset 0, and nobody's debt is bad.
    [Fact]
    public void A_run_of_totals_that_begins_above_bad_debt_would_hide_it()
    {
        using var forge = Of("totals begin above bad debt");
        forge.Complete();
        for (var row = 2; row < 4; row++)
        {
            for (var word = 0; word < ShardBuses.TotalWords; word++)
                Assert.Equal(KoalaBear.Zero, forge.Get(Entry, row, EntryTable.CodeWord + word));
        }
    }

    // No customer's software hashes an equity of 0 in front of a debt, or words beside NONE. Neither says anything: the
    // leaf is one that nobody looks for.
    [Fact]
    public void A_leaf_of_another_form_is_accepted_and_adds_nothing()
    {
        using var forge = new ShardForge(Book.Shard(
            1, Book.Lossy(1, 100_000_000_000, new(1, 0, 0), new(1, 0, 3), new(2, 5, 0))));
        var leaf = forge.Rows.Witness.Accounts[0];
        forge.Set(Entry, T + 1, EntryTable.Code(1) + 1, 77);
        forge.Complete();
        Assert.Empty(forge.Check());
        Assert.False(AccountLeaf.IsWellFormed(leaf.Entries));
    }

    static ShardForge Of(string name)
    {
        var forge = name switch
        {
            "totals begin above bad debt" => ShardCases.All()["chain: the first total is bad debt's"](),
            "debts of 2^90 in all" => new(Book.Shard(2, Owing(1, 2, s_max), Owing(2, 2, 1))),
            "a debt is counted under another asset" => new(
                Book.Shard(2, Owing(1, 1, 2)), ShardTables.Of([Book.Asset("X", 1), Book.Asset("Y", 1)], Book.Pools)),
            "the hidden sums are an unused position" => new(Book.Shard(0, Book.Account(0, new AccountEntry(0, 5, 0)))),
            "an account goes on in the first row of another" => new(Book.Shard(
                2, Book.Account(1, new(0, 5, 0), new(1, 6, 0)), Book.Account(2, new AccountEntry(2, 7, 0)))),
            "an item is taken for none" => new(Book.Shard(1, Book.Account(1, new(0, 5, 0), new(1, 6, 0)))),
            "a debt on the left is read as equity" or "a debt of a pool is valued"
                or "a debt of a pool is valued as that of its asset" => new(Book.Shard(
                1, Book.Lossy(1, 100_000_000_000, new AccountEntry(1, 0, 3)))),
            "equity behind the debt of its key" => new(Book.Shard(
                1, Book.Lossy(1, 100_000_000_000, new(1, 0, 3), new(1, 4, 0)))),
            "a debt twice" => new(Book.Shard(
                1, Book.Lossy(1, 100_000_000_000, new(1, 5, 3), new(1, 0, 3)))),
            "a debt is paid from the balance of the first row" or "a debt is paid from the balance of padding" =>
                new(Book.Shard(1, Book.Account(1, new AccountEntry(1, 0, 3)))),
            "a debt is paid with another account's pledge" => new(Book.Shard(
                1, Book.Account(0, new AccountEntry(1, 0, 3)),
                Book.Account(1, new(2, 0, 3), new(Book.Key(0, 1), 60, 0)))),
            _ => new ShardForge(Book.Small),
        };
        switch (name)
        {
            case "totals begin with asset 0":
                for (var r = 0; r + 1 < forge.Tables[Entry]!.Rows; r++)
                {
                    for (var c = r == 0 ? EntryTable.CodeWord : 0; c < EntryTable.Width; c++)
                        forge.Set(Entry, r, c, forge.Get(Entry, r + 1, c));
                }

                break;
            case "totals go on behind the last asset":
                for (var r = forge.Tables[Entry]!.Rows - 1; r >= T; r--) forge.CopyRow(Entry, r - 1, r);
                forge.Set(Entry, T, EntryTable.Of(0, EntryTable.Asset), EntryTable.FirstTotal - T);
                forge.SetSums((0, 0, true), (1, 0, true), (2, 0, true), (3, 0, true), (4, 0, true));
                break;
            case "an id behind the last asset is summed, and no total takes it":
                forge.SetSums((0, 0, true), (1, 0, true), (2, 0, true), (3, 0, true), (4, 0, true));
                break;
            case "a total is taken under another block":
                forge.Set(Entry, 2, EntryTable.Of(0, EntryTable.Block), 1);
                break;
            case "bad debt is added to a total that is done":
                forge.Set(Value, forge.ValueEnd, ValueTable.IsOpen, 1);
                forge.Set(Value, forge.ValueEnd, ValueTable.Key, EntryTable.FirstTotal);
                break;
            case "a debt is counted under another asset":
                forge.Set(Value, 2, ValueTable.Key, 0);
                break;
            case "the hidden sums are an unused position":
                forge.Set(Node, 0, NodeTable.IsRightEmpty, 1);
                for (var i = 0; i < 8; i++) forge.Forced[(Node, 0, 8 + i)] = NodeDigest.Empty[i];
                break;
            case "the shard node hashes the root twice":
                forge.Set(Node, 3, NodeTable.IsSeal, 0);
                break;
            case "an account begins in its second row":
                forge.Set(Entry, T + 1, EntryTable.IsFirst, 1);
                forge.Positions.Insert(1, 0);
                Renumber(forge);
                break;
            case "an account says in its second row that it begins":
                forge.Add(Entry, T + 1, EntryTable.Code(0), AccountItem.First);
                break;
            case "an account does not say that it begins":
                forge.Add(Entry, T, EntryTable.Code(0), -AccountItem.First);
                break;
            case "an account goes on in the first row of another":
                forge.Set(Entry, T + 1, EntryTable.IsFirst, 0);
                Renumber(forge);
                break;
            case "an account begins with its right item":
                forge.Add(Entry, T, EntryTable.Code(0), -AccountItem.First);
                forge.Add(Entry, T, EntryTable.Code(1), AccountItem.First);
                break;
            case "an account begins with both items of a row":
                forge.Add(Entry, T, EntryTable.Code(1), AccountItem.First);
                break;
            case "an item is taken for none":
                forge.Set(Entry, T, EntryTable.HasRight, 0);
                break;
            case "no item is taken for one":
                forge.Set(Entry, T + 1, EntryTable.HasRight, 1);
                forge.Set(Entry, T + 1, EntryTable.Of(1, EntryTable.Rank), 4);
                break;
            case "a row in the middle of an account is no entry":
                for (var column = EntryTable.IsEntry; column < EntryTable.Width; column++)
                    if (column != EntryTable.Account) forge.Set(Entry, T + 3, column, 0);
                break;
            case "a debt on the left is read as equity":
                IsDebt(forge, T, 0, 0);
                break;
            case "a debt on the right is read as equity":
                IsDebt(forge, T + 2, 1, 0);
                break;
            case "equity on the left is read as a debt":
                IsDebt(forge, T, 0, 1);
                break;
            case "equity on the right is read as a debt":
                IsDebt(forge, T, 1, 1);
                break;
            case "a debt of a pool is valued" or "a debt of a pool is valued as that of its asset":
                forge.Set(Entry, T, EntryTable.Code(0), Book.Key(1, 1) + AccountItem.Debt + AccountItem.First);
                forge.Set(Entry, T, EntryTable.Of(0, EntryTable.Rank), 4);
                if (name is "a debt of a pool is valued") forge.Set(Value, 2, ValueTable.Key, Book.Key(1, 1));
                break;
            case "a debt twice":
                forge.Set(Entry, T + 1, EntryTable.Of(0, EntryTable.FollowsEquity), 1);
                break;
            case "a debt is paid from the balance of the first row":
                forge.Set(Value, 0, ValueTable.Balance + 5, 1);
                forge.Set(Value, 1, ValueTable.Joins, 1);
                break;
            case "a debt is paid from the balance of padding":
                forge.CopyRow(Value, 2, 4);
                forge.CopyRow(Value, 1, 3);
                forge.ClearRow(Value, 1);
                forge.ClearRow(Value, 2);
                forge.Set(Value, 2, ValueTable.Balance + 5, 1);
                forge.Set(Value, 3, ValueTable.Joins, 1);
                break;
            case "a debt is paid with another account's pledge":
                for (var r = 1; r <= 2; r++)
                {
                    forge.CopyRow(Value, r, 7);
                    forge.CopyRow(Value, r + 2, r);
                    forge.CopyRow(Value, 7, r + 2);
                    forge.Set(Value, r + 2, ValueTable.Account, 0);
                }

                forge.ClearRow(Value, 7);
                forge.Set(Value, 3, ValueTable.Joins, 1);
                break;
            case "a pledge is handed over by a row of totals":
                forge.Set(Entry, 1, EntryTable.Of(0, EntryTable.IsValued), 1);
                break;
        }

        return forge;
    }

    static void IsDebt(ShardForge forge, int row, int side, int isDebt)
    {
        forge.Set(Entry, row, EntryTable.Of(side, EntryTable.IsDebt), isDebt);
        forge.Set(Entry, row, EntryTable.Of(side, EntryTable.IsValued), isDebt);
        forge.Set(Entry, row, EntryTable.Of(side, EntryTable.FollowsEquity), 0);
    }

    // Each account's number says how many begin behind it.
    static void Renumber(ShardForge forge)
    {
        var begun = 0L;
        for (var r = forge.Tables[Entry]!.Rows - 1; r >= 0; r--)
        {
            forge.Set(Entry, r, EntryTable.Account, begun);
            begun += forge.Signed(Entry, r, EntryTable.IsFirst);
        }
    }

    // All of it bad, at a weight of 1.
    static ShardAccount Owing(int position, int asset, UInt128 debt) =>
        Book.Lossy(position, 10_000 * (BigInteger)debt, new AccountEntry(Book.Key(asset), 0, debt));

    static void Exchange(ShardForge forge)
    {
        for (var i = 0; i < 8; i++)
        {
            var left = forge.Get(Node, 3, i);
            forge.Set(Node, 3, i, forge.Get(Node, 3, 8 + i));
            forge.Set(Node, 3, 8 + i, left);
        }

        var cells = forge.Tables[Node]!.Row(3);
        ForgedHash.Write(cells[..16], cells.Slice(16, Parts.Poseidon2Part.Cells), (_, value) => value);
        for (var i = 0; i < 8; i++)
        {
            var word = cells[16 + Parts.Poseidon2Part.LastState + i] + cells[i];
            forge.PublicMessages[^1][1 + i] = word.ToUInt32();
        }
    }
}
