namespace ZkExchange.Cli.Output;

/// <summary>Files for their owner only, there as a whole or not at all.</summary>
static class PrivateFile
{
    /// <summary>Refuses a private file in a published folder: it would give secrets away and spoil the set.</summary>
    public static void RefuseInside(string path, string folder)
    {
        if (IsInside(path, folder))
            throw CommandException.Usage($"'{path}' is for private eyes; it cannot lie in the published '{folder}'.");
    }

    /// <summary>Whether a path is that of a folder, or lies in it.</summary>
    public static bool IsInside(string path, string folder)
    {
        var relative = Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(path));
        return !Path.IsPathRooted(relative) && relative.Split(Path.DirectorySeparatorChar)[0] is not "..";
    }

    /// <summary>Writes a file, in place of an earlier one of that name.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path)) throw new IOException($"'{path}' is a folder");
        var partial = path + ".partial";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.Delete(partial);
        try
        {
            using (var stream = new FileStream(partial, options))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
