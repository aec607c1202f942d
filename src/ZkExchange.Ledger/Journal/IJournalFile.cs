namespace ZkExchange.Ledger.Journal;

/// <summary>The few things a journal asks of a file, so that a test can be the disk.</summary>
/// <remarks>
/// Failures of the disk are exceptions (<see cref="IOException"/>); the process ends on the first one, it never tries
/// again.
/// </remarks>
public interface IJournalFile : IDisposable
{
    /// <summary>Bytes in the file.</summary>
    long Length { get; }

    /// <summary>Adds bytes at the end.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Writes over bytes that are there, or next to the end. Durable after the next flush.</summary>
    void Overwrite(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Returns when everything written so far would survive a loss of power.</summary>
    void Flush();

    /// <summary>Cuts the file.</summary>
    void Truncate(long length);
}
