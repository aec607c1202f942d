using System.Numerics;
using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Tests.Shard;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using static ZkExchange.Circuits.Tests.Forging.ShardForge;

namespace ZkExchange.Circuits.Tests.Forging;

/// <summary>For each law of the shard a false witness that it alone refuses.</summary>
static class ShardCases
{
    static readonly ShardWitness s_nothing = Book.Shard(1);
    static readonly int s_asset = EntryTable.Of(0, EntryTable.Asset);
    static readonly int s_block = EntryTable.Of(0, EntryTable.Block);

    // Rows of totals with the three assets of the book: accounts begin behind them.
    const int T = 4;

    /// <summary>Items of account 0 in rows T and T + 1: three equities, the last one alone. Of account 1 in rows T + 2
    /// to T + 4: equity and debt, equity and debt, two pledges. Their numbers are 1 and 0.</summary>
    static ShardForge Small(Action<ShardPlan>? plan = null) => new(Book.Small, plan: plan);

    /// <summary>An account with one entry.</summary>
    static ShardAccount One(int position, uint key, UInt128 equity) =>
        Book.Account(position, new AccountEntry(key, equity, 0));

    /// <summary>An account with two: one of asset 0, the rest of asset 2.</summary>
    static ShardAccount Two(int position, UInt128 equity) =>
        Book.Account(position, new(Book.Key(0), 1, 0), new(Book.Key(2), equity, 0));

    static ShardForge Of(params ShardAccount[] accounts) => new(Book.Shard(2, accounts));

    static ShardForge Altered(ShardForge forge, Action<ShardForge> alter)
    {
        alter(forge);
        return forge;
    }

    /// <summary>All cases.</summary>
    public static Dictionary<string, Func<ShardForge>> All()
    {
        var cases = new Dictionary<string, Func<ShardForge>>(StringComparer.Ordinal);
        Accounts(cases);
        Items(cases);
        Handed(cases);
        Chains(cases);
        ItemLimbs(cases);
        Nodes(cases);
        Totals(cases);
        Seals(cases);
        Sums(cases);
        SumLimbs(cases);
        Values(cases);
        Products(cases);
        Tiers(cases);
        Balances(cases);
        Publics(cases);
        Ranges(cases);
        return cases;
    }

    /// <summary>Laws that keep multiplicities within their bounds by the table's own constraints, as the proof system
    /// asks, although the buses would refuse what breaks them: of all constraints they alone are broken.</summary>
    public static Dictionary<string, Func<ShardForge>> Own() => new(StringComparer.Ordinal)
    {
        // NONE has no key, so the bus of keys refuses a second item that is not there.
        ["entry: hasRight is 0 or 1"] =
            () => Altered(Small(), forge => forge.Set(Entry, T + 1, EntryTable.HasRight, 2)),
        ["entry: only an entry has a second item"] = () => Altered(Small(), forge =>
        {
            forge.Set(Entry, T + 9, EntryTable.HasRight, 1);
            forge.Set(Entry, T + 9, EntryTable.Code(1), HashDomain.None);
        }),

        // No value is of a kind 2.
        ["entry: isDebt of the left item is 0 or 1"] = () => Altered(Small(), forge => Kind(forge, 0)),
        ["entry: isDebt of the right item is 0 or 1"] = () => Altered(Small(), forge => Kind(forge, 1)),
        ["chain: a row of totals is no entry"] = () => Altered(Of(One(1, Book.Key(0), 5)), forge =>
        {
            forge.Set(Entry, T - 1, EntryTable.IsEntry, 1);
            forge.Set(Entry, T - 1, EntryTable.IsFirst, 1);
            forge.Force(Entry, T - 1, EntryTable.Code(1), HashDomain.None);
            Count(forge, (T - 1, 2), (T, 1));
        }),
        ["chain: totals come first"] = () => Altered(Small(), forge =>
        {
            forge.Set(Entry, 20, s_asset, EntryTable.FirstTotal - 2);
            forge.Set(Entry, 21, s_asset, EntryTable.FirstTotal - 3);
            forge.Set(Entry, 21, EntryTable.IsTotal, 1);
        }),
        ["sum: isLast is 0 or 1"] = () => Altered(Small(), forge =>
        {
            forge.Set(Sum, 7, SumTable.IsLast, 2);
            forge.Set(Sum, 8, SumTable.Block, 1);
        }),
        ["value: isOpen is 0 or 1"] = () => Altered(Small(), forge =>
        {
            var row = forge.ValueEnd;
            forge.Set(Value, row, ValueTable.IsOpen, -1);
            forge.Set(Value, row, ValueTable.IsPledge, 1);
            forge.Set(Value, row, ValueTable.IsDebt, 1);
            forge.Set(Value, row, ValueTable.Key, -1);
            forge.Set(Value, row + 1, ValueTable.IsOpen, -1);
            forge.Set(Value, row + 1, ValueTable.IsBalance, 2);
            forge.Set(Value, row + 1, ValueTable.Key, -1);
        }),
    };

    // A pledge that says it is two debts.
    static void Kind(ShardForge forge, int side)
    {
        forge.Set(Entry, T + 4, EntryTable.Of(side, EntryTable.IsDebt), 2);
        forge.Set(Entry, T + 4, EntryTable.Of(side, EntryTable.IsValued), 1);
        forge.Add(Entry, T + 4, EntryTable.Code(side), 2 * AccountItem.Debt);
    }

