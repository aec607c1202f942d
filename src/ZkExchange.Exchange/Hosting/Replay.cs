using ZkExchange.Ledger.Journal;

namespace ZkExchange.Exchange.Hosting;

/// <summary>Builds a venue from a journal: from a snapshot on, if one fits, else from the beginning.</summary>
sealed class Replay(ISignatureVerifier signatures, Snapshot? snapshot, Action<Venue, Command, CommandResult>? watch)
    : IJournalVisitor
{
    bool _started = snapshot == null;

    public Venue? Venue { get; private set; }

    public RecoveryOutcome Outcome { get; private set; } = RecoveryOutcome.Recovered;

    public ulong Replayed { get; private set; }

    /// <summary>False while the place of the snapshot has not come.</summary>
    public bool IsStarted => _started;

    public bool OnFrame(FrameHeader header, string segment, long offset)
    {
        if (!_started)
            TryStart(header.FirstSequence, header.Previous);
        if (_started && Venue != null
            && (header.EventDigest != Venue.Digest || Venue.Commands + 2 != header.FirstSequence))
            Outcome = RecoveryOutcome.Diverged;
        return Outcome == RecoveryOutcome.Recovered;
    }

    public void OnCommand(ulong sequence, ReadOnlySpan<byte> command)
    {
        if (!_started || Outcome != RecoveryOutcome.Recovered)
            return;
        if (sequence == 1)
        {
            Begin(command);
            return;
        }
        if (Venue == null || !CommandCodec.TryRead(command, out var c))
        {
            Outcome = Venue == null ? RecoveryOutcome.NoGenesis : RecoveryOutcome.MalformedCommand;
            return;
        }
        var result = Venue.Execute(c);
        Replayed++;
        watch?.Invoke(Venue, c, result);
    }

    /// <summary>Starts from the snapshot if this is its place: before a frame, or at the very end.</summary>
    public void TryStart(ulong nextSequence, ReadOnlySpan<byte> frameHash)
    {
        if (snapshot == null || _started || nextSequence != snapshot.NextSequence
            || !frameHash.SequenceEqual(snapshot.FrameHash))
            return;
        Venue = Venue.Read(snapshot.State, signatures);
        _started = Venue != null;
    }

    void Begin(ReadOnlySpan<byte> genesis)
    {
        var parameters = genesis.Length > 0 && genesis[0] == VenueHost.GenesisMark
            ? VenueParameters.TryDecode(genesis[1..]) : null;
        if (parameters == null)
            Outcome = RecoveryOutcome.NoGenesis;
        else
            Venue = new Venue(parameters, signatures);
    }
}
