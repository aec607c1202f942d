namespace ZkExchange.Circuits.Epoch;

/// <summary>An epoch's folder on disk.</summary>
/// <remarks>Lists no more entries than an epoch can have plus one, opens nothing that is empty (a device or pipe says
/// so of itself), and reads exactly the length that was listed.</remarks>
/// <param name="path">The folder.</param>
public sealed class EpochDirectory(string path) : IEpochFiles
{
    const string ProofFolder = "proofs";
    const int EntriesMax = Commitments.TreeShape.ShardsMax + 8;

    public IReadOnlyList<EpochFile> List()
    {
        var files = new List<EpochFile>();
        try
        {
            foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos("*", Everything))
            {
                if (entry is DirectoryInfo folder && string.Equals(folder.Name, ProofFolder, StringComparison.Ordinal))
                {
                    foreach (var inner in folder.EnumerateFileSystemInfos("*", Everything))
                    {
                        Add(files, $"{ProofFolder}/{inner.Name}", inner);
                        if (files.Count > EntriesMax) return files;
                    }
                }
                else
                {
                    Add(files, entry.Name, entry);
                }

                if (files.Count > EntriesMax) return files;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];                                         // no folder, or not for us: no file of an epoch is there
        }

        return files;
    }

    public byte[]? Read(EpochFile file)
    {
        if (file.Length is <= 0 or > int.MaxValue) return file.Length == 0 ? [] : null;
        try
        {
            using var stream = File.OpenRead(Path.Combine(path, file.Name));
            var bytes = new byte[file.Length];
            return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
                && stream.ReadByte() < 0 ? bytes : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static EnumerationOptions Everything => new() { AttributesToSkip = FileAttributes.None };

    static void Add(List<EpochFile> files, string name, FileSystemInfo entry) =>
        files.Add(entry is FileInfo file ? new(name, LengthOf(file)) : new(name + "/", 0));

    static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;                                          // a link to nothing
        }
    }
}
