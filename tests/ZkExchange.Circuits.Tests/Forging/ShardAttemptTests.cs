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

    static ShardForge Of(string name)
    {
        var forge = name switch
        {
            "totals begin above bad debt" => ShardCases.All()["chain: the first total is bad debt's"](),
            "debts of 2^90 in all" => new(Book.Shard(2, Owing(1, 2, s_max), Owing(2, 2, 1))),
            "a debt is counted under another asset" => new(
                Book.Shard(2, Owing(1, 1, 2)), ShardTables.Of([Book.Asset("X", 1), Book.Asset("Y", 1)], Book.Pools)),
            "the hidden sums are an unused position" => new(Book.Shard(0, Book.Account(0, new AccountEntry(0, 5, 0)))),
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
        }

        return forge;
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
