using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ZkExchange.Ledger.Journal;

/// <summary>A real folder.</summary>
public sealed partial class FolderDisk : IJournalDisk
{
    /// <summary>The file whose lock is the writer's. It stays, and says nothing.</summary>
    public const string LockName = "journal.lock";

    readonly string _path;
    readonly List<string> _above = [];
    bool _isFlushedAbove;

    /// <summary>Uses a folder, making it if need be.</summary>
    public FolderDisk(string path)
    {
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        // The folder's own name is in the folder above, and so on for all that have to be made.
        for (var at = _path; Path.GetDirectoryName(at) is { } above; at = above)
        {
            _above.Add(above);
            if (Directory.Exists(above))
                break;
        }
        Directory.CreateDirectory(_path);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names()
    {
        var names = Directory.GetFiles(_path).Select(f => Path.GetFileName(f)!).ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    /// <inheritdoc/>
    public byte[] Read(string name) => File.ReadAllBytes(Path.Combine(_path, name));

    /// <inheritdoc/>
    public IJournalFile Open(string name)
    {
        var file = new FolderFile(Path.Combine(_path, name));
        // Old names too: whoever made this one may have been killed before he flushed it.
        FlushFolder(_path);
        if (!_isFlushedAbove)
            _above.ForEach(above => FlushFolder(above, mayBeClosed: true));
        _isFlushedAbove = true;
        return file;
    }

    /// <inheritdoc/>
    public void Replace(string name, ReadOnlySpan<byte> bytes)
    {
        var beside = Path.Combine(_path, name + ".new");
        try
        {
            using (var handle = File.OpenHandle(beside, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(handle, bytes, 0);
                RandomAccess.FlushToDisk(handle);
            }
            File.Move(beside, Path.Combine(_path, name), overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(beside);                                 // a full disk shall not stay full for this
            throw;
        }
        FlushFolder(_path);
    }

    /// <inheritdoc/>
    public void Delete(string name) => File.Delete(Path.Combine(_path, name));

    /// <inheritdoc/>
    public IDisposable Lock()
    {
        try
        {
            return File.OpenHandle(
                Path.Combine(_path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new IOException($"'{_path}' cannot be locked; does another process write there? {error.Message}",
                error);
        }
    }

    // A new name is in the folder's own data: on Unix that is flushed like a file's, but the platform's API opens no
    // folders. Those above may be closed to us, or be of a kind that is not flushed.
    static void FlushFolder(string path, bool mayBeClosed = false)
    {
        const int AccessDenied = 13, InvalidArgument = 22, ReadOnly = 30;
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = OpenFolder(path, 0);
        var result = descriptor < 0 ? descriptor : Synchronise(descriptor);
        var error = Marshal.GetLastPInvokeError();
        if (descriptor >= 0)
            _ = Close(descriptor);
        if (result != 0 && !(mayBeClosed && (error is AccessDenied or InvalidArgument or ReadOnly)))
            throw new IOException($"Cannot flush the folder '{path}' (error {error}).");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronise(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    sealed class FolderFile(string path) : IJournalFile
    {
        readonly SafeFileHandle _handle =
            File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        long _length = -1;

        public long Length => _length < 0 ? _length = RandomAccess.GetLength(_handle) : _length;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            RandomAccess.Write(_handle, bytes, Length);
            _length += bytes.Length;
        }

        public void Overwrite(long offset, ReadOnlySpan<byte> bytes)
        {
            RandomAccess.Write(_handle, bytes, offset);
            _length = -1;
        }

        public void Flush() => RandomAccess.FlushToDisk(_handle);

        public void Truncate(long length)
        {
            RandomAccess.SetLength(_handle, length);
            _length = length;
            Flush();
        }

        public void Dispose() => _handle.Dispose();
    }
}