    static void Accounts(Dictionary<string, Func<ShardForge>> cases)
    {
        var three = Book.Account(2, new(Book.Key(0), 5, 0), new(Book.Key(1), 1000, 0), new(Book.Key(2), 9, 0));

        // The leaf of three items lies in two positions, the leaf of two, an account as well, in none.
        cases["entry: isEntry is 0 or 1"] = () => Altered(
            Of(three, three with { Position = 1, Entries = three.Entries[..2] }),
            forge => forge.Set(Entry, T + 1, EntryTable.IsEntry, 2));

        // The leaf of the first row lies in two positions, and is summed once.
        cases["entry: isFirst is 0 or 1"] = () => Altered(Of(three), forge =>
        {
            forge.Set(Entry, T + 1, EntryTable.IsFirst, 2);
            forge.Add(Entry, T + 1, EntryTable.Code(0), 2 * AccountItem.First);
            Count(forge, (T, 3), (T + 1, 2));
            forge.Positions.AddRange([1, 0]);
        });
        cases["entry: only an entry is an account's first"] = () => Altered(Of(Two(2, 5)), forge =>
        {
            forge.Set(Entry, T + 1, EntryTable.IsFirst, 1);
            forge.Set(Entry, T + 1, EntryTable.Of(0, EntryTable.Rank), 3);
            Count(forge, (T, 2), (T + 1, 1));
            forge.Positions.Add(1);
        });
        cases["entry: an account goes on behind two items"] = () => Altered(
            Of(Book.Account(2, new(0, 5, 0), new(1, 6, 0), new(1, 7, 0), new(2, 8, 0))), forge =>
            {
                forge.Set(Entry, T, EntryTable.HasRight, 0);
                forge.Set(Entry, T, EntryTable.Code(1), HashDomain.None);
            });
        cases["entry: the last row is no entry"] = () => Altered(
            Of(One(2, Book.Key(1), 5), One(1, Book.Key(0), 7)), forge =>
            {
                forge.CopyRow(Entry, T + 1, 31);
                forge.ClearRow(Entry, T + 1);
                Count(forge, (T, 2), (31, 1));
            });
        cases["entry: account counts what is to begin"] = () => Altered(Small(), forge => Count(forge, (T, 2)));
        cases["entry: all accounts have begun"] = () => Altered(Small(), forge =>
        {
            for (var r = 0; r < 32; r++) forge.Add(Entry, r, EntryTable.Account, 1);
            for (var r = 1; r < forge.ValueEnd; r++) forge.Add(Value, r, ValueTable.Account, 1);
        });
        cases["entry: leaves and hidden sums are in the tree"] =
            () => Unsealed(new(Book.Shard(1, Book.Account(1, new AccountEntry(Book.Key(1), 5, 0)))));
    }

    // The numbers of accounts, each up to a row, 0 behind the last.
    static void Count(ShardForge forge, params (int Row, int Account)[] until)
    {
        for (var r = 0; r < forge.Tables[Entry]!.Rows; r++)
        {
            var stage = Array.Find(until, stage => r < stage.Row);
            forge.Set(Entry, r, EntryTable.Account, stage.Account);
        }
    }

    // Which of two items in a row, or of the last in a row and the first in the next, are wrong.
    static void Items(Dictionary<string, Func<ShardForge>> cases)
    {
        // (before, item): equity or debt, under a key of asset 1 or as given.
        ShardForge Pair(int side, bool wasDebt, bool isDebt, long follows, uint before = 1, uint key = 1)
        {
            AccountEntry left = wasDebt ? new(before, 0, 3) : new(before, 3, 0);
            AccountEntry right = isDebt ? new(key, 0, 4) : new(key, 4, 0);
            AccountEntry[] entries = side == 1 ? [left, right] : [new(0, 5, 0), left, right];
            return Altered(Of(Book.Lossy(2, 10_000_000_000, entries)), forge =>
                forge.Set(Entry, T + 1 - side, EntryTable.Of(side, EntryTable.FollowsEquity), follows));
        }

        for (var side = 0; side < 2; side++)
        {
            var (s, name) = (side, side == 0 ? "left" : "right");

            // Rank 1 behind rank 2.
            cases[$"entry: followsEquity of the {name} item is 0 or 1"] =
                () => Pair(s, wasDebt: false, isDebt: true, follows: 2, before: 2);
            cases[$"entry: what follows the equity of its key is a debt on the {name}"] =
                () => Pair(s, wasDebt: false, isDebt: false, follows: 1);
            cases[s == 0
                ? "entry: the left item follows the equity on the right before it"
                : "entry: the right item follows the equity on the left"] =
                () => Pair(s, wasDebt: true, isDebt: true, follows: 1);
            cases[s == 0 ? "entry: keys ascend from row to row" : "entry: keys ascend in a row"] =
                () => Pair(s, wasDebt: false, isDebt: false, follows: 0);

            // Of account 0: asset 1 instead of 0, asset 0 instead of 1.
            cases[$"entry: the {name} key is one of the statement's"] =
                () => Altered(Small(), forge => forge.Set(Entry, T, EntryTable.Of(s, EntryTable.Asset), 1 - s));
        }

        cases["entry: NONE stands where no item is"] =
            () => Altered(Small(), forge => forge.Add(Entry, T + 1, EntryTable.Code(1), 1));
        cases["entry: equity on the right is summed"] = () => Of(Two(1, 5));
    }

    // What is handed over to be valued.
    static void Handed(Dictionary<string, Func<ShardForge>> cases)
    {
        for (var side = 0; side < 2; side++)
        {
            var (s, name) = (side, side == 0 ? "left" : "right");
            cases[$"entry: isValued of the {name} item is 0 or 1"] = () => Altered(
                new(
                    Book.Shard(1, Book.Account(0, [new(s == 0 ? 1u : 2, s == 0 ? 5u : 0, 3), new(1 << 16, 60, 0)])),
                    plan: plan => plan.Values.Add(plan.Values[0] with { Joins = false })),
                forge => forge.Set(Entry, T + 1 - s, EntryTable.Of(s, EntryTable.IsValued), 2));

            // A pledge of nobody's, in padding.
            cases[$"entry: only an item is valued on the {name}"] = () => Altered(
                Small(plan => plan.Values.Add(new(
                    ValueKind.Pledge, 0, 0, plan.Tables.PledgeTier(Book.Key(0, 1), 0), 0))),
                forge =>
                {
                    forge.Set(Entry, T + 9, EntryTable.Of(s, EntryTable.IsValued), 1);
                    forge.Set(Entry, T + 9, EntryTable.Code(s), Book.Key(0, 1));
                    forge.Set(Entry, T + 9, EntryTable.Code(s) + 1, 5);
                    for (var r = forge.ValueEnd - 2; r < forge.ValueEnd; r++)
                        forge.Set(Value, r, ValueTable.Account, 0);
                });

            // Equity that is called a debt and given to nobody.
            cases[$"entry: a debt on the {name} is valued"] = () => Altered(Small(), forge =>
            {
                forge.Set(Entry, T, EntryTable.Of(s, EntryTable.IsDebt), 1);
                forge.Add(Entry, T, EntryTable.Code(s), AccountItem.Debt);
            });
            cases[$"entry: a debt or pledge on the {name} is valued"] = () => Altered(
                Of(Book.Account(1, new(Book.Key(0, 1), 3, 0), new(Book.Key(1, 1), 5, 0))),
                forge => forge.Set(Entry, T, EntryTable.Of(s, EntryTable.IsValued), 1));
        }
    }

