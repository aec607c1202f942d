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
    readonly JournalWriter _journal;
    readonly StateWriter _buffer = new();
    ulong _digestBefore;
    byte[] _parametersBefore;

    VenueHost(IJournalDisk disk, Venue venue, JournalWriter journal)
    {
        _disk = disk;
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
        ArgumentNullException.ThrowIfNull(genesis);
        var venue = Recover(disk, signatures, out report);
        if (!report.IsUsable)
            return null;
        var journal = new JournalWriter(disk, report.Journal, segmentBytes);
        if (venue != null)
            return new VenueHost(disk, venue, journal);
        venue = new Venue(genesis, signatures);
        journal.Add([GenesisMark, .. genesis.Encode()]);
        journal.Commit(0, venue.ParametersHash, 0);
        return new VenueHost(disk, venue, journal);
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
                // it belongs to another history, or to what was torn off
                unusable++;
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
    public CommandResult Submit(in Command command)
    {
        if (_journal.Pending == 0)
        {
            _digestBefore = Venue.Digest;
            Venue.ParametersHash.CopyTo(_parametersBefore);
        }
        _buffer.Clear();
        CommandCodec.Write(_buffer, command);
        _journal.Add(_buffer.Bytes);
        return Venue.Execute(command);
    }

    /// <summary>Makes everything submitted durable.</summary>
    public void Commit()
    {
        if (_journal.Pending > 0)
            _journal.Commit(Venue.Now, _parametersBefore, _digestBefore);
    }

    /// <summary>Commits, and writes the state beside the journal; the two newest are kept.</summary>
    public void WriteSnapshot()
    {
        Commit();
        _journal.FlushMark();
        _buffer.Clear();
        Venue.Write(_buffer);
        var snapshot = new Snapshot(_journal.NextSequence, _journal.LastHash.ToArray(), _buffer.Bytes.ToArray());
        _disk.Replace(snapshot.Name, snapshot.Encode());
        foreach (var old in Snapshot.NamesIn(_disk).Skip(SnapshotsKept))
            _disk.Delete(old);
    }

    /// <inheritdoc/>
    public void Dispose() => _journal.Dispose();

    static RecoveryOutcome OutcomeOf(Replay replay, JournalVerdict verdict)
    {
        if (replay.Outcome != RecoveryOutcome.Recovered)
            return replay.Outcome;
        if (!verdict.IsUsable)
            return RecoveryOutcome.JournalDamaged;
        return replay.Venue == null ? RecoveryOutcome.Born : RecoveryOutcome.Recovered;
    }
}
