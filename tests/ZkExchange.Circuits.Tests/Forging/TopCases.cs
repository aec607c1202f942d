using System.Numerics;
using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;
using static ZkExchange.Circuits.Tests.Forging.TopForge;

namespace ZkExchange.Circuits.Tests.Forging;

/// <summary>For each law of the top a false witness that it alone refuses.</summary>
/// <remarks>Three assets, so a shard's node has rows open, 1, 2, 3, seal and a node above one more, the pair.</remarks>
static class TopCases
{
    const int Level = 4;

    static readonly AssetTotals s_some = new(1000, 70);

    static NodeTotals Zero => NodeTotals.Zero(3);

    static NodeTotals Some => new(3, 12345, [s_some, s_some, s_some]);

    static TopForge Of(TopReserves reserves, params NodeTotals[] shards)
    {
        var shape = new TreeShape(Level, shards.Length);
        var blinds = Enumerable.Range(Level, shape.Height - Level + 1).Select(level => (IReadOnlyList<Salt>)
            [.. Enumerable.Range(0, shape.NodesAt(level)).Select(i => Salt.Of((uint)level, (uint)i, 3, 4))]);
        var summaries = shards.Select((totals, s) => new ShardSummary(NodeDigest.Of(77, (uint)s), totals));
        return new(new TopWitness(Level, [.. summaries], [.. blinds]), reserves);
    }

    static TopForge Of(params NodeTotals[] shards) => Of(TopReserves.None(3), shards);

    static TopForge Altered(TopForge forge, Action<TopForge> alter)
    {
        alter(forge);
        return forge;
    }

    /// <summary>Rows of the tree table change places with what is behind them.</summary>
    static void Move(TopForge forge, int from, int count, int to)
    {
        var rows = Enumerable.Range(from, count).Select(r => forge.Tables[Tree]!.Row(r).ToArray()).ToArray();
        for (var r = from; r < from + count; r++) forge.ClearRow(Tree, r);
        for (var r = 0; r < count; r++) rows[r].CopyTo(forge.Tables[Tree]!.Row(to + r));
    }

    static void Hide(TopForge forge, params int[] rows)
    {
        foreach (var row in rows)
        {
            for (var kind = TreeTable.IsShardOpen; kind <= TreeTable.IsUpperSeal; kind++) forge.Set(Tree, row, kind, 0);
        }
    }

    // No shard: the list of the verifier is empty, and so is the tree.
    static TopForge Nothing(Action<TopForge> alter) => Altered(Of(Zero), forge =>
    {
        for (var r = 0; r < 5; r++) forge.ClearRow(Tree, r);
        forge.PublicMessages[0] = [];
        alter(forge);
    });

    // An opening row of a node that is not there; it holds nothing.
    static void Open(TopForge forge, int row, int kind)
    {
        forge.Set(Tree, row, kind, 1);
        forge.Set(Tree, row, TreeTable.Level, kind == TreeTable.IsShardOpen ? Level : 99);
        forge.Set(Tree, row, TreeTable.Parent, 500);
        if (row < 31)
        {
            forge.Set(Tree, row + 1, TreeTable.Level, kind == TreeTable.IsShardOpen ? Level : 99);
            forge.Set(Tree, row + 1, TreeTable.Parent, 500);
        }

        forge.Set(Tree, row, 0, HashDomain.HiddenSum);
        forge.Set(Tree, row, 1, kind == TreeTable.IsShardOpen ? Level : 99);
        forge.Set(Tree, row, 3, 3);
    }

    static void Asset(TopForge forge, int row, int kind, int id, int level)
    {
        forge.Set(Tree, row, kind, 1);
        forge.Set(Tree, row, TreeTable.Level, level);
        forge.Set(Tree, row, TreeTable.Parent, 500);
        forge.Set(Tree, row, TreeTable.Id, id);
        forge.Set(Tree, row, 8, id - 1);
    }

    /// <summary>All cases.</summary>
    public static Dictionary<string, Func<TopForge>> All()
    {
        var cases = new Dictionary<string, Func<TopForge>>(StringComparer.Ordinal);
        Order(cases);
        Ends(cases);
        Numbers(cases);
        Contents(cases);
        Carries(cases);
        Buses(cases);
        Reserves(cases);
        Comparisons(cases);
        Ranges(cases);
        return cases;
    }