    static void Chains(Dictionary<string, Func<ShardForge>> cases)
    {
        for (var i = 0; i < 8; i++)
        {
            var word = i;
            cases[$"entry: word {i} of the chain passes on"] =
                () => Altered(Small(), forge => forge.After(Entry, T + 1, word, 1));
        }

        // Debts of 2^90 in all, all of them bad.
        cases["chain: zero ends a block"] = () => Of(
            Book.Lossy(1, 10_000 * (BigInteger)Max, new AccountEntry(Book.Key(2), 0, Max)),
            Book.Lossy(2, 10_000, new AccountEntry(Book.Key(2), 0, 1)));
    }

    static void ItemLimbs(Dictionary<string, Func<ShardForge>> cases)
    {
        // A limb of -1, where another account has enough for the sum to be right.
        for (var i = 0; i < 12; i++)
        {
            var (side, j) = (i / 6, i % 6);
            cases[$"entry: limb {j} of the {(side == 0 ? "left" : "right")} amount has fifteen bits"] = () => Altered(
                side == 0 ? Of(One(2, Book.Key(2), 0), One(1, Book.Key(2), Max)) : Of(Two(2, 0), Two(1, Max)),
                forge =>
                {
                    forge.Set(Entry, T, EntryTable.Code(side) + 1 + j / 2, j % 2 == 0 ? -1 : -(1 << 15));
                    if (j % 2 == 1) forge.Set(Entry, T, EntryTable.Of(side, EntryTable.High + j / 2), -1);
                });
        }
    }

    static UInt128 Max => (UInt128.One << 90) - 1;

    static void Nodes(Dictionary<string, Func<ShardForge>> cases)
    {
        // Two equal halves: one node stands for both.
        cases["node: isReal is 0 or 1"] = () =>
        {
            ShardAccount a = Book.Account(0, new AccountEntry(0, 5, 0)), b = Book.Account(1, new AccountEntry(0, 7, 0));
            var forge = Of(a, b, a with { Position = 2 }, b with { Position = 3 });
            forge.Set(Node, 0, NodeTable.IsReal, 2);
            forge.Set(Node, 1, NodeTable.IsReal, 0);
            return forge;
        };
        for (var side = 0; side < 2; side++)
        {
            var (s, name) = (side, side == 0 ? "left" : "right");
            var (flag, child) = (NodeTable.IsLeftEmpty + side, 8 * side);

            // Both nodes of level 1 have an unused child on this side.
            ShardForge Halves() => Of(One(1 - s, 0, 5), One(3 - s, 0, 5));
            cases[$"node: {name}Empty is 0 or 1"] = () => Altered(Halves(), forge =>
            {
                forge.Forced[(Node, 0, flag)] = Forge.Element(2);
                forge.Forced[(Node, 1, flag)] = Forge.Element(0);
            });
            cases[$"node: only a node has an unused {name} child"] = () => Altered(Halves(), forge =>
            {
                forge.Forced[(Node, 0, flag)] = Forge.Element(0);
                forge.Set(Node, 5, flag, 1);
                forge.Set(Node, 5, NodeTable.Level, 1);
                forge.Set(Node, 5, child, HashDomain.Empty);
            });
            cases[$"node: an unused {name} child is a leaf"] = () => Altered(
                Of(Book.Account(s == 0 ? 2 : 1, new AccountEntry(0, 5, 0))), forge =>
                {
                    forge.ClearRow(Node, s);
                    forge.Force(Node, s, NodeTable.IsLeftEmpty, 0);
                    forge.Force(Node, s, NodeTable.IsRightEmpty, 0);
                    forge.Set(Node, 2, flag, 1);
                    for (var i = 0; i < 8; i++)
                        forge.Forced[(Node, 2, child + i)] = NodeDigest.Empty[i];
                });
            for (var i = 0; i < 8; i++)
            {
                var word = i;
                cases[$"node: word {i} of an unused {name} child is EMPTY's"] =
                    () => Altered(Halves(), forge => forge.After(Node, 0, child + word, 1));
            }

        }

        // Nobody's leaf in the only position.
        cases["node: the left child is a node"] = () => Altered(new(Book.Shard(0)), forge =>
        {
            forge.Force(Node, 0, NodeTable.IsLeftEmpty, 0);
            forge.Force(Node, 0, 0, 4711);
        });
    }

    // A shard of two unused positions.
    static ShardForge Empty(Action<ShardForge> alter) => Altered(new(s_nothing), alter);

    // A tree of four unused positions instead of two, without the hidden sums.
    static ShardForge Unsealed(ShardForge forge)
    {
        for (var side = 0; side < 2; side++)
        {
            forge.Set(Node, 0, NodeTable.IsLeftEmpty + side, 1);
            for (var i = 0; i < 8; i++) forge.Set(Node, 0, 8 * side + i, NodeDigest.Empty[i]);
        }

        forge.CopyRow(Node, 0, 2);
        forge.Set(Node, 1, NodeTable.IsSeal, 0);
        return forge;
    }

    static void Seals(Dictionary<string, Func<ShardForge>> cases)
    {
        // The shard node takes the shard node of another tree as its right child.
        cases["node: isSeal is 0 or 1"] = () => Empty(forge =>
        {
            forge.CopyRow(Node, 1, 2);
            forge.Set(Node, 2, NodeTable.IsSeal, -Forge.Element(2).Inverse());
            forge.CopyRow(Node, 0, 3);
        });
        cases["chain: the first row is a total's"] = () => Unsealed(Empty(forge =>
        {
            for (var r = 0; r < T; r++) forge.Set(Entry, r, EntryTable.IsTotal, 0);
            forge.SetSums();
            forge.Set(Sum, 0, SumTable.IsBadDebt, 1);
        }));

        // One total more than there are assets, so that the run has no end that would send its digest.
        cases["chain: the last row is no total's"] = () => Unsealed(Altered(
            new(s_nothing, ShardTables.Of(
                [.. Enumerable.Range(0, 30).Select(i => Book.Asset($"A{i}", 1))], Book.Pools)),
            forge =>
            {
                forge.Set(Entry, 31, EntryTable.IsTotal, 1);
                forge.Set(Entry, 31, s_asset, EntryTable.FirstTotal - 31);
                forge.SetSums([.. Enumerable.Range(0, 32).Select(id => (id, 0, true))]);
            }));
    }

