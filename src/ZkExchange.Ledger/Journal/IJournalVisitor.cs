namespace ZkExchange.Ledger.Journal;

/// <summary>Whoever reads a journal from the start.</summary>
public interface IJournalVisitor
{
    /// <summary>A sound frame begins. False ends the reading.</summary>
    bool OnFrame(FrameHeader header, string segment, long offset);

    /// <summary>A command of the frame.</summary>
    void OnCommand(ulong sequence, ReadOnlySpan<byte> command);
}