    /// <summary>Laws that keep multiplicities within their bounds by the table's own constraints.</summary>
    public static Dictionary<string, Func<TopForge>> Own() => new(StringComparer.Ordinal)
    {
        ["tree: isRightEmpty is 0 or 1"] = () => Altered(
            Of(Some, Some, Some), forge => forge.Set(Tree, 25, TreeTable.IsRightEmpty, 2)),
        ["tree: a pair is followed by the seal"] = () => Altered(Of(Some, Some), forge => Hide(forge, 15)),
        ["tree: the last row is no pair"] = () => Altered(Of(Some), forge =>
        {
            Open(forge, 27, TreeTable.IsUpperOpen);
            for (var id = 1; id <= 3; id++) Asset(forge, 27 + id, TreeTable.IsUpperAsset, id, 99);
            forge.Set(Tree, 31, TreeTable.IsPair, 1);
            forge.Set(Tree, 31, TreeTable.Level, 99);
            forge.Set(Tree, 31, TreeTable.Parent, 500);
        }),
        ["tree: a row is of one kind"] = () => Altered(Of(Some), forge =>
        {
            // A node that is of a shard and above one.
            Open(forge, 20, TreeTable.IsShardOpen);
            forge.Set(Tree, 20, TreeTable.IsUpperOpen, 1);
            for (var id = 1; id <= 3; id++)
            {
                Asset(forge, 20 + id, TreeTable.IsShardAsset, id, Level);
                forge.Set(Tree, 20 + id, TreeTable.IsUpperAsset, 1);
            }

            foreach (var (row, kind) in new[]
            {
                (24, TreeTable.IsShardSeal), (24, TreeTable.IsPair), (25, TreeTable.IsUpperSeal),
            })
            {
                forge.Set(Tree, row, kind, 1);
                forge.Set(Tree, row, TreeTable.Level, Level);
                forge.Set(Tree, row, TreeTable.Parent, 500);
            }
        }),
        ["reserve: the first row is the first"] =
            () => Altered(Of(Some), forge => forge.Set(Reserve, 0, ReserveTable.IsFirst, 0)),
        ["reserve: the first row is no asset"] =
            () => Altered(Of(Some), forge => forge.Set(Reserve, 0, ReserveTable.IsAsset, 1)),
    };

    static void Order(Dictionary<string, Func<TopForge>> cases)
    {
        cases["tree: an asset follows a shard's opening"] =
            () => Altered(Of(Some), forge => Open(forge, 7, TreeTable.IsShardOpen));
        cases["tree: an asset follows an upper opening"] =
            () => Altered(Of(Some), forge => Open(forge, 7, TreeTable.IsUpperOpen));
        cases["tree: a shard's asset is followed by one or the seal"] = () => Altered(Of(Some), forge =>
        {
            Open(forge, 7, TreeTable.IsShardOpen);
            Asset(forge, 8, TreeTable.IsShardAsset, 1, Level);
            Asset(forge, 9, TreeTable.IsShardAsset, 2, Level);
            forge.Set(Tree, 9, TreeTable.IsShardAsset, 0);
        });
        cases["tree: an upper asset is followed by one or the pair"] = () => Altered(Of(Some), forge =>
        {
            Open(forge, 7, TreeTable.IsUpperOpen);
            Asset(forge, 8, TreeTable.IsUpperAsset, 1, 99);
            Asset(forge, 9, TreeTable.IsUpperAsset, 2, 99);
            forge.Set(Tree, 9, TreeTable.IsUpperAsset, 0);
        });
        cases["tree: a shard's asset follows its like"] = () => Altered(Of(Some), forge => Hide(forge, 0));
        cases["tree: a shard's seal follows an asset"] = () => Altered(Of(Some), forge => Hide(forge, 0, 1, 2, 3));
        cases["tree: an upper asset follows its like"] = () => Altered(Of(Zero, Zero), forge => Hide(forge, 10));
        cases["tree: a pair follows an asset"] = () => Altered(Of(Zero, Zero), forge => Hide(forge, 10, 11, 12, 13));
        cases["tree: an upper seal follows a pair"] = () => Nothing(forge =>
        {
            forge.Set(Tree, 3, TreeTable.IsUpperSeal, 1);
            forge.Set(Tree, 3, TreeTable.Level, Level);
        });
    }

