using System.Runtime.InteropServices;

namespace ZkExchange.Fields;

/// <summary>Zeroed native memory, aligned to 64 bytes; large blocks straight from the system in huge pages.</summary>
/// <remarks>A trace of a gigabyte is a quarter of a million small pages, and faulting them in costs as much as
/// transforming it. Where the system has no huge pages, or says no, small ones are used.</remarks>
static unsafe partial class NativePages
{
    const long HugePage = 2L << 20;
    const int ReadWrite = 1 | 2;                             // PROT_READ | PROT_WRITE
    const int PrivateAnonymous = 2 | 0x20;                   // MAP_PRIVATE | MAP_ANONYMOUS
    const int AdviseHugePage = 14;                           // MADV_HUGEPAGE
    const int Alignment = 64;

    /// <summary>Zeroed memory of at least that many bytes.</summary>
    public static nint Allocate(long bytes)
    {
        if (IsMapped(bytes))
        {
            var mapped = Map(0, (nuint)Length(bytes), ReadWrite, PrivateAnonymous, -1, 0);
            if (mapped == -1) throw new IOException($"The system gives no {bytes} bytes of memory.");
            _ = Advise(mapped, (nuint)Length(bytes), AdviseHugePage);
            return mapped;
        }

        var memory = NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        NativeMemory.Clear(memory, (nuint)bytes);
        return (nint)memory;
    }

    /// <summary>Frees what <see cref="Allocate"/> returned for the same number of bytes.</summary>
    public static void Free(nint memory, long bytes)
    {
        if (!IsMapped(bytes)) NativeMemory.AlignedFree((void*)memory);
        else Check.That(Unmap(memory, (nuint)Length(bytes)) == 0);
    }

    static bool IsMapped(long bytes) => OperatingSystem.IsLinux() && bytes >= HugePage;

    static long Length(long bytes) => (bytes + HugePage - 1) / HugePage * HugePage;

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint address, nuint length, int advice);
}
