using System.Buffers.Binary;
using System.Security.Cryptography;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Merkle;

/// <summary>Opened rows of a tree, as they stand in the proof.</summary>
public readonly ref struct MultiOpening
{
    readonly OpeningPlan _plan;
    readonly ReadOnlySpan<byte> _bytes;

    /// <summary>The opening of a plan.</summary>
    /// <param name="plan">What is opened.</param>
    /// <param name="bytes">As many bytes as the plan says.</param>
    public MultiOpening(OpeningPlan plan, ReadOnlySpan<byte> bytes)
    {
        Check.That(bytes.Length == plan.Bytes);
        _plan = plan;
        _bytes = bytes;
    }

    /// <summary>The words of a row, without its salt.</summary>
    /// <param name="place">The class, by its place in the layout.</param>
    /// <param name="row">The row, by its place in the plan.</param>
    public ReadOnlySpan<byte> Row(int place, int row) => RowAndSalt(place, row)[..WordBytes(place)];

    /// <summary>True if every word of every row is below p.</summary>
    public bool IsCanonical()
    {
        for (var place = 0; place < _plan.Rows.Count; place++)
        {
            for (var row = 0; row < _plan.Rows[place].Length; row++)
            {
                var words = Row(place, row);
                for (var i = 0; i < words.Length; i += Canonical.WordBytes)
                {
                    if (BinaryPrimitives.ReadUInt32LittleEndian(words[i..]) >= KoalaBear.Modulus) return false;
                }
            }
        }

        return true;
    }

    /// <summary>True if the rows and the digests beside them lead to the root.</summary>
    public bool LeadsTo(Digest32 root)
    {
        var layout = _plan.Layout;
        var nodes = Leaves(0);
        var given = _bytes[(int)RowsEnd(_plan.Rows.Count)..];
        Span<byte> message = stackalloc byte[3 * Digest32.Bytes];
        for (var level = 0; level < layout.LeavesLog2; level++)
        {
            var pairs = _plan.Pairs[level];
            var entering = layout.EnteringAt(layout.LeavesLog2 - level - 1);
            var leaves = entering < 0 ? [] : Leaves(entering);
            Check.That(entering < 0 || leaves.Length == pairs.Length * Digest32.Bytes);

            var parents = new byte[pairs.Length * Digest32.Bytes];
            for (var i = 0; i < pairs.Length; i++)
            {
                Node(nodes, given, pairs[i].Left).CopyTo(message);
                Node(nodes, given, pairs[i].Right).CopyTo(message[Digest32.Bytes..]);
                if (entering >= 0) Node(leaves, given, i).CopyTo(message[(2 * Digest32.Bytes)..]);
                var length = (entering < 0 ? 2 : 3) * Digest32.Bytes;
                SHA256.HashData(message[..length], parents.AsSpan(i * Digest32.Bytes));
            }

            given = given[(_plan.Siblings[level].Length * Digest32.Bytes)..];
            nodes = parents;
        }

        return given.IsEmpty && nodes.Length == Digest32.Bytes && new Digest32(nodes) == root;
    }

    static ReadOnlySpan<byte> Node(ReadOnlySpan<byte> known, ReadOnlySpan<byte> given, int place) => place >= 0
        ? known.Slice(place * Digest32.Bytes, Digest32.Bytes)
        : given.Slice(~place * Digest32.Bytes, Digest32.Bytes);

    byte[] Leaves(int place)
    {
        var count = _plan.Rows[place].Length;
        var digests = new byte[count * Digest32.Bytes];
        var message = new byte[TreeLayout.HeaderBytes + _plan.RowBytes(place)];
        _plan.Layout.Header(_plan.Layout.Classes[place]).CopyTo(message, 0);
        for (var row = 0; row < count; row++)
        {
            RowAndSalt(place, row).CopyTo(message.AsSpan(TreeLayout.HeaderBytes));
            SHA256.HashData(message, digests.AsSpan(row * Digest32.Bytes));
        }

        return digests;
    }

    ReadOnlySpan<byte> RowAndSalt(int place, int row)
    {
        var bytes = _plan.RowBytes(place);
        return _bytes.Slice((int)RowsEnd(place) + row * bytes, bytes);
    }

    int WordBytes(int place) => Canonical.WordBytes * _plan.Layout.Classes[place].Words;

    /// <summary>Where the rows of the first classes end.</summary>
    long RowsEnd(int classes)
    {
        var end = 0L;
        for (var i = 0; i < classes; i++) end += (long)_plan.Rows[i].Length * _plan.RowBytes(i);
        return end;
    }
}
