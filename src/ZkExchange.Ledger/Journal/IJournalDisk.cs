namespace ZkExchange.Ledger.Journal;

/// <summary>A folder that holds journals and snapshots.</summary>
public interface IJournalDisk
{
    /// <summary>Names of the files that are there.</summary>
    IReadOnlyList<string> Names();

    /// <summary>All bytes of a file.</summary>
    byte[] Read(string name);

    /// <summary>Opens a file for appending, making it if need be; its name then survives a loss of power.</summary>
    IJournalFile Open(string name);

    /// <summary>
    /// Writes a whole file beside its place, flushes it and renames it: afterwards the old or the new one is there,
    /// never a mixture.
    /// </summary>
    void Replace(string name, ReadOnlySpan<byte> bytes);

    /// <summary>Removes a file.</summary>
    void Delete(string name);

    /// <summary>
    /// Keeps every other writer away until it is disposed, or its process ends. Readers are free to come.
    /// </summary>
    /// <exception cref="IOException">Somebody else writes here.</exception>
    IDisposable Lock();
}