    static void Totals(Dictionary<string, Func<ShardForge>> cases)
    {
        // Two rows more, above those of totals, take from what entries and bad debt give: 68 of asset 0, owed to
        // customers, and all bad debt are in no total.
        cases["chain: the first total is bad debt's"] = () => Altered(Small(), forge =>
        {
            for (var r = forge.Tables[Entry]!.Rows - 1; r >= 2; r--) forge.CopyRow(Entry, r - 2, r);
            for (var r = 0; r < 2; r++)
            {
                forge.Set(Entry, r, EntryTable.IsTotal, 1);
                forge.Set(Entry, r, s_asset, -r);
                for (var word = 0; word < ShardBuses.TotalWords; word++)
                    forge.Set(Entry, r, EntryTable.CodeWord + word, 0);
            }

            forge.Set(Entry, 0, EntryTable.CodeWord + SumTable.EquityLimb, 5 + 3 + 60);
            for (var limb = 0; limb < 3; limb++)
                forge.Set(Entry, 1, EntryTable.CodeWord + limb, (40_000_000_000 >> (15 * limb)) & 0x7FFF);
        });
        cases["chain: totals are taken in order"] = () => Altered(Small(), forge =>
        {
            forge.Set(Entry, 1, s_asset, EntryTable.FirstTotal - 2);
            forge.Set(Entry, 2, s_asset, EntryTable.FirstTotal - 1);
        });
        cases["chain: the last total is the last asset's"] = () => Altered(
            Of(Book.Account(1, new AccountEntry(0, 5, 0))), forge =>
            {
                forge.Set(Entry, 3, EntryTable.IsTotal, 0);
                forge.SetSums((0, 0, true), (1, 0, true), (2, 0, true));
            });
        cases["chain: HSUM opens the sums"] = () => Altered(Small(), forge => forge.Add(Entry, 0, 0, 1));
        cases["chain: the level is g"] = () => Altered(Small(), forge => forge.Add(Entry, 0, 1, 1));
        cases["chain: accounts are those that begin"] = () => Altered(Small(), forge => forge.Force(
            Entry, 0, EntryTable.AccountsWord, 5));
        cases["chain: A opens the sums"] = () => Altered(Small(), forge => forge.Add(Entry, 0, 3, 1));
    }

    static readonly ShardAccount[] s_twice =
    [
        Book.Account(2, new AccountEntry(Book.Key(1), 6, 0)), Book.Account(1, new AccountEntry(Book.Key(1), 6, 0)),
    ];

    // Blocks of ids 0 .. 3 have rows 0 and 1, .., 6 and 7: upper limbs, then lower ones.
    static void Sums(Dictionary<string, Func<ShardForge>> cases)
    {
        cases["sum: a row is of one kind"] = () => Empty(forge =>
        {
            forge.Set(Sum, 5, SumTable.IsUpper, 1);
            forge.CopyRow(Sum, 7, 6);
            forge.ClearRow(Sum, 7);
        });
        cases["sum: a lower row stands behind its upper one"] = () => Empty(forge =>
        {
            forge.CopyRow(Sum, 7, 6);
            forge.ClearRow(Sum, 7);
        });
        cases["sum: the first row is no lower one"] = () => Empty(forge =>
        {
            for (var r = 0; r < 7; r++) forge.CopyRow(Sum, r + 1, r);
            forge.ClearRow(Sum, 7);
        });
        cases["sum: the last row is no upper one"] = () => Altered(
            new(s_nothing, ShardTables.Of(
                [.. Enumerable.Range(0, 15).Select(i => Book.Asset($"A{i}", 1))], Book.Pools)),
            forge => forge.Set(Sum, 31, SumTable.IsUpper, -1));
        cases["sum: a lower row is the last of its id"] = () => Altered(Of(One(1, Book.Key(2), 5)), forge =>
        {
            // Padding gives the total of asset 2, and takes back what the entry gave.
            forge.SetSums((0, 0, true), (1, 0, true), (2, 0, true));
            forge.Set(Sum, 7, SumTable.Id, 3);
            forge.Set(Sum, 7, SumTable.Block, -1);
            forge.Set(Sum, 7, SumTable.IsLast, 1);
            forge.Set(Sum, 7, SumTable.Totals + SumTable.EquityLimb, 5);
        });
        cases["sum: padding comes last"] = () => Altered(Of(s_twice), forge =>
        {
            for (var r = 6; r < 8; r++)
            {
                forge.CopyRow(Sum, r, r + 2);
                forge.ClearRow(Sum, r);
            }

            forge.Set(Sum, 7, SumTable.Id, 3);
        });
        cases["sum: ids rise behind a last block only"] = () => Altered(Of(s_twice), forge =>
            forge.SetSums((0, 0, true), (2, 0, true), (1, 0, true), (3, 0, true)));
        cases["sum: both rows are of one block"] = () => Empty(forge => forge.Set(Sum, 4, SumTable.Block, 5));
        cases["sum: blocks rise by one"] = () => Altered(Of(s_twice), forge =>
        {
            // The second block takes nothing, the third the totals of both.
            forge.SetSums((0, 0, true), (1, 0, true), (2, 0, false), (2, 0, false), (2, 1, true), (3, 0, true));
            forge.Complete();
            forge.Set(Sum, 7, SumTable.Count, 0);
            forge.Set(Sum, 7, SumTable.Sums + SumTable.EquityLimb, 0);
            forge.Set(Sum, 7, SumTable.Totals + SumTable.EquityLimb, 0);
            forge.Set(Sum, 9, SumTable.Sums + SumTable.EquityLimb, 12);
            forge.Set(Sum, 9, SumTable.Totals + SumTable.EquityLimb, 12);
            forge.KeepsSums = true;
        });
        cases["sum: the next block takes the total of another"] = () => Altered(Of(s_twice), forge =>
        {
            forge.Set(Entry, T + 1, s_block, 1);
            forge.SetSums((0, 0, true), (1, 0, true), (2, 0, false), (2, 1, true), (3, 0, true));
        });
        cases["sum: the first id alone is bad debt"] = () => Altered(Of(s_twice), forge => SetBadDebt(forge, 4, 1));
        cases["sum: the first id is bad debt"] = () => Altered(Of(s_twice), forge => SetBadDebt(forge, 0, 0));

        // The total of id -1 is a contribution to id 0, whose total goes to the chain and to id -1: bad debt of -2.
        cases["sum: the first id is 0"] = () => Empty(forge =>
        {
            forge.SetSums((-1, 0, true), (0, 0, true), (1, 0, true), (2, 0, true), (3, 0, true));
            SetBadDebt(forge, 0, 1);
            SetBadDebt(forge, 2, 0);
            forge.Set(Sum, 1, SumTable.Sums, 1);
            forge.Set(Sum, 1, SumTable.Totals, 1);
            forge.Set(Sum, 3, SumTable.Count, 1);
            forge.Force(Entry, 0, EntryTable.CodeWord, -2);
            forge.KeepsSums = true;
        });

        static void SetBadDebt(ShardForge forge, int row, long value)
        {
            for (var r = row; r < row + 2; r++) forge.Set(Sum, r, SumTable.IsBadDebt, value);
        }
    }

