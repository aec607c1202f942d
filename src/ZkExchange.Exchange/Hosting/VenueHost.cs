using ZkExchange.Ledger;
using ZkExchange.Ledger.Journal;

namespace ZkExchange.Exchange.Hosting;

/// <summary>
/// A venue with a journal. A command is written, then done; it is acknowledged when <see cref="Commit"/> has
/// returned, many at a time.
/// </summary>
/// <remarks>
/// Any failure of the disk leaves the host unusable: what is durable is then found out by starting again, never
/// assumed.
/// </remarks>
public sealed class VenueHost : IDisposable
{
    /// <summary>First byte of the journal's first command, which is the parameter set.</summary>
    public const byte GenesisMark = 0xFF;

    const int SnapshotsKept = 2;

    readonly IJournalDisk _disk;
    readonly IDisposable _lock;
    readonly JournalWriter _journal;
    readonly StateWriter _buffer = new();
    ulong _digestBefore;
    byte[] _parametersBefore;
    bool _failed;

    VenueHost(IJournalDisk disk, IDisposable hold, Venue venue, JournalWriter journal)
    {
        _disk = disk;
        _lock = hold;
        _journal = journal;
        Venue = venue;
        _parametersBefore = venue.ParametersHash.ToArray();
    }

    /// <summary>The state, the commands not yet committed included.</summary>
    public Venue Venue { get; }

    /// <summary>Commands done and not yet durable.</summary>
    public int Pending => _journal.Pending;

    /// <summary>Sequence number that the next command will have.</summary>
    public ulong NextSequence => _journal.NextSequence;

    /// <summary>Starts from what a folder holds.</summary>
    /// <param name="disk">The folder.</param>
    /// <param name="signatures">Who judges signatures.</param>
    /// <param name="genesis">The first parameter set of a new venue; not looked at if there is a journal.</param>
    /// <param name="report">What was found.</param>
    /// <param name="segmentBytes">Size at which a new journal file is begun.</param>
    /// <returns>Null if the journal cannot be used; then nothing has been changed.</returns>
    public static VenueHost? Open(
        IJournalDisk disk,
        ISignatureVerifier signatures,
        VenueParameters genesis,
        out RecoveryReport report,
        long segmentBytes = 1 << 26)
    {
        ArgumentNullException.ThrowIfNull(disk);
        ArgumentNullException.ThrowIfNull(genesis);
        var hold = disk.Lock();                                  // before the first look: one writer
        VenueHost? host = null;
        try
        {
            return host = Open(disk, hold, signatures, genesis, segmentBytes, out report);
        }
        finally
        {
            if (host == null)
                hold.Dispose();
        }
    }

    static VenueHost? Open(
        IJournalDisk disk,
        IDisposable hold,
        ISignatureVerifier signatures,
        VenueParameters genesis,
        long segmentBytes,
        out RecoveryReport report)
    {
        var venue = Recover(disk, signatures, out report);
        if (!report.IsUsable)
            return null;
        var journal = new JournalWriter(disk, report.Journal, segmentBytes);
        if (venue != null)
            return new VenueHost(disk, hold, venue, journal);
        venue = new Venue(genesis, signatures);
        journal.Add([GenesisMark, .. genesis.Encode()]);
        journal.Commit(0, venue.ParametersHash, 0);
        return new VenueHost(disk, hold, venue, journal);
    }

