using ZkExchange.Ledger.Journal;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>
/// A disk that takes what is appended in small pieces and rests between them, so that a test can kill the program in
/// the middle of a frame.
/// </summary>
sealed class PiecewiseDisk(IJournalDisk disk, int bytes) : IJournalDisk
{
    public IReadOnlyList<string> Names() => disk.Names();

    public byte[] Read(string name) => disk.Read(name);

    public IJournalFile Open(string name) => new PiecewiseFile(disk.Open(name), bytes);

    public void Replace(string name, ReadOnlySpan<byte> content) => disk.Replace(name, content);

    public void Delete(string name) => disk.Delete(name);

    public IDisposable Lock() => disk.Lock();

    sealed class PiecewiseFile(IJournalFile file, int piece) : IJournalFile
    {
        public long Length => file.Length;

        public void Append(ReadOnlySpan<byte> content)
        {
            for (; !content.IsEmpty; content = content[Math.Min(piece, content.Length)..])
            {
                file.Append(content[..Math.Min(piece, content.Length)]);
                Thread.Sleep(1);
            }
        }

        public void Overwrite(long offset, ReadOnlySpan<byte> content) => file.Overwrite(offset, content);

        public void Flush() => file.Flush();

        public void Truncate(long length) => file.Truncate(length);

        public void Dispose() => file.Dispose();
    }
}
