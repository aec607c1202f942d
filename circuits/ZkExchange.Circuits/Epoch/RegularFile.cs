namespace ZkExchange.Circuits.Epoch;

/// <summary>Files of others, read without being held up: never more than was asked for, and nothing opened that says
/// of itself that it is empty, as devices and pipes do.</summary>
public static class RegularFile
{
    /// <summary>The length of a file, or of what a link leads to; 0 if there is nothing to read.</summary>
    public static long LengthOf(FileInfo file)
    {
        try
        {
            if (file.LinkTarget is null) return file.Length;
            return file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target
                ? target.Length
                : 0;
        }
        catch (Exception e) when (IsOfTheWorld(e))
        {
            return 0;
        }
    }

    /// <summary>The bytes of a file of exactly this length; null if it cannot be read or has another.</summary>
    public static byte[]? Read(string path, long length)
    {
        if (length == 0) return [];
        if (length < 0 || length > Array.MaxLength) return null;
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = new byte[length];
            return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
                && stream.ReadByte() < 0 ? bytes : null;
        }
        catch (Exception e) when (IsOfTheWorld(e))
        {
            return null;
        }
    }

    /// <summary>A file to be read in parts; null if there is nothing to read.</summary>
    public static FileStream? OpenRead(string path)
    {
        try
        {
            return LengthOf(new(path)) > 0 ? File.OpenRead(path) : null;
        }
        catch (Exception e) when (IsOfTheWorld(e))
        {
            return null;
        }
    }

    /// <summary>What a path can throw that is no mistake of ours.</summary>
    internal static bool IsOfTheWorld(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
