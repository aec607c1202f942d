using System.Runtime.InteropServices;

namespace ZkExchange.Fields;

/// <summary>Zeroed native memory, aligned to 64 bytes; large blocks in huge pages that are used again.</summary>
/// <remarks>
/// A trace of a gigabyte is a quarter of a million small pages, and faulting them in costs as much as transforming it.
/// Where the machine is a virtual one whose host takes back idle pages, the first touch of even a huge page costs more
/// than all that is done with it. So blocks that are freed are wiped and kept, up to half of the memory, and used again
/// by blocks that fit into them. Where none fits, as much is given back to the system as is then asked for.
/// </remarks>
static unsafe partial class NativePages
{
    const long HugePage = 2L << 20;
    const int None = 0;                                      // PROT_NONE
    const int ReadWrite = 1 | 2;                             // PROT_READ | PROT_WRITE
    const int PrivateAnonymous = 2 | 0x20;                   // MAP_PRIVATE | MAP_ANONYMOUS
    const int Fixed = 0x10;                                  // MAP_FIXED
    const int AdviseHugePage = 14;                           // MADV_HUGEPAGE
    const int MayMoveFixed = 1 | 2;                          // MREMAP_MAYMOVE | MREMAP_FIXED
    const int Alignment = 64;

    static readonly Lock s_gate = new();
    static readonly List<(nint Address, long Length)> s_idle = [];       // wiped
    static readonly long s_idleMax = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
    static long s_idleBytes;

    /// <summary>Zeroed memory of at least that many bytes.</summary>
    public static nint Allocate(long bytes)
    {
        if (IsMapped(bytes)) return Assemble(0, 0, Length(bytes));

        var memory = NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        NativeMemory.Clear(memory, (nuint)bytes);
        return (nint)memory;
    }

    /// <summary>Makes a block longer: its content moves to the front of the new block, zeros follow.</summary>
    /// <param name="memory">What <see cref="Allocate"/> returned.</param>
    /// <param name="bytes">For so many bytes.</param>
    /// <param name="longer">At least as many.</param>
    /// <returns>The new block, and the old one is gone; or 0, and nothing has changed.</returns>
    public static nint TryGrow(nint memory, long bytes, long longer) =>
        IsMapped(bytes) ? Assemble(memory, Length(bytes), Length(longer)) : 0;

    /// <summary>Frees what <see cref="Allocate"/> returned for the same number of bytes.</summary>
    public static void Free(nint memory, long bytes)
    {
        if (!IsMapped(bytes))
        {
            NativeMemory.AlignedFree((void*)memory);
            return;
        }

        var length = Length(bytes);
        if (Interlocked.Add(ref s_idleBytes, length) > s_idleMax)
        {
            Interlocked.Add(ref s_idleBytes, -length);
            Return(memory, length);
            return;
        }

        NativeMemory.Clear((void*)memory, (nuint)length);
        lock (s_gate) s_idle.Add((memory, length));
    }

    static bool IsMapped(long bytes) => OperatingSystem.IsLinux() && bytes >= HugePage;

    static long Length(long bytes) => (bytes + HugePage - 1) / HugePage * HugePage;

    /// <summary>A block that begins with the pages of another, if there is one; the rest is idle or new.</summary>
    /// <remarks>A move that fails may have unmapped its target already, and another thread may have mapped something
    /// there since: that range is never touched again, which costs addresses and no memory.</remarks>
    static nint Assemble(nint first, long firstLength, long length)
    {
        lock (s_gate)
        {
            var block = TakeWhole(length);
            if (block == 0)
            {
                GiveBack(length);
                block = Reserve(length);
            }

            if (first == 0 || Move(first, (nuint)firstLength, (nuint)firstLength, MayMoveFixed, block) == block)
                return block;

            if (length > firstLength) Return(block + (nint)firstLength, length - firstLength);
            return 0;
        }
    }

    /// <summary>Returns idle blocks to the system, at least so many bytes if there are, before as many are asked for.
    /// </summary>
    static void GiveBack(long bytes)
    {
        for (; bytes > 0 && s_idle.Count > 0; s_idle.RemoveAt(s_idle.Count - 1))
        {
            var (address, idle) = s_idle[^1];
            Return(address, idle);
            Interlocked.Add(ref s_idleBytes, -idle);
            bytes -= idle;
        }
    }

    /// <summary>The front of the smallest idle block that is long enough, or 0.</summary>
    static nint TakeWhole(long length)
    {
        var best = -1;
        for (var i = 0; i < s_idle.Count; i++)
        {
            if (s_idle[i].Length >= length && (best < 0 || s_idle[i].Length < s_idle[best].Length)) best = i;
        }

        if (best < 0) return 0;

        var (address, idle) = s_idle[best];
        if (idle == length) s_idle.RemoveAt(best);
        else s_idle[best] = (address + (nint)length, idle - length);
        Interlocked.Add(ref s_idleBytes, -length);
        return address;
    }

    /// <summary>New pages at a multiple of the page's length.</summary>
    static nint Reserve(long length)
    {
        var mapped = Map(0, (nuint)(length + HugePage), None, PrivateAnonymous, -1, 0);
        if (mapped == -1) throw new IOException($"The system gives no {length} bytes of memory.");

        var block = (mapped + (nint)HugePage - 1) & ~((nint)HugePage - 1);
        if (block != mapped) Return(mapped, block - mapped);
        if (block != mapped + (nint)HugePage) Return(block + (nint)length, mapped + (nint)HugePage - block);
        Renew(block, length);
        return block;
    }

    static void Renew(nint block, long length)
    {
        if (Map(block, (nuint)length, ReadWrite, PrivateAnonymous | Fixed, -1, 0) != block)
            throw new IOException($"The system gives no {length} bytes of memory.");
        _ = Advise(block, (nuint)length, AdviseHugePage);
    }

    static void Return(nint memory, long length) => Check.That(Unmap(memory, (nuint)length) == 0);

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "mremap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Move(nint old, nuint oldLength, nuint length, int flags, nint target);

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint address, nuint length, int advice);
}
