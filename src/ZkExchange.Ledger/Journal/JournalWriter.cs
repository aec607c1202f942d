using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ZkExchange.Ledger.Journal;

/// <summary>
/// Appends commands to a journal, many to a flush. What <see cref="Commit"/> has returned for is durable; only then
/// is it acknowledged.
/// </summary>
/// <remarks>
/// After any failure of the disk the writer refuses to go on: what is on the disk is then unknown, and only a
/// recovery can tell.
/// </remarks>
public sealed class JournalWriter : IDisposable
{
    readonly IJournalDisk _disk;
    readonly long _segmentBytes;
    readonly IncrementalHash _sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly byte[] _previous = new byte[32];
    byte[] _frame = new byte[1 << 16];
    int _used = FrameHeader.Bytes;
    int _count;
    readonly IJournalFile _mark;
    readonly byte[] _markBytes = new byte[AcknowledgedMark.Bytes];
    IJournalFile? _file;
    int _markPlace;
    bool _failed;

    /// <summary>Goes on where a verdict ended, cutting its torn tail.</summary>
    /// <param name="disk">The folder.</param>
    /// <param name="verdict">What a scan of it has just said; it must be usable.</param>
    /// <param name="segmentBytes">A new file is begun when one has grown beyond this.</param>
    public JournalWriter(IJournalDisk disk, JournalVerdict verdict, long segmentBytes = 1 << 26)
    {
        ArgumentNullException.ThrowIfNull(disk);
        ArgumentNullException.ThrowIfNull(verdict);
        Invariant.Holds(verdict.IsUsable);
        _disk = disk;
        _segmentBytes = segmentBytes;
        NextSequence = verdict.NextSequence;
        verdict.LastHash.CopyTo(_previous, 0);
        _ = AcknowledgedMark.Find(disk, out _markPlace);
        _mark = disk.Open(AcknowledgedMark.Name);
        if (verdict.Segment.Length != 0)
        {
            _file = disk.Open(verdict.Segment);
            if (verdict.Outcome == JournalOutcome.TornTail)
            {
                _file.Truncate(verdict.Offset);
                // No later file has a whole frame, and none may stand where a new one will be begun.
                foreach (var name in JournalReader.Segments(disk))
                {
                    if (string.CompareOrdinal(name, verdict.Segment) > 0)
                        disk.Delete(name);
                }
            }
            _file.Flush();                                       // a killed process has written what it had not flushed
        }
        Mark();
        _mark.Flush();
    }

    /// <summary>Sequence number of the next command that is added.</summary>
    public ulong NextSequence { get; private set; }

    /// <summary>Commands added and not yet committed.</summary>
    public int Pending => _count;

    /// <summary>Hash of the last frame written.</summary>
    public ReadOnlySpan<byte> LastHash => _previous;

    /// <summary>Bytes waiting for the next commit.</summary>
    public int PendingBytes => _used - FrameHeader.Bytes;

    /// <summary>True if the frame that is being filled has room for a command of so many bytes.</summary>
    public bool Fits(int bytes) => _used + bytes + 4 + FrameHeader.TrailerBytes <= FrameHeader.LengthMax;

    /// <summary>Adds a command to the frame that is being filled and gives it its sequence number.</summary>
    public ulong Add(ReadOnlySpan<byte> command)
    {
        Invariant.Holds(!_failed && Fits(command.Length));
        var needed = _used + 4 + command.Length + FrameHeader.TrailerBytes;
        if (needed > _frame.Length)
            Array.Resize(ref _frame, Math.Max(needed, 2 * _frame.Length));
        BinaryPrimitives.WriteInt32LittleEndian(_frame.AsSpan(_used), command.Length);
        command.CopyTo(_frame.AsSpan(_used + 4));
        _used += 4 + command.Length;
        _count++;
        return NextSequence++;
    }

    /// <summary>Writes the frame and flushes it.</summary>
    /// <param name="time">Time of the last command.</param>
    /// <param name="parametersHash">Hash of the parameter set in force.</param>
    /// <param name="eventDigest">Digest of all events before the frame's first command.</param>
    public void Commit(long time, ReadOnlySpan<byte> parametersHash, ulong eventDigest)
    {
        Invariant.Holds(!_failed);
        _failed = true;                                          // until everything below has worked
        var first = NextSequence - (ulong)_count;
        if (_file == null || _file.Length >= _segmentBytes)
        {
            if (_file != null)
                FlushMark();
            _file?.Dispose();
            _file = _disk.Open(JournalReader.SegmentName(first));
            Invariant.Holds(_file.Length == 0);
        }
        Seal(time, parametersHash, eventDigest, first);
        _file.Append(_frame.AsSpan(0, _used + FrameHeader.TrailerBytes));
        _file.Flush();
        Mark();
        _used = FrameHeader.Bytes;
        _count = 0;
        _failed = false;
    }

    /// <summary>Makes the mark durable too: from here on even a loss of power and damage are told apart.</summary>
    public void FlushMark() => _mark.Flush();

    /// <summary>Closes the file. What was added and not committed is gone, as it was never acknowledged.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _mark.Dispose();
        _sha.Dispose();
    }

    // Not flushed: a process that is killed leaves it, and one that loses its power leaves an older one.
    void Mark()
    {
        AcknowledgedMark.Write(_markBytes, NextSequence, _file?.Length ?? 0, _previous);
        _markPlace = 1 - _markPlace;
        _mark.Overwrite(_markPlace * AcknowledgedMark.Stride, _markBytes);
    }

    void Seal(long time, ReadOnlySpan<byte> parametersHash, ulong eventDigest, ulong first)
    {
        var length = _used + FrameHeader.TrailerBytes;
        var payload = _frame.AsSpan(FrameHeader.Bytes, _used - FrameHeader.Bytes);
        var header = new FrameHeader(length, _count, first, time, parametersHash.ToArray(), eventDigest, _previous);
        header.Write(_frame, payload);
        _sha.AppendData(_frame.AsSpan(0, FrameHeader.HashedBytes));
        _sha.AppendData(payload);
        _sha.GetHashAndReset(_previous);
        var trailer = _frame.AsSpan(_used);
        _previous.CopyTo(trailer);
        BinaryPrimitives.WriteInt32LittleEndian(trailer[32..], length);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[36..], FrameHeader.Closing);
    }
}
