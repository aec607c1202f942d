using Xunit;
using ZkExchange.Fields;
using ZkExchange.Stark.Fri;

namespace ZkExchange.Stark.Tests.Golden;

public sealed class FoldingVectors
{
    [Fact]
    public void A_fold_joins_the_parts_of_a_polynomial()
    {
        foreach (var fold in Vectors.Json("folding.json").GetProperty("folds").EnumerateArray())
        {
            var members = Vectors.Elements(fold.GetProperty("members"));
            var root = KoalaBear.RootOfUnity(fold.GetProperty("domainLog2").GetInt32());
            var point = root.Power(fold.GetProperty("leaf").GetUInt64());
            var beta = Vectors.Element(fold.GetProperty("beta"));

            Assert.Equal(Vectors.Element(fold.GetProperty("result")), Folding.Fold(members, beta * point.Inverse()));
        }
    }
}
