using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving;

/// <summary>The search for a nonce (specs/20-transcript.md).</summary>
static class Grinding
{
    const int NoncesPerRange = 1 << 14;

    /// <summary>The smallest nonce whose digest starts with enough zero bits.</summary>
    /// <param name="transcript">The state; it is not changed.</param>
    /// <param name="label">The round.</param>
    /// <param name="bits">How many zero bits, 1 or more.</param>
    /// <param name="work">Threads.</param>
    public static ulong Find(Transcript transcript, Label label, int bits, Work work)
    {
        Check.That(bits is > 0 and < 64);
        var prefix = new byte[Transcript.GrindingPrefixBytes];
        transcript.WriteGrindingPrefix(label, prefix);

        // Threads search neighbouring ranges, round by round: the smallest hit of a round is the smallest of all.
        var hits = new ulong[work.Threads];
        for (var start = 0UL; ; start += (ulong)work.Threads * NoncesPerRange)
        {
            work.ThrowIfCancelled();
            Array.Fill(hits, ulong.MaxValue);
            var first = start;
            Workers.Share(hits.Length, 1, hits.Length, (from, to) =>
            {
                for (var range = from; range < to; range++)
                    hits[range] = SeedBlocks.Find(
                        prefix, first + (ulong)range * NoncesPerRange, NoncesPerRange, bits);
            });

            var best = hits.Min();
            if (best != ulong.MaxValue) return best;
        }
    }
}
