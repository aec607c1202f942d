using Xunit;
using ZkExchange.Stark.Air;

namespace ZkExchange.Stark.Tests.Golden;

public sealed class KeyVectors
{
    [Fact]
    public void A_key_has_the_bytes_of_the_specification()
    {
        var key = VerifyingKey.Of(Circuit());
        var vector = Vectors.Json("key.json");

        Assert.Equal(vector.GetProperty("bytes").GetString(), Convert.ToHexStringLower(key.Bytes.Span));
        Assert.Equal(vector.GetProperty("hash").GetString(), key.Hash.ToString());
    }

    /// <summary>The circuit that the vector describes.</summary>
    internal static Circuit Circuit()
    {
        var range = new Bus(3, "range", BusKind.Lookup, 2);
        var list = new Bus(7, "list", BusKind.Permutation, 1);
        var sums = new Bus(9, "sums", BusKind.Sum, 1, 3);

        var counts = new Table("counts", 2, 13, 20);
        var value = counts[0];
        counts.OnTransition(counts.Next(0) - value - 1, "counts by one");
        counts.OnFirst(value - counts.Public(1), "starts at the public input");
        var flag = counts[1];
        counts.OnEvery(flag * flag - flag, "a flag");
        var weight = flag * value;
        counts.Send(range, flag, [value, -value], "is in range", bound: 5);
        counts.Send(list, flag, [value], "is listed");
        counts.SendSum(sums, [flag, weight], [1], "is summed");

        var keys = new Table("keys", 3, 13, 13, isOptional: true);
        var (left, right, times) = (keys[0], keys[1], keys[2]);
        keys.Receive(range, times, [left, right], "the range");
        keys.ReceiveSum(sums, [times], [left], "the sums");

        return new("vector", [counts, keys], [range, list, sums], 2, [new(list, Direction.Receive)]);
    }
}
