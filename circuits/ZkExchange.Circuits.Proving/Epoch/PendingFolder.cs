// Output that is there as a whole or not at all: a folder is written under another name beside its target, flushed, and
// renamed. What a killed process left behind is known by its lock, which nobody holds, and is removed by the next run.

using System.Collections.Concurrent;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>A folder in the making.</summary>
public sealed class PendingFolder : IDisposable
{
    const string Suffix = ".partial";
    const string LockName = ".lock";
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly string _path;
    readonly bool _isPrivate;
    readonly ConcurrentDictionary<string, bool> _folders = new(StringComparer.Ordinal);
    FileStream? _lock;

    PendingFolder(string target, string path, bool isPrivate, FileStream held) =>
        (Target, _path, _isPrivate, _lock) = (target, path, isPrivate, held);

    /// <summary>What the folder will be called.</summary>
    public string Target { get; }

    /// <summary>Begins a folder; throws <see cref="IOException"/> when the target exists or cannot be made.</summary>
    /// <param name="target">What it will be called.</param>
    /// <param name="isPrivate">Readable by its owner only.</param>
    public static PendingFolder Begin(string target, bool isPrivate)
    {
        target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        if (Path.Exists(target)) throw new IOException($"'{target}' exists already");
        var parent = Path.GetDirectoryName(target) ?? throw new IOException($"'{target}' cannot be a folder");
        Directory.CreateDirectory(parent);
        RemoveLeftovers(parent, Path.GetFileName(target));
        var unique = Convert.ToHexStringLower(Commitments.Salts.NewSecret()[..8]);
        var path = Path.Combine(parent, $".{Path.GetFileName(target)}.{unique}{Suffix}");
        CreateFolder(path, isPrivate);
        return new(target, path, isPrivate, new(
            Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.Write, FileShare.None));
    }

    /// <summary>Writes a file and flushes it to the disk.</summary>
    /// <param name="name">Its name, with / between folders.</param>
    /// <param name="bytes">Its content.</param>
    /// <exception cref="IOException">There is no room for it.</exception>
    public void Write(string name, ReadOnlySpan<byte> bytes)
    {
        using var stream = Create(name);
        try
        {
            stream.Write(bytes);
        }
        catch (ArgumentOutOfRangeException error)
        {
            // What the platform says where a file may not grow so long.
            throw new IOException($"'{name}': {bytes.Length} bytes are too many for this file system", error);
        }

        stream.Flush(flushToDisk: true);
    }

    /// <summary>Writes one of many files that can be made again: it outlives this process, and is on the disk when the
    /// system finds time. May be called by several threads.</summary>
    /// <param name="name">Its name, with / between folders.</param>
    /// <param name="bytes">Its content.</param>
    public void WriteCopy(string name, ReadOnlySpan<byte> bytes)
    {
        using var stream = Create(name, bufferBytes: 0);
        stream.Write(bytes);
    }

    /// <summary>A new file for longer writing; the caller flushes it to the disk.</summary>
    public FileStream Create(string name) => Create(name, 1 << 16);

    FileStream Create(string name, int bufferBytes)
    {
        Check.That(_lock is not null);
        var path = Path.Combine(_path, name);
        var folder = Path.GetDirectoryName(path)!;
        if (!_folders.ContainsKey(folder))
        {
            CreateFolder(folder, _isPrivate);                  // or finds that another thread did
            _folders.TryAdd(folder, true);
        }

        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = bufferBytes,
        };
        if (_isPrivate && !OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return new(path, options);
    }

    /// <summary>Gives the folder its name.</summary>
    public void Commit()
    {
        Check.That(_lock is not null);
        _lock.Dispose();
        _lock = null;
        File.Delete(Path.Combine(_path, LockName));
        Directory.Move(_path, Target);
    }

    /// <summary>Removes the folder if it was not committed.</summary>
    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
        if (Directory.Exists(_path)) Directory.Delete(_path, recursive: true);
    }

    static void CreateFolder(string path, bool isPrivate)
    {
        if (isPrivate && !OperatingSystem.IsWindows())
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        else
            Directory.CreateDirectory(path);
    }

    static void RemoveLeftovers(string parent, string name)
    {
        foreach (var leftover in Directory.EnumerateDirectories(parent, $".{name}.*{Suffix}"))
        {
            try
            {
                // Who still writes holds the lock, and this throws.
                var held = new FileStream(
                    Path.Combine(leftover, LockName), FileMode.Open, FileAccess.Write, FileShare.None);
                held.Dispose();
                Directory.Delete(leftover, recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }
    }
}
