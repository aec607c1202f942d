namespace ZkExchange.Cli.Output;

/// <summary>Files for their owner only, there as a whole or not at all.</summary>
static class PrivateFile
{
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
