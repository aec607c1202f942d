using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZkExchange.Stark.Fri;
using ZkExchange.Stark.Merkle;
using ZkExchange.Stark.Tests.Reference;

namespace ZkExchange.Stark.Tests.Laws;

public sealed class ShapeLaws
{
    static readonly Arbitrary<int[]> s_heights = Gen.Choose(9, 12).ArrayOf(5).ToArbitrary();

    [Fact]
    public void Folds_end_at_the_final_height_and_let_every_class_in_at_its_own() => Prop.ForAll(
        Gen.Choose(6, 22).NonEmptyListOf().ToArbitrary(),
        drawn =>
        {
            int[] heights = [.. drawn.Distinct().OrderDescending()];
            var schedule = new FriSchedule(heights, 2);
            var (current, entered) = (heights[0], new List<int> { heights[0] });
            foreach (var layer in schedule.Layers)
            {
                if (layer.HeightLog2 != current || layer.DomainLog2 != current + 2) return false;
                if (layer.ArityLog2 is < 1 or > 3) return false;
                if (heights.Any(height => height < current && height > current - layer.ArityLog2)) return false;
                current -= layer.ArityLog2;
                if (layer.EnteringClass >= 0) entered.Add(heights[layer.EnteringClass]);
                if (layer.EnteringClass >= 0 && heights[layer.EnteringClass] != current) return false;
            }

            return current == 5 && schedule.FinalDomainLog2 == 7 && entered.SequenceEqual(heights);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Columns_lie_side_by_side_without_gap() => Prop.ForAll(s_heights, heights =>
    {
        var shape = Shape(heights);
        foreach (var rows in shape.Classes)
        {
            var (main, auxiliary) = (0, 0);
            foreach (var table in rows.Tables)
            {
                if (table.MainOffset != main || table.AuxiliaryOffset != auxiliary) return false;
                if (table.Class != rows.Index || table.HeightLog2 != rows.HeightLog2) return false;
                main += table.Layout.MainWidth;
                auxiliary += table.Layout.AuxiliaryWidth;
            }

            if (rows.MainWidth != main || rows.AuxiliaryWidth != auxiliary) return false;
        }

        return shape.Classes.Sum(rows => rows.Openings) == shape.Openings
            && shape.Classes[^1].OpeningsOffset + shape.Classes[^1].Openings == shape.Openings
            && shape.Tables.Sum(table => table.Layout.Constraints.Count) == shape.Lambdas
            && shape.Classes.Select(rows => rows.HeightLog2).SequenceEqual(heights.Distinct().OrderDescending());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_opening_plan_is_the_definition() => Prop.ForAll(
        Gen.Choose(0, 63).NonEmptyListOf().ToArbitrary(),
        drawn =>
        {
            var layout = new TreeLayout(TreeKind.Main, 0, 32, [new(0, 6, 2), new(1, 4, 1), new(2, 3, 9)]);
            var plan = new OpeningPlan(layout, [.. drawn]);
            var known = drawn.ToHashSet();
            for (var level = 0; level < 6; level++)
            {
                var half = 32 >> level;
                var missing = Enumerable.Range(0, half)
                    .Where(i => known.Contains(i) != known.Contains(i + half))
                    .Select(i => known.Contains(i) ? i + half : i);
                if (!plan.Siblings[level].SequenceEqual(missing)) return false;
                known = [.. known.Select(i => i % half)];
            }

            return plan.Bytes <= layout.OpeningBytesMax(drawn.Count)
                && plan.Rows[2].SequenceEqual(drawn.Select(i => i % 8).Distinct().Order());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_shape_without_a_mandatory_table_or_with_a_foreign_height_is_none()
    {
        var toy = Toys.Groups(9, 9, 9);
        Assert.Equal(Verdict.Reject(Outcome.BadShape, 4), Judge([9, 9, 9, 9]));
        Assert.Equal(Verdict.Reject(Outcome.BadShape, 6), Judge([9, 9, 9, 9, 9, 9]));
        Assert.Equal(Verdict.Reject(Outcome.BadShape, 0), Judge([0xFF, 9, 9, 9, 9]));
        Assert.Equal(Verdict.Reject(Outcome.BadHeight, 2), Judge([9, 9, 8, 9, 9]));
        Assert.Equal(Verdict.Reject(Outcome.BadHeight, 4), Judge([9, 9, 9, 9, 13]));
        Assert.True(Judge([9, 9, 9, 0xFF, 0xFF]).IsAccepted);

        Verdict Judge(byte[] heights) => Stark.Shape.TryCreate(toy.Key, Toys.Weak, heights, out _);
    }

    static Shape Shape(int[] heights)
    {
        var toy = Toys.Groups(9, 9, 9);
        var bytes = heights.Select(height => (byte)height).ToArray();
        Assert.True(Stark.Shape.TryCreate(toy.Key, Toys.Weak, bytes, out var shape).IsAccepted);
        return shape!;
    }
}
