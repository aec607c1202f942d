using Xunit;
using ZkExchange.Circuits.Proving.Epoch;

namespace ZkExchange.Cli.Tests.Epoch;

public sealed class PendingFolderTests : IDisposable
{
    readonly string _parent = Directory.CreateTempSubdirectory("zkx-test-").FullName;

    string Target => Path.Combine(_parent, "epoch");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void A_folder_appears_with_everything_in_it()
    {
        using (var folder = PendingFolder.Begin(Target, isPrivate: false))
        {
            folder.Write("a.txt", "one"u8);
            folder.Write("inner/b.txt", "two"u8);
            Assert.False(Path.Exists(Target));
            folder.Commit();
        }

        Assert.Equal(["epoch"], Directory.GetFileSystemEntries(_parent).Select(Path.GetFileName));
        Assert.Equal("two", File.ReadAllText(Path.Combine(Target, "inner", "b.txt")));
        Assert.Equal(2, Directory.GetFileSystemEntries(Target).Length);
    }

    [Fact]
    public void Without_commit_nothing_stays()
    {
        using (var folder = PendingFolder.Begin(Target, isPrivate: true)) folder.Write("a.txt", "one"u8);
        Assert.Empty(Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public void What_exists_is_refused_and_left_alone()
    {
        File.WriteAllText(Target, "mine");
        Assert.Throws<IOException>(() => PendingFolder.Begin(Target, isPrivate: false));
        Assert.Equal("mine", File.ReadAllText(Target));
    }

    [Fact]
    public void M01_what_a_killed_process_left_is_removed_and_what_a_live_one_writes_is_not()
    {
        var left = Path.Combine(_parent, ".epoch.0123456789abcdef.partial");
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, ".lock"), "");
        File.WriteAllText(Path.Combine(left, "statement.json"), "half");
        using var live = PendingFolder.Begin(Target, isPrivate: false);
        Assert.False(Directory.Exists(left));
        using var other = PendingFolder.Begin(Target, isPrivate: false);
        Assert.Equal(2, Directory.GetFileSystemEntries(_parent).Length);
    }

    [Fact]
    public void Private_folders_and_their_files_are_for_their_owner_only()
    {
        if (OperatingSystem.IsWindows()) return;
        using (var folder = PendingFolder.Begin(Target, isPrivate: true))
        {
            folder.Write("inner/secret", "x"u8);
            folder.Commit();
        }

        const UnixFileMode others = (UnixFileMode)0b000_111_111;
        foreach (var path in Directory.GetFileSystemEntries(Target, "*", SearchOption.AllDirectories).Append(Target))
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & others);
    }
}