    static void Ends(Dictionary<string, Func<TopForge>> cases)
    {
        cases["tree: the first row is no asset of a shard"] = () => Altered(Of(Some), forge => Move(forge, 1, 4, 0));
        cases["tree: the first row is no seal of a shard"] = () => Altered(Of(Some), forge =>
        {
            Move(forge, 4, 1, 0);
            for (var r = 1; r < 4; r++) forge.ClearRow(Tree, r);
        });
        cases["tree: the first row is no asset above"] = () => Altered(Of(Zero, Zero), forge => Upper(forge, 1));
        cases["tree: the first row is no pair"] = () => Altered(Of(Zero, Zero), forge => Upper(forge, 4));
        cases["tree: the first row is no seal above"] = () => Nothing(forge =>
        {
            forge.Set(Tree, 0, TreeTable.IsUpperSeal, 1);
            forge.Set(Tree, 0, TreeTable.Level, Level);
        });
        cases["tree: the last row opens no shard"] =
            () => Altered(Of(Some), forge => Open(forge, 31, TreeTable.IsShardOpen));
        cases["tree: the last row opens no upper node"] =
            () => Altered(Of(Some), forge => Open(forge, 31, TreeTable.IsUpperOpen));
        cases["tree: the last row is no asset of a shard"] = () => Altered(Of(Some), forge =>
        {
            Open(forge, 30, TreeTable.IsShardOpen);
            Asset(forge, 31, TreeTable.IsShardAsset, 1, Level);
        });
        cases["tree: the last row is no asset above"] = () => Altered(Of(Some), forge =>
        {
            Open(forge, 30, TreeTable.IsUpperOpen);
            Asset(forge, 31, TreeTable.IsUpperAsset, 1, 99);
        });

        // The node above two shards comes first, without its first rows.
        static void Upper(TopForge forge, int without)
        {
            forge.Complete();
            forge.KeepsLinks = true;
            Move(forge, 0, 16, 8);
            Move(forge, 18 + without, 6 - without, 0);
            for (var r = 18; r < 24; r++) forge.ClearRow(Tree, r);
        }
    }

    static void Numbers(Dictionary<string, Func<TopForge>> cases)
    {
        // With four shards: totals of shards 0 and 2 change parents, which changes nothing at the root.
        cases["tree: bit is 0 or 1"] = () => Altered(Of(Some, Zero, Zero, Zero), forge =>
        {
            for (var r = 0; r < 5; r++)
            {
                forge.Set(Tree, r, TreeTable.Parent, 1);
                forge.Set(Tree, r, TreeTable.Bit, -2);
            }
        });
        cases["tree: shards have level g"] =
            () => Altered(Of(Some), forge => forge.PublicInputs[TopPublic.ShardHeight] = Level - 1);
        cases["tree: a node keeps its level"] =
            () => Altered(Of(Zero), forge => forge.Set(Tree, 2, TreeTable.Level, 9));
        cases["tree: a node keeps its parent"] =
            () => Altered(Of(Zero), forge => forge.Set(Tree, 2, TreeTable.Parent, 9));
        cases["tree: a node keeps its side"] = () => Altered(Of(Zero), forge => forge.Set(Tree, 2, TreeTable.Bit, 1));
        cases["tree: bad debt has id 0"] = () => Altered(Of(Zero), forge =>
        {
            forge.Set(Tree, 0, TreeTable.Id, 1);
            for (var r = 1; r < 3; r++) forge.CopyRow(Tree, r + 1, r);
            Move(forge, 4, 1, 3);
        });
        cases["tree: ids of assets rise by one"] = () => Altered(Of(Some), forge =>
        {
            forge.CopyRow(Tree, 2, 20);
            forge.CopyRow(Tree, 1, 2);
            forge.CopyRow(Tree, 20, 1);
            forge.ClearRow(Tree, 20);
        });
        cases["tree: the last asset has id A"] = () => Altered(Of(Zero), forge =>
        {
            forge.ClearRow(Tree, 3);
            Move(forge, 4, 1, 3);
        });
    }

