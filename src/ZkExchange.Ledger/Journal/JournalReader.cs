using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ZkExchange.Ledger.Journal;

/// <summary>Reads journals. Total: whatever the bytes are, the answer is a verdict.</summary>
public static class JournalReader
{
    /// <summary>Names of segments start like this and end in the sequence number of their first command.</summary>
    public const string Prefix = "journal-";

    const string Suffix = ".zkj";

    /// <summary>The name of the segment that starts with a command.</summary>
    public static string SegmentName(ulong firstSequence) => $"{Prefix}{firstSequence:D20}{Suffix}";

    /// <summary>The segments of a folder in order.</summary>
    public static IReadOnlyList<string> Segments(IJournalDisk disk)
    {
        ArgumentNullException.ThrowIfNull(disk);
        var names = disk.Names().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)
            && n.EndsWith(Suffix, StringComparison.Ordinal)).ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    /// <summary>Checks every frame, and shows each sound one to a visitor.</summary>
    public static JournalVerdict Read(IJournalDisk disk, IJournalVisitor? visitor = null)
    {
        var mark = AcknowledgedMark.Find(disk, out _);           // first: a writer at work adds files, then moves it
        var segments = Segments(disk);
        var state = new JournalVerdict(JournalOutcome.Sound, segments.Count == 0 ? "" : segments[0], 0, 0, 1,
            new byte[32], mark?.NextSequence ?? 0);
        var search = new MarkSearch(mark);
        search.Look(state);
        for (var i = 0; i < segments.Count; i++)
        {
            var bytes = disk.Read(segments[i]);
            state = ReadSegment(state with { Segment = segments[i], Offset = 0 }, bytes, visitor, search,
                out var stopped);
            if (stopped)
                return state;
            if (state.Outcome == JournalOutcome.Sound)
                continue;
            if (state.Outcome == JournalOutcome.TornTail)
                return HasLaterFrame(disk, segments, i, bytes, state)
                    ? state with { Outcome = JournalOutcome.DamagedMiddle }
                    : search.Judge(state);
            return state;
        }
        return search.Judge(state);
    }

    // Whether the place that the mark names was passed.
    sealed class MarkSearch(AcknowledgedMark? mark)
    {
        bool _found = mark == null;

        public void Look(JournalVerdict state) => _found = _found || state.NextSequence == mark!.NextSequence
            && state.LastHash.AsSpan().SequenceEqual(mark.LastHash);

        public JournalVerdict Judge(JournalVerdict state) => _found ? state
            : state with
            {
                Outcome = state.NextSequence < mark!.NextSequence
                    ? JournalOutcome.AcknowledgedMissing
                    : JournalOutcome.ForeignMark,
            };
    }

    static JournalVerdict ReadSegment(
        JournalVerdict state, byte[] bytes, IJournalVisitor? visitor, MarkSearch search, out bool stopped)
    {
        stopped = false;
        for (var at = 0; at < bytes.Length;)
        {
            state = state with { Offset = at };
            var frame = bytes.AsSpan(at);
            var header = FrameHeader.TryRead(frame);
            if (header == null || !IsWhole(header, frame))
                return state with { Outcome = JournalOutcome.TornTail };
            if (!header.Previous.AsSpan().SequenceEqual(state.LastHash))
                return state with { Outcome = JournalOutcome.BrokenChain };
            if (header.FirstSequence != state.NextSequence)
                return state with { Outcome = JournalOutcome.SequenceGap };
            var payload = frame[FrameHeader.Bytes..(header.Length - FrameHeader.TrailerBytes)];
            if (!IsSplit(payload, header.Count))
                return state with { Outcome = JournalOutcome.MalformedPayload };
            if (visitor != null && !visitor.OnFrame(header, state.Segment, at))
            {
                stopped = true;
                return state;
            }
            Show(visitor, header, payload);
            at += header.Length;
            state = state with
            {
                Offset = at,
                Frames = state.Frames + 1,
                NextSequence = header.FirstSequence + (ulong)header.Count,
                LastHash = HashOf(frame[..header.Length]).ToArray(),
            };
            search.Look(state);
        }
        return state;
    }

    internal static ReadOnlySpan<byte> HashOf(ReadOnlySpan<byte> frame) =>
        frame.Slice(frame.Length - FrameHeader.TrailerBytes, 32);

    static bool IsWhole(FrameHeader header, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < header.Length)
            return false;
        var frame = bytes[..header.Length];
        var payload = frame[FrameHeader.Bytes..^FrameHeader.TrailerBytes];
        var trailer = frame[^FrameHeader.TrailerBytes..];
        if (BinaryPrimitives.ReadInt32LittleEndian(trailer[32..]) != header.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(trailer[36..]) != FrameHeader.Closing
            || BinaryPrimitives.ReadUInt32LittleEndian(frame[108..]) != Crc32C.Of(payload))
            return false;
        Span<byte> hash = stackalloc byte[32];
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(frame[..FrameHeader.HashedBytes]);
        sha.AppendData(payload);
        sha.GetHashAndReset(hash);
        return hash.SequenceEqual(trailer[..32]);
    }

    static bool IsSplit(ReadOnlySpan<byte> payload, int count)
    {
        for (; count > 0; count--)
        {
            if (payload.Length < 4)
                return false;
            var length = BinaryPrimitives.ReadInt32LittleEndian(payload);
            if (length < 0 || length > payload.Length - 4)
                return false;
            payload = payload[(4 + length)..];
        }
        return payload.IsEmpty;
    }

    static void Show(IJournalVisitor? visitor, FrameHeader header, ReadOnlySpan<byte> payload)
    {
        for (var i = 0; visitor != null && i < header.Count; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(payload);
            visitor.OnCommand(header.FirstSequence + (ulong)i, payload.Slice(4, length));
            payload = payload[(4 + length)..];
        }
    }

    static bool HasLaterFrame(
        IJournalDisk disk, IReadOnlyList<string> segments, int index, byte[] bytes, JournalVerdict state)
    {
        var found = HasSoundFrame(bytes, (int)state.Offset + 1, Behind(state, bytes));
        for (var i = index + 1; i < segments.Count && !found; i++)
            found = HasSoundFrame(disk.Read(segments[i]), 0, 0);
        return found;
    }

    // Where the data of a frame that is not whole ends, as far as its head and the lengths of its commands agree: one
    // of the two that lies leads to no place behind another frame. A head that does not belong here says nothing.
    static int Behind(JournalVerdict state, byte[] bytes)
    {
        var frame = bytes.AsSpan((int)state.Offset);
        var header = FrameHeader.TryRead(frame);
        if (header == null || header.FirstSequence != state.NextSequence
            || !header.Previous.AsSpan().SequenceEqual(state.LastHash))
            return 0;
        var at = FrameHeader.Bytes;
        for (var left = header.Count; left > 0 && at <= frame.Length - 4; left--)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(frame[at..]);
            if (length < 0 || length > header.Length - FrameHeader.TrailerBytes - at - 4)
                break;
            at += 4 + length;
        }
        return (int)state.Offset + at;
    }

    // A whole frame within the data of another is data itself, unless the file ends with it: then bytes are missing.
    static bool HasSoundFrame(ReadOnlySpan<byte> bytes, int from, int behind)
    {
        for (; from <= bytes.Length - FrameHeader.Bytes; from++)
        {
            var next = bytes[from..].IndexOf("ZKXJ"u8);
            if (next < 0)
                break;
            from += next;
            var header = FrameHeader.TryRead(bytes[from..]);
            if (header == null || !IsWhole(header, bytes[from..]))
                continue;
            if (from >= behind || from + header.Length == bytes.Length)
                return true;
            from += header.Length - 1;
        }
        return false;
    }
}
