using ZkExchange.Commitments.Kernels;
using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>The tags of many customers at once: the same as <see cref="AccountTag.Of"/>, block by block on the lanes of
/// the machine.</summary>
/// <param name="capacity">How many customers there can be.</param>
public sealed class TagBatch(int capacity)
{
    readonly byte[] _messages = new byte[capacity * AccountTag.MessageBytesMax];
    readonly int[] _lengths = new int[capacity];
    int _count;

    /// <summary>Takes a customer id with its nonce of 32 bytes.</summary>
    public void Add(ReadOnlySpan<char> customerId, ReadOnlySpan<byte> nonce)
    {
        Check.That(_count < _lengths.Length);
        var message = _messages.AsSpan(_count * AccountTag.MessageBytesMax, AccountTag.MessageBytesMax);
        _lengths[_count++] = AccountTag.WriteMessage(customerId, nonce, message);
    }

    /// <summary>Writes the tags in the order in which customers were added, and forgets these.</summary>
    public void Finish(Span<NodeDigest> tags)
    {
        Check.That(tags.Length == _count);
        for (var i = 0; i < _count; i++) tags[i] = AccountTag.Opening(_lengths[i]);
        var running = new int[_count];                         // customers whose chain has another block
        var (pairs, next) = (new NodeDigest[2 * _count], new NodeDigest[_count]);
        for (var block = 0; ; block++)
        {
            var count = 0;
            for (var i = 0; i < _count; i++)
            {
                var blocks = AccountTag.BlocksOf(_lengths[i]);
                if (block > blocks) continue;
                pairs[2 * count] = tags[i];
                pairs[(2 * count) + 1] = block < blocks
                    ? AccountTag.Block(_messages.AsSpan(i * AccountTag.MessageBytesMax), block)
                    : AccountTag.Closing(blocks);
                running[count++] = i;
            }

            if (count == 0) break;
            Poseidon2Lanes.CompressPairs(pairs.AsSpan(0, 2 * count), next.AsSpan(0, count));
            for (var i = 0; i < count; i++) tags[running[i]] = next[i];
        }

        Array.Clear(_messages);
        _count = 0;
    }
}