    static void Contents(Dictionary<string, Func<TopForge>> cases)
    {
        cases["tree: HSUM opens the sums"] = () => Altered(Of(Some), forge => forge.Add(Tree, 0, 0, 1));
        cases["tree: the level opens the sums"] = () => Altered(Of(Some), forge => forge.Add(Tree, 0, 1, 1));
        cases["tree: A opens the sums"] = () => Altered(Of(Some), forge => forge.Add(Tree, 0, 3, 1));
        cases["tree: the block of an asset begins with its index"] =
            () => Altered(Of(Some), forge => forge.Add(Tree, 1, 8, 1));
        cases["tree: zero ends the block of an asset"] = () => Altered(Of(Some), forge => forge.Add(Tree, 1, 15, 1));
        for (var i = 0; i < 8; i++)
        {
            var word = i;
            cases[$"tree: word {i} passes on to an asset"] =
                () => Altered(Of(Some), forge => forge.After(Tree, 2, word, 1));
            cases[$"tree: word {i} passes on to a shard's seal"] =
                () => Altered(Of(Some), forge => forge.After(Tree, 4, 8 + word, 1));
            cases[$"tree: word {i} of S is kept by the pair"] =
                () => Altered(Of(Some, Some), forge => forge.After(Tree, 14, TreeTable.High + word, 1));
            cases[$"tree: word {i} of the pair passes on to the seal"] =
                () => Altered(Of(Some, Some), forge => forge.After(Tree, 15, word, 1));
            cases[$"tree: word {i} of S passes on to the seal"] =
                () => Altered(Of(Some, Some), forge => forge.After(Tree, 15, 8 + word, 1));
            cases[$"tree: word {i} of a missing child is EMPTY's"] =
                () => Altered(Of(Some, Some, Some), forge => forge.After(Tree, 25, 8 + word, 1));
        }

        cases["tree: only a pair has a missing child"] = () => Altered(Of(Some, Some, Some), forge =>
        {
            forge.Complete();
            forge.KeepsLinks = true;
            forge.Set(Tree, 25, TreeTable.IsRightEmpty, 0);
            forge.CopyRow(Tree, 25, 50);
            forge.Set(Tree, 50, TreeTable.IsPair, 0);
            forge.Set(Tree, 50, TreeTable.IsRightEmpty, 1);
        });
    }

    static NodeTotals BadDebt(BigInteger value) => Zero with { BadDebt = value };

    static void Carries(Dictionary<string, Func<TopForge>> cases)
    {
        for (var limb = 0; limb < 16; limb++)
        {
            var j = limb;

            // One limb takes 2^15 from the next; the top one has sixteen bits.
            cases[$"tree: limb {limb} of a total has fifteen bits"] = () => Altered(
                Of(BadDebt(((BigInteger)1 << 235) - 1)), forge =>
                {
                    if (j == 15)
                    {
                        forge.Set(Tree, 0, 15, 1L << 30);
                        forge.Set(Tree, 0, TreeTable.High + 7, 1 << 15);
                        forge.PublicMessages[2] = [.. Enumerable.Repeat(32767u, 15), 40_000];
                        for (var k = 0; k < 16; k++)
                            forge.Set(Reserve, 0, ReserveTable.Published + k, forge.PublicMessages[2][k]);
                        return;
                    }

                    if (j % 2 == 0) forge.Add(Tree, 0, TreeTable.High + j / 2, -1);
                    if (j % 2 == 1)
                    {
                        forge.Add(Tree, 0, TreeTable.High + j / 2, 1 << 15);
                        forge.Add(Tree, 0, 8 + j / 2, 1L << 30);
                        forge.Add(Tree, 0, 8 + j / 2 + 1, -1);
                    }
                });

            // 2^15 * -65024 = 1 mod p: the total is one less in the limb before, and 65024 less in this one.
            if (j == 0) continue;
            var lost = ((BigInteger)32767 << (15 * j)) + ((BigInteger)1 << (15 * (j - 1)));
            cases[$"tree: carry {limb} is 0 or 1"] = () => Altered(Of(BadDebt(lost), BadDebt(lost)), forge =>
            {
                forge.Force(Tree, 10, LimbColumn + j - 1, 1);
                forge.Force(Tree, 10, LimbColumn + j, 65534 - 65024);
                if (j < 15) forge.Force(Tree, 10, LimbColumn + j + 1, 0);
            });
        }

        cases["tree: nothing is carried out"] = () => Altered(
            Of(BadDebt((BigInteger)30000 << 225), BadDebt((BigInteger)30000 << 225)),
            forge => forge.Force(Tree, 10, LimbColumn + 15, 60000 - 32768));
        cases["tree: nothing is carried into equity"] = () => Altered(
            Of(Some, Some), forge => forge.Force(Tree, 11, TreeTable.Sums + 1, 1 << 15));
        cases["tree: total equity is below 2^90"] = () =>
        {
            var much = new NodeTotals(1, 0, [new((UInt128.One << 90) - 1, 0), default, default]);
            var little = new NodeTotals(1, 0, [new(1, 0), default, default]);
            return Of(much, little);
        };
    }