    // Bad debt of 2^15 - 1 in one limb: two of it in rows 0 and 1.
    static ShardForge Lossy(int limb, Action<ShardForge> alter)
    {
        var badDebt = (BigInteger)0x7FFF << (15 * limb);
        var entry = new AccountEntry(Book.Key(2), 0, 1);
        return Altered(Of(Book.Lossy(1, badDebt, entry), Book.Lossy(2, badDebt, entry)), alter);
    }

    // The limb keeps both, or leaves a carry of -65025 = (2^-15 - 1) mod p.
    static ShardForge Keeps(int limb, long value) => Lossy(limb, forge => forge.Force(
        Sum, limb < SumTable.RowLimbs ? 1 : 0, SumTable.Totals + limb % SumTable.RowLimbs, value));

    static string TotalLaw(int limb) => $"sum: limbs {limb} and {limb + 8} of the total have fifteen bits";

    static string CarryLaw(int carry) => $"sum: carries {carry} and {carry + 8} have fifteen bits";

    static void SumLimbs(Dictionary<string, Func<ShardForge>> cases)
    {
        for (var limb = 0; limb < SumTable.RowLimbs; limb++)
        {
            var j = limb;
            cases[TotalLaw(j)] = () => Keeps(j, 65534);
            cases[CarryLaw(j + 1)] = () => Keeps(j, 32767);
        }

        cases["sum: limb 8 takes the carry of limb 7"] =
            () => Altered(Small(), forge => forge.Force(Sum, 0, SumTable.CarryIn, 1));
        cases["sum: limb 0 takes no carry"] =
            () => Altered(Small(), forge => forge.Force(Sum, 1, SumTable.CarryIn, 1));
        cases["sum: limb 15 leaves no carry"] = () => Lossy(15, _ => { });
        cases["sum: total equity is below 2^90"] = () => Of(
            Book.Account(1, new AccountEntry(0, Max, 0)), Book.Account(2, new AccountEntry(0, Max, 0)));
        cases["sum: a block takes all its contributions"] = () => Empty(forge =>
        {
            forge.Set(Sum, 4, SumTable.Totals + SumTable.DebtLimb - SumTable.RowLimbs, 1000);
            forge.Set(Sum, 4, SumTable.Sums + SumTable.DebtLimb - SumTable.RowLimbs, 1000);
            forge.KeepsSums = true;
        });
        cases["sum: a block has less than 2^15 units"] = () =>
        {
            AccountEntry[] keys = [new(Book.Key(0), 1, 0), new(Book.Key(0, 1), 1, 0), new(Book.Key(0, 2), 1, 0)];
            var accounts = new ShardAccount[(1 << 15) / 3 + 1];
            for (var a = 0; a < accounts.Length; a++)
                accounts[a] = Book.Account(a, a == accounts.Length - 1 ? keys[..2] : keys);
            var forge = new ShardForge(Book.Shard(14, accounts));
            for (var r = T; r < forge.Tables[Entry]!.Rows; r++)
            {
                for (var side = 0; side < 2; side++)
                    forge.Set(Entry, r, EntryTable.Of(side, EntryTable.Block), 0);
            }

            forge.SetSums((0, 0, true), (1, 0, true), (2, 0, true), (3, 0, true));
            return forge;
        };
    }

    static void Values(Dictionary<string, Func<ShardForge>> cases)
    {
        cases["value: isPledge is 0 or 1"] = () => Altered(Small(), forge => Idle(forge, -1, 1));
        cases["value: isDebt is 0 or 1"] = () => Altered(Small(), forge => Idle(forge, 1, -1));
        cases["value: a row is of one kind"] = () =>
        {
            // A balance that is declared as bad debt.
            var forge = new ShardForge(Book.Shard(2, Book.Lossy(1, 30_000, new AccountEntry(Book.Key(2), 0, 1))));
            forge.Set(Value, 3, ValueTable.IsOpen, 1);
            forge.Set(Value, 3, ValueTable.Key, -1);
            return forge;
        };
        cases["value: the first row has no amount"] = () => Owing(forge =>
        {
            forge.CopyRow(Value, 1, 0);
            forge.CopyRow(Value, 2, 1);
            forge.ClearRow(Value, 2);
            forge.Set(Value, 0, ValueTable.Before, 10_000);
        });
        cases["value: the first row is no balance"] = () => Owing(forge => Lend(forge, 0));
        cases["value: a balance stands behind its item"] = () => Owing(forge =>
        {
            forge.CopyRow(Value, 2, 3);
            forge.CopyRow(Value, 1, 2);
            Lend(forge, 1);
        });
        cases["value: the last row is no item"] = () => Owing(forge =>
        {
            forge.CopyRow(Value, 1, 31);
            for (var c = ValueTable.Weight; c < ValueTable.Width; c++) forge.Set(Value, 0, c, forge.Get(Value, 2, c));
            for (var r = 1; r < 3; r++) forge.ClearRow(Value, r);
        });
        cases["value: joins is 0 or 1"] = () => Altered(
            new(Book.Shard(2, Book.Lossy(1, 10_000, new AccountEntry(Book.Key(2), 0, 2)))),
            forge => forge.Set(Value, 2, ValueTable.Joins, 2));
        cases["value: a row joins a real one"] = () => Altered(
            new(Book.Shard(2, Book.Account(1, new AccountEntry(Book.Key(2), 0, 2)))), forge =>
            {
                forge.Set(Value, 0, ValueTable.Balance + 2, 1);
                forge.Set(Value, 1, ValueTable.Joins, 1);
            });
        cases["value: a row joins its own account"] = () => Altered(
            Of(
                Book.Lossy(1, 1_000_000, new AccountEntry(Book.Key(2), 0, 1)),
                Book.Account(2, new AccountEntry(Book.Key(2), 0, 7))),
            forge => forge.Set(Value, 4, ValueTable.Joins, 1));
        cases["value: a balance is of its item's account"] = () => Altered(
            Of(
                Book.Lossy(1, 1_000_000, new AccountEntry(Book.Key(2), 0, 1)),
                Book.Account(2, new AccountEntry(Book.Key(2), 0, 7))),
            forge =>
            {
                forge.Set(Value, 3, ValueTable.Account, 0);
                forge.Set(Value, 4, ValueTable.Joins, 1);
            });
        for (var limb = 0; limb < 16; limb++)
        {
            var j = limb;
            cases[$"value: limb {limb} of the balance before is that of the row before"] =
                () => Altered(Debt(1, 1), forge => forge.After(Value, 2, ValueTable.Before + j, 1));
        }

        cases["value: bad debt has id 0"] = () => Altered(
            Of(Book.Lossy(1, 1_000_000, new AccountEntry(Book.Key(2), 0, 1))),
            forge => forge.Set(Value, 1, ValueTable.Key, 0));
        cases["value: the amount is an entry's"] = () => new(
            Book.Shard(2, Book.Account(1, new AccountEntry(0, 5, 0))),
            plan: plan => plan.Values.Add(new(
                ValueKind.Pledge, 0, 0, plan.Tables.PledgeTier(Book.Key(0, 1), 5_000_000), 0)));
        cases["value: the tier is the statement's"] = () => Altered(
            new(Book.Shard(2, Book.Account(1, new AccountEntry(Book.Key(2), 0, 2)))), forge =>
            {
                // A weight of zero.
                forge.Set(Value, 2, ValueTable.Weight, 0);
                forge.Set(Value, 1, ValueTable.Inside, 0);
                forge.Set(Value, 2, ValueTable.Slack, 32767);
            });
        cases["value: bad debt and debts are summed"] =
            () => Of(Book.Lossy(1, 1_000_000, new AccountEntry(Book.Key(2), 0, 1)));

        // A debt of one in rows 1 and 2, behind nothing.
        static ShardForge Owing(Action<ShardForge> alter) => Altered(
            new(Book.Shard(2, Book.Account(1, new AccountEntry(Book.Key(2), 0, 1)))), alter);

        // A balance out of nothing, for the item behind it.
        static void Lend(ShardForge forge, int row)
        {
            forge.ClearRow(Value, row);
            forge.Set(Value, row, ValueTable.IsBalance, 1);
            forge.Set(Value, row, ValueTable.Balance, 10_000);
            forge.Set(Value, row + 1, ValueTable.Joins, 1);
        }

        // A row without an item that counts for a debt, or against one.
        static void Idle(ShardForge forge, int pledge, int debt)
        {
            var row = forge.ValueEnd;
            forge.Set(Value, row, ValueTable.IsPledge, pledge);
            forge.Set(Value, row, ValueTable.IsDebt, debt);
            forge.Set(Value, row, ValueTable.Key, 1);
        }
    }

