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
        var items = new AccountItems[Batch];
        for (var start = first; start < first + count; start += Batch)
        {
            var end = Math.Min(start + Batch, first + count);
            Array.Clear(items);
            for (var account = start; account < end; account++)
            {
                owners[account - start] = account;
                pairs[2 * (account - start)] = tags[account];
                pairs[2 * (account - start) + 1] = AccountLeaf.OpeningBlock(salts[account]);
            }

            for (var open = end - start; open > 0;)
            {
                Advance(pairs.AsSpan(0, 2 * open), states.AsSpan(0, open));
                for (var i = 0; i < open; i++) leaves[owners[i]] = states[i];
                open = 0;
                for (var account = start; account < end; account++)
                {
                    if (!items[account - start].NextBlock(book.EntriesOf(account), out var block)) continue;
                    owners[open] = account;
                    pairs[2 * open] = leaves[account];
                    pairs[2 * open++ + 1] = block;
                }
            }
        }
    }

    // A right half holds items or opens a chain, never EMPTY, so no pair is the one that is copied.
    static void Advance(ReadOnlySpan<NodeDigest> pairs, Span<NodeDigest> states)
    {
        Check.That(pairs.Length == 2 * states.Length);
        Poseidon2.CompressPairs(pairs, states, NodeDigest.Empty, NodeDigest.Empty);
    }
}
