using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>The leaves of many accounts at once: all chains of a batch advance together, so that the lanes of the
/// compression function are full.</summary>
static class LeafBatch
{
    /// <summary>Accounts that advance together.</summary>
    const int Batch = 512;

    /// <summary>Writes the leaf of each account of a book in a range.</summary>
    /// <param name="book">The accounts, well-formed.</param>
    /// <param name="first">The first account.</param>
    /// <param name="count">How many.</param>
    /// <param name="tags">Of all accounts of the book.</param>
    /// <param name="salts">Of all accounts of the book.</param>
    /// <param name="leaves">Of all accounts of the book.</param>
    public static void Write(
        Book book, int first, int count, NodeDigest[] tags, Salt[] salts, NodeDigest[] leaves)
    {
        var pairs = new NodeDigest[2 * Batch];
        var states = new NodeDigest[Batch];
        var owners = new int[Batch];
        for (var start = first; start < first + count; start += Batch)
        {
            var end = Math.Min(start + Batch, first + count);
            tags.AsSpan(start, end - start).CopyTo(leaves.AsSpan(start));
            for (var step = 0; ; step++)
            {
                var open = 0;
                for (var account = start; account < end; account++)
                {
                    var entries = book.EntriesOf(account);
                    if (step > entries.Length) continue;
                    owners[open] = account;
                    pairs[2 * open] = leaves[account];
                    pairs[2 * open + 1] = step < entries.Length
                        ? AccountLeaf.EntryBlock(entries[step])
                        : AccountLeaf.ClosingBlock(entries.Length, salts[account]);
                    open++;
                }

                if (open == 0) break;
                Advance(pairs.AsSpan(0, 2 * open), states.AsSpan(0, open));
                for (var i = 0; i < open; i++) leaves[owners[i]] = states[i];
            }
        }
    }

    // A right half is an entry or closing block, never EMPTY, so no pair is the one that is copied.
    static void Advance(ReadOnlySpan<NodeDigest> pairs, Span<NodeDigest> states)
    {
        Check.That(pairs.Length == 2 * states.Length);
        Poseidon2.CompressPairs(pairs, states, NodeDigest.Empty, NodeDigest.Empty);
    }
}
