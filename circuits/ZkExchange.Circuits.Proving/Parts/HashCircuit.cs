using ZkExchange.Circuits.Parts;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Stark;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Circuits.Proving.Parts;

/// <summary>Nothing but permutations, one a row: the yardstick by which provers are compared. Says only that each row
/// is a permutation; no statement uses it.</summary>
public static class HashCircuit
{
    /// <summary>One table.</summary>
    public static VerifyingKey Key { get; } = VerifyingKey.Of(new("hashes", [Build()], [], 0, []));

    /// <summary>The claim that 2^n permutations were computed.</summary>
    public static Claim Claim => new(new(new byte[Digest32.Bytes]), [], []);

    /// <summary>Writes 2^<paramref name="rowsLog2"/> permutations of distinct inputs, to be proven with a profile.
    /// </summary>
    public static Matrix Write(int rowsLog2, int threads, Profile profile)
    {
        var trace = new TraceMemory(Key, [(byte)rowsLog2], profile).Make(0);
        Threads.Split(1 << rowsLog2, threads, new(), (from, to, _) =>
        {
            var batch = new PermutationBatch();
            for (; from < to; from += PermutationBatch.Size)
            {
                var count = Math.Min(PermutationBatch.Size, to - from);
                for (var i = 0; i < count; i++) batch.Set(i, NodeDigest.Of((uint)(from + i)), NodeDigest.Empty);
                batch.Run(count);
                for (var i = 0; i < count; i++) batch.CopyTo(i, trace.Row(from + i));
            }
        });
        return trace;
    }

    static Table Build()
    {
        var table = new Table("hash", Poseidon2Part.Width, Heights.Min, Heights.Max);
        Poseidon2Part.Compress(table, table.Columns(0, Poseidon2.Width), Poseidon2.Width);
        return table;
    }
}
