using ZkExchange.Commitments;

namespace ZkExchange.Cli.Output;

/// <summary>Where output goes: looked at before the work, so that hours of it are not lost for a mistyped name.
/// </summary>
static class Place
{
    /// <summary>Refuses the name of a new folder that cannot be made; folders above it are made with it.</summary>
    /// <param name="option">Which option named it.</param>
    /// <param name="folder">A folder that is not there yet.</param>
    /// <exception cref="CommandException">Nothing can be written there.</exception>
    public static void CheckFolder(string option, string folder)
    {
        var parent = ParentOf(folder);
        while (!Path.Exists(parent) && Path.GetDirectoryName(parent) is { } above) parent = above;
        Try(option, parent);
    }

    /// <summary>Refuses the name of a file that cannot be made.</summary>
    /// <param name="option">Which option named it.</param>
    /// <param name="file">Its folder is there already.</param>
    /// <exception cref="CommandException">Nothing can be written there.</exception>
    public static void CheckFile(string option, string file) => Try(option, ParentOf(file));

    static string ParentOf(string path)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Path.GetDirectoryName(path) ?? path;
    }

    // Rights are many and file systems differ: the only question that counts is whether a file can be made.
    static void Try(string option, string folder)
    {
        try
        {
            var unique = Convert.ToHexStringLower(Salts.NewSecret()[..8]);
            var probe = Path.Combine(folder, $".zkx-{unique}.probe");
            using var stream = new FileStream(
                probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCode.Input, "HostResource",
                $"{option}: nothing can be written in '{folder}'. Name a place that is there and that you may write "
                + "to.");
        }
    }
}
