using ZkExchange.Ledger.Journal;

namespace ZkExchange.Simulation;

/// <summary>
/// A disk that can lose power: what was not flushed survives in part, by sectors, or not at all; and it can be told
/// to fail.
/// </summary>
sealed class MemoryDisk(Random random) : IJournalDisk
{
    const int Sector = 64;

    readonly SortedDictionary<string, MemoryFile> _files = new(StringComparer.Ordinal);

    bool _isLocked;

    /// <summary>Bytes after which the disk is full.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    /// <summary>The flush that fails, counted from now; below zero: none does.</summary>
    public int FailingFlush { get; set; } = -1;

    /// <summary>The disk says that it has flushed, and has not.</summary>
    public bool LosesFlushes { get; set; }

    public IReadOnlyList<string> Names() => [.. _files.Keys];

    public byte[] Read(string name) => [.. _files[name].Bytes];

    public IJournalFile Open(string name)
    {
        if (!_files.TryGetValue(name, out var file))
            _files[name] = file = new MemoryFile(this);
        return file;
    }

    public void Replace(string name, ReadOnlySpan<byte> bytes)
    {
        var file = new MemoryFile(this);
        file.Append(bytes);
        file.Flush();
        _files[name] = file;
    }

    public void Delete(string name) => _files.Remove(name);

    public IDisposable Lock() => _isLocked ? throw new IOException("Somebody else writes here.") : new Hold(this);

    /// <summary>A disk with these bytes under the name of one file of this disk.</summary>
    public MemoryDisk With(string name, byte[] bytes)
    {
        var copy = Copy();
        copy._files[name].Bytes = [.. bytes];
        return copy;
    }

    public MemoryDisk Copy()
    {
        var copy = new MemoryDisk(random);
        foreach (var (name, file) in _files)
            copy._files[name] = new MemoryFile(copy) { Bytes = [.. file.Bytes], Durable = file.Bytes.Count };
        return copy;
    }

    /// <summary>
    /// Power goes and comes back: of what was not flushed, each sector is there, or zeros, or nothing from some point
    /// on.
    /// </summary>
    public MemoryDisk AfterPowerLoss()
    {
        var after = Copy();
        foreach (var (name, file) in _files)
        {
            var bytes = after._files[name].Bytes;
            var kept = random.Next(file.Durable, bytes.Count + 1);
            bytes.RemoveRange(kept, bytes.Count - kept);
            for (var at = file.Durable; at < kept; at += Sector)
            {
                if (random.Next(4) != 0)
                    continue;
                for (var i = at; i < Math.Min(kept, at + Sector); i++)
                    bytes[i] = 0;
            }
            after._files[name].Durable = kept;
            foreach (var (sector, old) in file.Before)
            {
                if (random.Next(2) == 0)
                    continue;
                var lost = random.Next(4) == 0;
                for (var i = 0; i < old.Length; i++)
                    bytes[(sector * Sector) + i] = lost ? (byte)0 : old[i];
            }
        }
        return after;
    }

    long Used => _files.Values.Sum(f => (long)f.Bytes.Count);

    sealed class Hold : IDisposable
    {
        readonly MemoryDisk _disk;

        public Hold(MemoryDisk disk) => (_disk = disk)._isLocked = true;

        public void Dispose() => _disk._isLocked = false;
    }

    sealed class MemoryFile(MemoryDisk disk) : IJournalFile
    {
        public List<byte> Bytes { get; set; } = [];

        public int Durable { get; set; }

        /// <summary>Sectors that were overwritten and not flushed, as they were before.</summary>
        public SortedDictionary<int, byte[]> Before { get; } = [];

        public long Length => Bytes.Count;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            var room = (int)Math.Min(bytes.Length, Math.Max(0, disk.Capacity - disk.Used));
            Bytes.AddRange(bytes[..room]);
            if (room < bytes.Length)
                throw new IOException("No space left on device.");
        }

        public void Overwrite(long offset, ReadOnlySpan<byte> bytes)
        {
            var end = (int)offset + bytes.Length;
            if (end > Bytes.Count)
                Append(new byte[end - Bytes.Count]);
            for (var sector = (int)offset / Sector; sector * Sector < Math.Min(end, Durable); sector++)
            {
                var length = Math.Min(Sector, Durable - (sector * Sector));
                Before.TryAdd(sector, [.. Bytes.GetRange(sector * Sector, length)]);
            }
            for (var i = 0; i < bytes.Length; i++)
                Bytes[(int)offset + i] = bytes[i];
        }

        public void Flush()
        {
            if (disk.FailingFlush-- == 0)
                throw new IOException("Input/output error.");
            if (disk.LosesFlushes)
                return;
            Durable = Bytes.Count;
            Before.Clear();
        }

        public void Truncate(long length)
        {
            Bytes.RemoveRange((int)length, Bytes.Count - (int)length);
            Durable = Math.Min(Durable, Bytes.Count);
        }

        public void Dispose()
        {
            // Nothing is held: the disk outlives its files.
        }
    }
}
