using System.Text.Json;
using Xunit;
using ZkExchange.Stark.Merkle;

namespace ZkExchange.Stark.Tests.Golden;

public sealed class TreeVectors
{
    static readonly JsonElement s_vector = Vectors.Json("tree.json");
    static readonly Digest32 s_root = new(Vectors.Bytes(s_vector.GetProperty("root")));
    static readonly byte[] s_opening = Vectors.Bytes(s_vector.GetProperty("opening"));

    [Fact]
    public void The_plan_names_rows_and_siblings_in_the_one_order()
    {
        var plan = Plan();

        Assert.Equal(Lists("rows"), plan.Rows);
        Assert.Equal(Lists("siblings"), plan.Siblings);
        Assert.Equal(s_opening.Length, plan.Bytes);
    }

    [Fact]
    public void The_opening_leads_to_the_root() => Assert.True(new MultiOpening(Plan(), s_opening).LeadsTo(s_root));

    [Fact]
    public void No_byte_of_the_opening_is_free()
    {
        var plan = Plan();
        for (var i = 0; i < s_opening.Length; i++)
        {
            var altered = s_opening.ToArray();
            altered[i] ^= 1;
            Assert.False(new MultiOpening(plan, altered).LeadsTo(s_root), $"byte {i}");
        }
    }

    [Fact]
    public void A_leaf_of_another_form_leads_elsewhere()
    {
        var layout = Layout();
        foreach (var other in new[]
        {
            layout with { Kind = TreeKind.Auxiliary },
            layout with { Layer = 1 },
        })
        {
            var plan = new OpeningPlan(other, Positions());
            Assert.False(new MultiOpening(plan, s_opening).LeadsTo(s_root));
        }
    }

    [Fact]
    public void A_word_that_is_not_below_p_is_seen_in_rows_but_not_in_salts()
    {
        var plan = Plan();
        var inRow = s_opening.ToArray();
        inRow.AsSpan(4, 4).Fill(0xFF);
        var inSalt = s_opening.ToArray();
        inSalt.AsSpan(12, 32).Fill(0xFF);                    // the first row has three words

        Assert.True(new MultiOpening(plan, s_opening).IsCanonical());
        Assert.False(new MultiOpening(plan, inRow).IsCanonical());
        Assert.True(new MultiOpening(plan, inSalt).IsCanonical());
    }

    static OpeningPlan Plan() => new(Layout(), Positions());

    static int[] Positions() => Vectors.Integers(s_vector.GetProperty("positions"));

    static TreeLayout Layout()
    {
        var classes = s_vector.GetProperty("classes").EnumerateArray().Select((item, index) => new TreeClass(
            index, item.GetProperty("leavesLog2").GetInt32(), item.GetProperty("words").GetInt32()));
        return new(
            (TreeKind)s_vector.GetProperty("kind").GetByte(), s_vector.GetProperty("layer").GetInt32(),
            s_vector.GetProperty("saltBytes").GetInt32(), [.. classes]);
    }

    static IEnumerable<int[]> Lists(string name) =>
        s_vector.GetProperty(name).EnumerateArray().Select(Vectors.Integers);
}
