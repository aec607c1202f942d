namespace ZkExchange.Circuits.Epoch;

/// <summary>An epoch's folder on disk.</summary>
/// <remarks>Lists few more entries than an epoch can have, and reads exactly the length that was listed.</remarks>
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
        catch (Exception e) when (RegularFile.IsOfTheWorld(e))
        {
            return [];                                         // no folder, or not for us: no file of an epoch is there
        }

        return files;
    }

    public byte[]? Read(EpochFile file) => RegularFile.Read(Path.Combine(path, file.Name), file.Length);

    static EnumerationOptions Everything => new() { AttributesToSkip = FileAttributes.None };

    static void Add(List<EpochFile> files, string name, FileSystemInfo entry) =>
        files.Add(entry is FileInfo file ? new(name, RegularFile.LengthOf(file)) : new(name + "/", 0));
}