    static void Buses(Dictionary<string, Func<TopForge>> cases)
    {
        cases["tree: totals go to the parent"] = () => Of(Some);
        cases["tree: totals are the children's sums"] = () => Altered(Of(Zero, Zero), forge =>
        {
            forge.Set(Tree, 11, TreeTable.Sums + TreeTable.DebtLimb, 9);
            forge.Set(Tree, 11, 12, 9);
            forge.KeepsSums = true;
        });
        cases["tree: the left child is a node"] = () => Nothing(forge =>
        {
            Open(forge, 0, TreeTable.IsUpperOpen);
            for (var id = 1; id <= 3; id++) Asset(forge, id, TreeTable.IsUpperAsset, id, Level);
            forge.Set(Tree, 4, TreeTable.IsPair, 1);
            forge.Set(Tree, 4, TreeTable.IsRightEmpty, 1);
            forge.Set(Tree, 4, 0, 4711);
            forge.Set(Tree, 5, TreeTable.IsUpperSeal, 1);
            Place(forge, 6);
        });
        cases["tree: the right child is a node"] = () => Altered(Of(Some, Zero), forge =>
        {
            // The second shard is not in the statement, and its node is anything.
            for (var r = 5; r < 10; r++) forge.ClearRow(Tree, r);
            forge.PublicMessages[0] = forge.PublicMessages[0][..9];
            forge.Set(Tree, 14, 8, 4711);
        });
        cases["tree: a shard's node is the statement's"] =
            () => Altered(Of(Some), forge => forge.PublicMessages[0] = []);

        static void Place(TopForge forge, int rows)
        {
            for (var r = 0; r < rows; r++)
            {
                forge.Set(Tree, r, TreeTable.Level, Level);
                forge.Set(Tree, r, TreeTable.Parent, 0);
            }

            forge.Set(Tree, 0, 1, Level);
        }
    }

    static void Reserves(Dictionary<string, Func<TopForge>> cases)
    {
        cases["reserve: isAsset is 0 or 1"] = () => Altered(Of(Some), forge =>
        {
            forge.CopyRow(Reserve, 2, 5);
            forge.Complete();
            forge.Set(Reserve, 2, ReserveTable.IsAsset, 2);
            forge.Set(Reserve, 5, ReserveTable.IsAsset, -1);
            forge.KeepsTotals = forge.KeepsSlack = true;
        });
        cases["reserve: no other row is the first"] = () => Altered(Of(Some), forge =>
        {
            forge.Set(Reserve, 6, ReserveTable.IsFirst, 1);
            forge.Set(Reserve, 7, ReserveTable.IsFirst, -1);
        });
        var noAccount = new NodeTotals(0, 0, [s_some, s_some, s_some]);
        cases["reserve: the first row has id 0"] = () => Altered(Of(noAccount), forge =>
        {
            // The first row takes a part of asset 0's equity.
            forge.Complete();
            forge.Set(Reserve, 0, ReserveTable.Id, 1);
            forge.Set(Reserve, 0, ReserveTable.Totals + 2, 900);
            forge.Set(Reserve, 1, ReserveTable.Totals + 2, 100);
            forge.Add(Reserve, 0, ReserveTable.Slack + 2, -900);
            forge.Add(Reserve, 1, ReserveTable.Slack, 900);
            forge.Add(Reserve, 1, ReserveTable.Slack + 6, 900);
            Carry(forge, 1, ReserveTable.Slack);
            Carry(forge, 1, ReserveTable.Slack + 6);
            forge.KeepsTotals = forge.KeepsSlack = true;
        });
        cases["reserve: the root is the node of level H"] = () => Nothing(forge =>
        {
            for (var i = 0; i < 8; i++) forge.PublicInputs[TopPublic.Root + i] = 4711;
        });
        cases["reserve: totals and accounts are the root's"] = () => Altered(Of(Zero), forge =>
        {
            forge.Set(Reserve, 1, ReserveTable.Totals + 8, 9);
            forge.KeepsTotals = true;
        });

        static void Carry(TopForge forge, int row, int column)
        {
            for (var j = column; forge.Signed(Reserve, row, j) > 32767; j++)
            {
                forge.Add(Reserve, row, j, -(1 << 15));
                forge.Add(Reserve, row, j + 1, 1);
            }
        }
    }