    static ShardTables Weighing(UInt128 weight, params Tier[] tiers) =>
        ShardTables.Of([Book.Asset("X", weight, tiers)], Book.Pools);

    // Bad debt in row 1, a debt in rows 2 and 3.
    static ShardForge Debt(UInt128 weight, UInt128 amount)
    {
        var badDebt = (BigInteger)31;
        for (var j = 0; j < 15; j++) badDebt = (badDebt << 15) + 16000;
        return new(Book.Shard(1, Book.Lossy(0, badDebt, new AccountEntry(0, 0, amount))), Weighing(weight));
    }

    // A debt of 1 in rows 3 and 4 behind a pledge in rows 1 and 2 that is claimed to lie in another tier than it does.
    static ShardForge Pledge(UInt128 amount, UInt128 weight, int tier, params Tier[] tiers) => new(
        Book.Shard(1, Book.Account(0, new AccountEntry(0, 0, 1), new(Book.Key(0, 1), amount, 0))),
        Weighing(weight, tiers),
        plan =>
        {
            plan.Values.Clear();
            plan.Valued[2 * plan.FirstRows[0] + 1] = true;
            plan.Values.Add(new(ValueKind.Pledge, 0, 1, 1 + tier, 0));
            plan.Values.Add(new(ValueKind.Debt, 0, 0, 0, 0, Joins: true));
        });

    static BigInteger Power(int exponent) => BigInteger.One << exponent;

    static void Products(Dictionary<string, Func<ShardForge>> cases)
    {
        // A column of its own: one more in a, one less in s. A column without a limb: one more in its carry, and in the
        // limb of the column behind it.
        for (var column = 0; column <= 15; column++)
        {
            var j = column;
            var at = j % 3 == 2 ? j + 1 : j;
            var limb = (2 * at + 2) / 3;
            cases[$"value: column {column} of amount times weight is that of lo + a"] = () => Altered(
                Debt(s_middle, s_middle), forge =>
                {
                    forge.Complete();
                    forge.Add(Value, 2, ValueTable.Inside + limb, 1);
                    forge.Add(Value, 3, ValueTable.Slack + limb, -1);
                    for (var c = 0; c < ValueTable.ProductCarryCount; c++)
                    {
                        var key = (Value, 2L, ValueTable.ProductCarries + c);
                        forge.Forced[key] = forge.Get(key.Value, key.Item2, key.Item3);
                        if (c == j && j % 3 == 2) forge.Forced[key] += KoalaBear.One;
                    }
                });
        }

        for (var limb = 0; limb < 9; limb++)
        {
            var i = limb;
            cases[$"value: limb {limb} of the amount is scaled"] =
                () => Altered(Debt(1, 1), forge => forge.After(Value, 2, ValueTable.Scaled + i, 1));
            cases[Slot(9 + i)] = () => i % 3 == 2
                ? Altered(
                    Pledge((UInt128)123_456_789 << (30 * (i / 3)), 1, 0, new Tier(1, Power(180) - 1, 10_000)),
                    forge => Alias(forge, i / 3, 123_456_789))
                : Altered(
                    Pledge((UInt128)5 << (10 * (i + 1)), 1, 0, new Tier(1, Power(180) - 1, 10_000)),
                    forge => Amount(forge, i));
        }
    }

    // Of the columns that hold an amount and 32 times it in one row, a balance in the next.
    static string Slot(int j) => j < 9
        ? $"value: limb {j} of the amount has fifteen bits, limb {j} of the balance fifteen"
        : $"value: limb {j - 9} of the amount has ten bits" + (j < 16 ? $", limb {j} of the balance fifteen" : "");

