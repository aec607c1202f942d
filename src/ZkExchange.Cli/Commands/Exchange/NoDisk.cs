using ZkExchange.Ledger.Journal;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>A disk for runs that keep nothing.</summary>
sealed class NoDisk : IJournalDisk
{
    public IReadOnlyList<string> Names() => [];

    public byte[] Read(string name) => [];

    public IJournalFile Open(string name) => new NoFile();

    public void Replace(string name, ReadOnlySpan<byte> bytes)
    {
        // Kept nowhere, as promised.
    }

    public void Delete(string name)
    {
        // There is nothing to delete.
    }

    // A file of nothing holds nothing either.
    public IDisposable Lock() => new NoFile();

    sealed class NoFile : IJournalFile
    {
        public long Length { get; private set; }

        public void Append(ReadOnlySpan<byte> bytes) => Length += bytes.Length;

        public void Overwrite(long offset, ReadOnlySpan<byte> bytes)
        {
            // Nor is this kept.
        }

        public void Flush()
        {
            // Nothing to make durable.
        }

        public void Truncate(long length) => Length = length;

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