    static TopReserves Published(UInt128 free, UInt128 cap, BigInteger bound) =>
        new([new(free, 0, cap), new(free, 0, cap), new(free, 0, cap)], bound);

    static UInt128 Most => (UInt128.One << 90) - 1;

    static void Comparisons(Dictionary<string, Func<TopForge>> cases)
    {
        for (var carry = 1; carry <= 15; carry++)
        {
            var j = carry;
            cases[$"reserve: carry {carry} of the bad debt is 0 or 1"] = () => Altered(
                Of(Published(Most, Most, 0), BadDebt((BigInteger)32300 << (15 * j))), forge =>
                {
                    for (var i = 0; i < 16; i++) forge.Force(Reserve, 0, ReserveTable.Slack + i, 0);
                    forge.Force(Reserve, 0, ReserveTable.Slack + j - 1, 1);
                    forge.Force(Reserve, 0, ReserveTable.Slack + j, 65024 - 32300);
                });
            if (j > 5) continue;
            cases[$"reserve: carry {carry} against the debt is small"] = () => Altered(
                Of(Published(0, Most, 1), Equity((UInt128)32300 << (15 * j), 0)), forge => Alias(forge, j, 0));
            cases[$"reserve: carry {carry} against the netting cap is small"] = () => Altered(
                Of(Published(0, 0, 1), Equity((UInt128)32300 << (15 * j), Most)), forge => Alias(forge, j, 6));
        }

        cases["reserve: the bad debt is within its bound"] = () => Of(Published(Most, Most, 0), BadDebt(1));
        cases["reserve: equity is covered with the debt"] = () => Of(Published(0, Most, 1), Equity(10, 9));
        cases["reserve: equity is covered with the netting cap"] = () => Of(Published(0, 9, 1), Equity(10, 10));
        for (var limb = 0; limb < 16; limb++)
        {
            var j = limb;
            cases[$"reserve: limb {limb} of the slack has fifteen bits"] = () => j < 15
                ? Altered(Of(Zero), forge =>
                {
                    forge.Force(Reserve, 0, ReserveTable.Slack + j, 65535);
                    forge.Force(Reserve, 0, ReserveTable.Slack + j + 1, 32766);
                })
                : Altered(Of(Published(Most, Most, 0), BadDebt((BigInteger)5 << 225)), forge =>
                    forge.Force(Reserve, 0, ReserveTable.Slack + 15, -5));
        }

        static NodeTotals Equity(UInt128 equity, UInt128 debt) => new(1, 0, [new(equity, debt), default, default]);

        static void Alias(TopForge forge, int j, int at)
        {
            forge.Complete();
            for (var i = 0; i < 6; i++)
            {
                var published = forge.Signed(Reserve, 1, ReserveTable.Published + at + i) * (at == 6 ? 1 : 0);
                var slack = i == j - 1 ? 1 : i == j ? 65024 - 32300 : published;
                forge.Force(Reserve, 1, ReserveTable.Slack + at + i, slack);
            }
        }
    }

    static void Ranges(Dictionary<string, Func<TopForge>> cases)
    {
        cases["2 v + 1 is a number of fifteen bits"] = () => Altered(
            Of(new TopReserves([default], 0), NodeTotals.Zero(1)),
            forge => forge.Set(RangeRows, 7, RangeTable.OddCount, 3));
        cases["fifteen bits begin with 0"] = () => Halves(row => Math.Min(row - 1, 16383));
        cases["v rises by 0 or 1"] = () => Halves(row => row == 9999 ? 9998 : Math.Min(row, 16383));
        cases["fifteen bits end with 2^15 - 1"] = () => Halves(row => Math.Min(row, 16384));

        static TopForge Halves(Func<int, int> half)
        {
            var forge = Of(Some);
            forge.Tables[RangeRows]!.Dispose();
            forge.Tables[RangeRows] = new(1 << 15, RangeTable.Width);
            for (var r = 0; r < 1 << 15; r++) forge.Set(RangeRows, r, RangeTable.Half, half(r));
            return forge;
        }
    }
}
