// Ids of one exchange mostly begin alike, and then differ in a few characters: what all share is skipped, the next
// eight bytes are sorted as an integer, and only ids that agree in these as well are compared as text.

using System.Buffers.Binary;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>The accounts of a book by id.</summary>
static class IdOrder
{
    /// <summary>The accounts in ascending order of their ids, byte by byte; equal ids stand side by side.</summary>
    public static int[] Of(Book book)
    {
        var skip = CommonPrefix(book);
        var keys = new ulong[book.Accounts];
        var order = new int[book.Accounts];
        for (var i = 0; i < order.Length; i++) (keys[i], order[i]) = (Key(book.Id(i), skip), i);
        Array.Sort(keys, order);

        // An id that ends is followed by zeros, which no id contains: the shorter one comes first, as it must.
        var byId = Comparer<int>.Create((a, b) => book.Id(a).SequenceCompareTo(book.Id(b)));
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && keys[end] == keys[start]) end++;
            if (end - start > 1) Array.Sort(order, start, end - start, byId);
            start = end;
        }

        return order;
    }

    static int CommonPrefix(Book book)
    {
        var length = book.Id(0).Length;
        for (var i = 1; i < book.Accounts && length > 0; i++)
            length = book.Id(0)[..length].CommonPrefixLength(book.Id(i));
        return length;
    }

    static ulong Key(ReadOnlySpan<byte> id, int skip)
    {
        id = id[skip..];
        if (id.Length >= sizeof(ulong)) return BinaryPrimitives.ReadUInt64BigEndian(id);
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        id.CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