    /// <summary>Builds the venue of a journal without touching anything.</summary>
    /// <param name="disk">The folder.</param>
    /// <param name="signatures">Who judges signatures.</param>
    /// <param name="report">What was found.</param>
    /// <param name="watch">Called after each command that is done again; with it no snapshot is used.</param>
    /// <returns>Null if there is none, or none to trust.</returns>
    public static Venue? Recover(
        IJournalDisk disk,
        ISignatureVerifier signatures,
        out RecoveryReport report,
        Action<Venue, Command, CommandResult>? watch = null)
    {
        ArgumentNullException.ThrowIfNull(disk);
        var unusable = 0;
        var names = watch == null ? Snapshot.NamesIn(disk) : [];
        for (var i = 0; i <= names.Count; i++)
        {
            var snapshot = i < names.Count ? Snapshot.TryDecode(disk.Read(names[i])) : null;
            if (i < names.Count && snapshot == null)
            {
                unusable++;
                continue;
            }
            var replay = new Replay(signatures, snapshot, watch);
            var verdict = JournalReader.Read(disk, replay);
            replay.TryStart(verdict.NextSequence, verdict.LastHash);
            if (!replay.IsStarted && verdict.IsUsable)
            {
                if (snapshot!.NextSequence > verdict.NextSequence)
                {
                    // It was written when all before it was durable: the journal has lost its end.
                    verdict = verdict with
                    {
                        Outcome = JournalOutcome.AcknowledgedMissing,
                        Acknowledged = snapshot.NextSequence,
                    };
                    report = new RecoveryReport(RecoveryOutcome.JournalDamaged, verdict, 0, 0, unusable);
                    return null;
                }
                unusable++;                                      // it belongs to another history
                continue;
            }
            report =
                new RecoveryReport(OutcomeOf(replay, verdict), verdict, snapshot?.NextSequence ?? 0, replay.Replayed,
                    unusable);
            return report.IsUsable ? replay.Venue : null;
        }
        throw new InvalidOperationException("A replay from the beginning always starts.");
    }

    /// <summary>Writes a command and does it. Tell nobody before <see cref="Commit"/>.</summary>
    /// <remarks>
    /// What the journal could not give back is refused and not written. A frame that is full is committed first.
    /// </remarks>
    public CommandResult Submit(in Command command)
    {
        if (!CommandCodec.IsReadable(command))
            return new CommandResult(RejectCode.MalformedCommand);
        _buffer.Clear();
        CommandCodec.Write(_buffer, command);
        if (!_journal.Fits(_buffer.Bytes.Length))
            Commit();
        Begin();
        if (_journal.Pending == 0)
        {
            _digestBefore = Venue.Digest;
            Venue.ParametersHash.CopyTo(_parametersBefore);
        }
        _journal.Add(_buffer.Bytes);
        var result = Venue.Execute(command);
        _failed = false;
        return result;
    }

    /// <summary>Makes everything submitted durable.</summary>
    public void Commit()
    {
        Begin();
        if (_journal.Pending > 0)
            _journal.Commit(Venue.Now, _parametersBefore, _digestBefore);
        _failed = false;
    }

    /// <summary>Commits, and writes the state beside the journal; the two newest are kept.</summary>
    public void WriteSnapshot()
    {
        Commit();
        Begin();
        _journal.FlushMark();
        _buffer.Clear();
        Venue.Write(_buffer);
        var snapshot = new Snapshot(_journal.NextSequence, _journal.LastHash.ToArray(), _buffer.Bytes.ToArray());
        _disk.Replace(snapshot.Name, snapshot.Encode());
        foreach (var old in Snapshot.NamesIn(_disk).Skip(SnapshotsKept))
            _disk.Delete(old);
        _failed = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _journal.Dispose();
        _lock.Dispose();
    }

    // Until what begins here has worked the host counts as failed: neither a disk nor a state that is half done is
    // built upon.
    void Begin()
    {
        if (_failed)
            throw new InvalidOperationException("This host has failed. Start again from the journal.");
        _failed = true;
    }

    static RecoveryOutcome OutcomeOf(Replay replay, JournalVerdict verdict)
    {
        if (replay.Outcome != RecoveryOutcome.Recovered)
            return replay.Outcome;
        if (!verdict.IsUsable)
            return RecoveryOutcome.JournalDamaged;
        return replay.Venue == null ? RecoveryOutcome.Born : RecoveryOutcome.Recovered;
    }
}