    /// <summary>Laws of lookups that both rows of an item or of a block share, each with a false witness of the other
    /// row.</summary>
    public static Dictionary<string, Func<ShardForge>> OtherRow()
    {
        var cases = new Dictionary<string, Func<ShardForge>>(StringComparer.Ordinal);
        for (var limb = 0; limb < 9; limb++)
        {
            var i = limb;
            cases[Slot(limb)] = () => Altered(Debt(32, 1), forge => Fraction(forge, i));
        }

        for (var limb = 9; limb < 16; limb++)
        {
            var j = limb;
            cases[Slot(limb)] = () => BalanceLimb(j);
        }

        for (var limb = 0; limb < SumTable.RowLimbs; limb++)
        {
            var j = limb;
            cases[TotalLaw(j)] = () => Keeps(j + SumTable.RowLimbs, 65534);
            if (j < SumTable.RowLimbs - 2) cases[CarryLaw(j + 1)] = () => Keeps(j + SumTable.RowLimbs, 32767);
        }

        for (var limb = 0; limb < 12; limb++)
        {
            var j = limb;
            cases[$"value: limb {limb} of a and of s has fifteen bits"] = () => j == 11 ? AboveTier() : Altered(
                Debt(1, 3), forge => Shift(forge, 3, j));
        }

        // 2^15 * -65024 = 1 mod p.
        for (var carry = 1; carry <= 14; carry++)
        {
            var j = carry;
            cases[$"value: carry {carry} of the product and of the balance is small"] =
                () => Altered(Debt(1, 1), forge => Off(forge, (j - 1, -1), (j, 512), (j + 1, -2)));
        }

        return cases;
    }

    static void Tiers(Dictionary<string, Func<ShardForge>> cases)
    {
        for (var limb = 0; limb < 12; limb++)
        {
            var j = limb;
            cases[$"value: limb {limb} of a and of s has fifteen bits"] = () => j == 11 ? BelowTier() : Altered(
                Debt(Weight(j), (UInt128)((Power(15 * (j + 1)) * 3) / Weight(j))), forge => Shift(forge, 2, j));
        }

        for (var carry = 1; carry <= 15; carry++)
        {
            var c = carry;
            cases[$"value: carry {carry} of the product {(c == 15 ? "" : "and of the balance ")}is small"] =
                () => Altered(Debt(s_middle, s_middle), forge => Carry(forge, c));
        }

        // The carry is -65024 = -2^-15: the digit before it has one too many, this one 65024.
        for (var carry = 1; carry <= 11; carry++)
        {
            var j = carry;
            cases[$"value: carry {carry} of a + s is 0 or 1"] = () =>
            {
                var (amount, shift) = ((UInt128)((32500 << 15) + 7), 15 * (j - 1));
                var weight = UInt128.One << Math.Min(shift, 89);
                amount = j == 11 ? (UInt128.One << 90) - (UInt128.One << 82) : amount << (shift - Math.Min(shift, 89));
                return Altered(
                    Pledge(amount, j == 11 ? amount : weight, 0, new Tier(1, Power(15 * j) - 1, 10_000)), forge =>
                    {
                        for (var i = 0; i < 12; i++)
                        {
                            long width = i < j - 1 ? 32767 : i == j - 1 ? 32768 : i == j ? 65024 : 0;
                            forge.Set(
                                Value, 2, ValueTable.Slack + i, width - forge.Signed(Value, 1, ValueTable.Inside + i));
                        }
                    });
            };
        }

        cases["value: a + s ends with the width"] = () =>
            Pledge(UInt128.One << 89, UInt128.One << 89, 0, new(1, 1000, 10_000), new(1, Power(180) - 1, 5000));

        static UInt128 Weight(int j) => UInt128.One << Math.Max(0, 15 * (j + 1) - 80);

        // The value is below the tier, by the top limb of a.
        static ShardForge BelowTier() => Altered(
            Pledge(1000, UInt128.One << 89, 1, new(1, Power(179), 10_000), new(1, Power(180) - 1, 5000)), forge =>
            {
                forge.Add(Value, 1, ValueTable.Inside + 11, -(1 << 15));
            });

    }

    // The limb has 2^15 too many: of a in row 2, of s in row 3.
    static void Shift(ShardForge forge, int row, int j)
    {
        forge.Add(Value, row, ValueTable.Inside + j, 1 << 15);
        forge.Add(Value, row, ValueTable.Inside + j + 1, -1);
    }

    // The value is above the tier, by the top limb of s.
    static ShardForge AboveTier() => Altered(
        Pledge(UInt128.One << 89, UInt128.One << 89, 0, new(1, 1000, 10_000), new(1, Power(180) - 1, 5000)),
        forge => forge.Add(Value, 2, ValueTable.Slack + 11, -(1 << 15)));

    // A number whose square has every limb in the middle of its range, so that limbs may be altered both ways.
    static readonly UInt128 s_middle = Middle();

    static UInt128 Middle()
    {
        var random = new Random(7);
        Span<uint> limbs = new uint[12];
        for (; ; )
        {
            var number = ((UInt128)random.NextInt64() << 26) + (UInt128)random.NextInt64(1 << 26) + (UInt128.One << 88);
            Limbs.Wrap((BigInteger)number * number, 15, limbs);
            if (!limbs.ContainsAnyExceptInRange(3000u, 29000u)) return number;
        }
    }

    // The limb takes 1024 from the next one.
    static void Amount(ShardForge forge, int i)
    {
        forge.Add(Value, 1, ValueTable.AmountLimbs + i, 1024);
        forge.Add(Value, 1, ValueTable.AmountLimbs + i + 1, -1);
    }

    // The same word modulo p with a top limb of more than ten bits: the amount is another.
    static void Alias(ShardForge forge, int word, long value)
    {
        for (var top = 1024L; ; top++)
        {
            var rest = Forge.Element(value - (top << 20)).ToUInt32();
            if (rest >= 1 << 20) continue;
            forge.Set(Value, 1, ValueTable.AmountLimbs + 3 * word, rest & 1023);
            forge.Set(Value, 1, ValueTable.AmountLimbs + 3 * word + 1, rest >> 10);
            forge.Set(Value, 1, ValueTable.AmountLimbs + 3 * word + 2, top);
            Span<uint> limbs = new uint[12];
            Limbs.Wrap((BigInteger)((top << 20) + rest) << (30 * word), 15, limbs);
            for (var j = 0; j < 12; j++)
            {
                forge.Set(Value, 1, ValueTable.Inside + j, limbs[j]);
                forge.Set(Value, 2, ValueTable.Slack + j, 32767 - limbs[j]);
            }

            return;
        }
    }

