using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ZkExchange.Ledger.Journal;

/// <summary>A real folder.</summary>
public sealed partial class FolderDisk : IJournalDisk
{
    readonly string _path;

    /// <summary>Uses a folder, making it if need be.</summary>
    public FolderDisk(string path)
    {
        _path = Path.GetFullPath(path);
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
        var isNew = !File.Exists(Path.Combine(_path, name));
        var file = new FolderFile(Path.Combine(_path, name));
        if (isNew)
            FlushFolder();
        return file;
    }

    /// <inheritdoc/>
    public void Replace(string name, ReadOnlySpan<byte> bytes)
    {
        var beside = Path.Combine(_path, name + ".new");
        using (var handle = File.OpenHandle(beside, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(handle, bytes, 0);
            RandomAccess.FlushToDisk(handle);
        }
        File.Move(beside, Path.Combine(_path, name), overwrite: true);
        FlushFolder();
    }

    /// <inheritdoc/>
    public void Delete(string name) => File.Delete(Path.Combine(_path, name));

    // A new name is in the folder's own data: on Unix that is flushed like a file's, but the platform's API opens no
    // folders.
    void FlushFolder()
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = OpenFolder(_path, 0);
        if (descriptor < 0)
            throw new IOException($"Cannot open '{_path}' to flush it (error {Marshal.GetLastPInvokeError()}).");
        var result = Synchronise(descriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0)
            throw new IOException($"Cannot flush the folder '{_path}' (error {error}).");
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
