namespace ZkExchange.Ledger.Tests.Laws;

/// <summary>The map of ids against the platform's dictionary.</summary>
public class IdMapTests
{
    [Fact]
    public void Agrees_with_a_dictionary_under_any_mix_of_insertions_and_removals()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var map = new IdMap(4);
            var oracle = new Dictionary<ulong, int>();
            for (var i = 0; i < 5000; i++)
            {
                var key = (ulong)random.Next(300) * (seed % 2 == 0 ? 1UL : 0x100000001UL);
                if (random.Next(2) == 0 && oracle.TryAdd(key, i))
                    map.Add(key, i);
                else if (random.Next(2) == 0)
                    Assert.Equal(oracle.Remove(key), map.Remove(key));
                Assert.Equal(oracle.GetValueOrDefault(key, -1), map.Find(key));
                Assert.Equal(oracle.Count, map.Count);
            }
            foreach (var (key, value) in oracle) Assert.Equal(value, map.Find(key));
        }
    }
}
