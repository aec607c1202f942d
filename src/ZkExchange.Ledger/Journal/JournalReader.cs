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
        var segments = Segments(disk);
        var mark = AcknowledgedMark.Find(disk, out _);
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
                return HasSoundFrame(disk, segments, i, bytes, (int)state.Offset)
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
        if (BinaryPrimitives.ReadUInt32LittleEndian(frame[108..]) != Crc32C.Of(payload)
            || BinaryPrimitives.ReadInt32LittleEndian(trailer[32..]) != header.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(trailer[36..]) != FrameHeader.Closing)
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

    // Any frame that is whole, at any later byte of this file or of a later one.
    static bool HasSoundFrame(IJournalDisk disk, IReadOnlyList<string> segments, int index, byte[] bytes, int offset)
    {
        for (var i = index; i < segments.Count; i++)
        {
            var later = i == index ? bytes.AsSpan(Math.Min(bytes.Length, offset + 1)) : disk.Read(segments[i]);
            for (; later.Length >= FrameHeader.Bytes; later = later[1..])
            {
                var next = later.IndexOf("ZKXJ"u8);
                if (next < 0)
                    break;
                later = later[next..];
                var header = FrameHeader.TryRead(later);
                if (header != null && IsWhole(header, later))
                    return true;
            }
        }
        return false;
    }
}