    // 32 times the limb is 31 and its product with a weight of 32 as well, so the value is 31 * 2^(10 i).
    static void Fraction(ShardForge forge, int i)
    {
        var limb = Forge.Element(31) * Forge.Element(32).Inverse();
        forge.Set(Value, 2, ValueTable.AmountLimbs, 0);
        forge.Set(Value, 2, ValueTable.AmountLimbs + i, limb);
        var word = limb * Forge.Element(1 << (10 * (i % 3)));
        forge.Set(Entry, 2, EntryTable.Code(0) + 1, 0);
        forge.Set(Entry, 2, EntryTable.Code(0) + 1 + i / 3, word);
        forge.Set(Entry, 2, EntryTable.Of(0, EntryTable.High + i / 3), word.ToUInt32() >> 15);
        Span<uint> inside = new uint[12];
        Limbs.Wrap((BigInteger)31 << (10 * i), 15, inside);
        for (var j = 0; j < 12; j++)
        {
            forge.Set(Value, 2, ValueTable.Inside + j, inside[j]);
            forge.Set(Value, 3, ValueTable.Slack + j, 32767 - inside[j]);
        }
    }

    // 2^10 * -2080768 = 1 mod p: the carry is off by that, and carries and limbs around it make up for it.
    static void Carry(ShardForge forge, int j)
    {
        forge.Complete();
        for (var c = 1; c <= ValueTable.ProductCarryCount; c++)
            forge.Forced[(Value, 2, Column(c))] = forge.Get(Value, 2, Column(c));
        switch (j % 3)
        {
            case 1:
                Limb(j - 1, -1);
                Off(j, -2080768);
                Limb(j, 512);
                Off(j + 1, -2048);
                Off(j + 2, -2);
                Limb(j + 2, -2);
                break;
            case 2:
                Limb(j - 2, -1024);
                Off(j - 1, 1);
                Off(j, -2080768);
                Off(j + 1, -2032);
                Limb(j + 1, -2032);
                break;
            default:
                Limb(j - 2, -64);
                Off(j - 1, 2);
                Off(j, -4161536);
                if (j < 15) Off(j + 1, -4064);
                Limb(j + 1, -127);
                break;
        }

        int Column(int carry) => ValueTable.ProductCarries + carry - 1;

        void Off(int carry, long by) => forge.Forced[(Value, 2, Column(carry))] += Forge.Element(by);

        void Limb(int column, long by)
        {
            var limb = (2 * column + 2) / 3;
            forge.Add(Value, 2, ValueTable.Inside + limb, by);
            forge.Add(Value, 3, ValueTable.Slack + limb, -by);
        }
    }

    static void Balances(Dictionary<string, Func<ShardForge>> cases)
    {
        for (var limb = 0; limb <= 14; limb++)
        {
            var j = limb;
            cases[$"value: limb {limb} of the balance"] =
                () => Altered(Debt(1, 1), forge => forge.After(Value, 3, ValueTable.Balance + j, 1));
        }

        for (var limb = 0; limb < 9; limb++)
        {
            var j = limb;
            cases[Slot(limb)] = () => BalanceLimb(j);
        }
    }

    // A limb that has 2^15 too many, or a top one below 0.
    static ShardForge BalanceLimb(int j) => j == 15
        ? Altered(
            Of(Book.Account(1, new AccountEntry(Book.Key(2), 0, 1))),
            forge => forge.Force(Value, 2, ValueTable.Balance + 15, -1))
        : Altered(Debt(1, 1), forge => Off(forge, (j, 1 << 15), (j + 1, -1)));

    // Limbs of the balance that are off.
    static void Off(ShardForge forge, params (int Limb, long By)[] limbs)
    {
        forge.Complete();
        foreach (var (limb, by) in limbs)
        {
            var column = ValueTable.Balance + limb;
            forge.Force(Value, 3, column, forge.Signed(Value, 3, column) + by);
        }
    }

    static void Publics(Dictionary<string, Func<ShardForge>> cases)
    {
        // A row there twice and taken back once.
        foreach (var (name, table, row) in new[] { ("key", KeyRows, 8), ("tier", TierRows, 5) })
        {
            cases[$"{name}: isReal is 0 or 1"] = () => Altered(Of(Book.Account(1, new AccountEntry(0, 5, 0))), forge =>
            {
                forge.CopyRow(table, row, 30);
                forge.Set(table, row, 0, 2);
                forge.Set(table, 30, 0, -1);
            });
            cases[$"{name}: lookups find a row"] = () => Empty(forge =>
                forge.Set(table, 0, forge.Circuit.Tables[table].Width - 1, 5));
        }

        cases["key: nobody looks up padding"] = () => Altered(Small(), forge =>
        {
            forge.Set(Entry, T, s_asset, 1);
            forge.Set(KeyRows, 30, KeyTable.Content + 1, 1);
        });
        cases["tier: nobody looks up padding"] = () => Altered(
            Of(Book.Account(1, new AccountEntry(Book.Key(2), 0, 2))), forge =>
            {
                forge.Set(Value, 2, ValueTable.Weight, 0);
                forge.Set(Value, 1, ValueTable.Inside, 0);
                forge.Set(Value, 2, ValueTable.Slack, 32767);
                forge.CopyRow(TierRows, 2, 30);
                forge.Set(TierRows, 30, TierTable.IsReal, 0);
                forge.Set(TierRows, 30, TierTable.Content + 2, 0);
            });
    }

    static void Ranges(Dictionary<string, Func<ShardForge>> cases)
    {
        cases["fifteen bits begin with 0"] = () => Halves(tall: true, row => Math.Min(row - 1, 16383));
        cases["v rises by 0 or 1"] = () => Halves(tall: false, row => row == 9999 ? 9998 : row);
        cases["fifteen bits end with 2^15 - 1"] = () => Halves(tall: true, row => Math.Min(row, 16384));
        cases["2 v + 1 is a number of fifteen bits"] =
            () => Empty(forge => forge.Set(RangeRows, 7, RangeTable.OddCount, 3));
        static ShardForge Halves(bool tall, Func<int, int> half)
        {
            var forge = new ShardForge(
                Book.Shard(2, Book.Account(1, new AccountEntry(0, 5, 0))), heights: heights =>
                    heights[RangeRows] = (byte)(tall ? 15 : 14));
            for (var r = 0; r < forge.Tables[RangeRows]!.Rows; r++) forge.Set(RangeRows, r, RangeTable.Half, half(r));
            forge.KeepsRange = true;
            return forge;
        }
    }
}
