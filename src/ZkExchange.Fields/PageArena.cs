// A range of addresses in units of 2 MB. A unit is
//
//   in use      part of a block that was taken
//   idle        free, and it holds memory: zeros
//   untouched   free, and the system has yet to give memory for it
//
// A free unit reads as zero either way; an idle one is what makes a block cheap (specs/adr/0040-an-arena-of-pages.md).

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ZkExchange.Fields;

/// <summary>Blocks of zeroed huge pages out of one reserved range of addresses. Linux only.</summary>
/// <remarks>A block begins in the lowest free run that holds it, and free neighbours are joined: whoever takes and
/// returns the same blocks in the same order gets the same pages, and needs no new ones.</remarks>
sealed unsafe partial class PageArena : IDisposable
{
    /// <summary>Bytes of a unit: a huge page. Blocks are whole units.</summary>
    public const long Unit = 2L << 20;

    const int None = 0;                                      // PROT_NONE
    const int ReadWrite = 1 | 2;                             // PROT_READ | PROT_WRITE
    const int PrivateAnonymousUncounted = 2 | 0x20 | 0x4000; // MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    const int DropPages = 4;                                 // MADV_DONTNEED
    const int UseHugePages = 14;                             // MADV_HUGEPAGE

    readonly Lock _gate = new();
    readonly List<Run> _free = [];                           // ascending; no two touch
    readonly nint _mapped;
    readonly nint _base;                                     // a multiple of a unit
    readonly int _units;
    readonly long _heldMax;
    readonly bool[] _holds;                                  // in use or idle
    long _held;
    int _open;                                               // units below it may be read and written

    PageArena(nint mapped, int units, long heldBytesMax)
    {
        _mapped = mapped;
        _base = (mapped + (nint)Unit - 1) & ~((nint)Unit - 1);
        _units = units;
        _heldMax = heldBytesMax / Unit;
        _holds = new bool[units];
        _free.Add(new(0, units));
    }

    /// <summary>Bytes of the units that are in use or idle.</summary>
    public long BytesHeld
    {
        get
        {
            lock (_gate) return _held * Unit;
        }
    }

    /// <summary>Reserves addresses, which costs no memory; null if there are not so many.</summary>
    /// <param name="bytes">At least one unit; also the most that can be in use.</param>
    /// <param name="heldBytesMax">While more than that is in use and idle together, what is idle goes back to the
    /// system.</param>
    public static PageArena? TryReserve(long bytes, long heldBytesMax)
    {
        var units = checked((int)(bytes / Unit));
        var mapped = Map(0, (nuint)((units + 1) * Unit), None, PrivateAnonymousUncounted, -1, 0);
        return mapped == -1 ? null : new(mapped, units, heldBytesMax);
    }

    /// <summary>A block of zeros.</summary>
    /// <param name="bytes">At least 1; rounded up to whole units.</param>
    /// <exception cref="IOException">No run of addresses is as long, or the system gives no memory.</exception>
    public nint Take(long bytes)
    {
        var units = UnitsOf(bytes);
        lock (_gate)
        {
            var place = _free.FindIndex(run => run.Length >= units);
            if (place < 0) throw new IOException($"No {bytes} bytes in a row are left of {_units * Unit} bytes.");

            var run = _free[place];
            Open(run.Start + units, bytes);
            if (run.Length == units) _free.RemoveAt(place);
            else _free[place] = new(run.Start + units, run.Length - units);
            Hold(run.Start, units);
            Shrink();
            return _base + (nint)(run.Start * Unit);
        }
    }

    /// <summary>Takes a block back and wipes it.</summary>
    /// <param name="memory">What <see cref="Take"/> returned.</param>
    /// <param name="bytes">For so many bytes.</param>
    /// <param name="used">How many of them can have been written: the others are zero still.</param>
    public void Return(nint memory, long bytes, long used)
    {
        var (start, units) = (checked((int)((memory - _base) / Unit)), UnitsOf(bytes));
        Check.That(used <= bytes && (memory - _base) % Unit == 0 && start >= 0 && start + units <= _open);
        Wipe((void*)memory, used);
        lock (_gate)
        {
            var block = new Run(start, units);
            var place = _free.TakeWhile(run => run.Start < start).Count();
            Check.That(place == 0 || _free[place - 1].End <= block.Start);
            Check.That(place == _free.Count || block.End <= _free[place].Start);
            Join(place, block);
            Shrink();
        }
    }

    /// <summary>Unmaps everything. Only for an arena whose blocks were all returned.</summary>
    public void Dispose() => Check.That(Unmap(_mapped, (nuint)((_units + 1) * Unit)) == 0);

    /// <summary>Writes zeros past the caches, which is several times as fast as through them.</summary>
    public static void Wipe(void* memory, long bytes)
    {
        Check.That((nint)memory % Vector512<byte>.Count == 0);
        var whole = bytes / Vector512<byte>.Count * Vector512<byte>.Count;
        for (var at = 0L; at < whole; at += Vector512<byte>.Count)
            Vector512.StoreAlignedNonTemporal(Vector512<byte>.Zero, (byte*)memory + at);
        NativeMemory.Clear((byte*)memory + whole, (nuint)(bytes - whole));
        Thread.MemoryBarrier();
    }

    static int UnitsOf(long bytes)
    {
        Check.That(bytes >= 1);
        return checked((int)((bytes + Unit - 1) / Unit));
    }

    /// <summary>Puts a free run into its place, as one with the runs that it touches.</summary>
    void Join(int place, Run run)
    {
        if (place < _free.Count && run.End == _free[place].Start)
        {
            run = run with { Length = run.Length + _free[place].Length };
            _free.RemoveAt(place);
        }

        if (place > 0 && _free[place - 1].End == run.Start)
        {
            place--;
            run = new(_free[place].Start, _free[place].Length + run.Length);
            _free.RemoveAt(place);
        }

        _free.Insert(place, run);
    }

    /// <summary>Makes units usable as far as they are needed.</summary>
    void Open(int units, long bytes)
    {
        if (units <= _open) return;

        var (first, length) = (_base + (nint)(_open * Unit), (nuint)((units - _open) * Unit));
        if (Protect(first, length, ReadWrite) != 0)
            throw new IOException($"The system gives no {bytes} bytes of memory.");
        _ = Advise(first, length, UseHugePages);             // without them it is only slower
        _open = units;
    }

    void Hold(int start, int units)
    {
        foreach (ref var holds in _holds.AsSpan(start, units))
        {
            if (!holds) _held++;
            holds = true;
        }
    }

    /// <summary>Gives idle units back, the highest first, as long as too many are held.</summary>
    void Shrink()
    {
        for (var i = _free.Count - 1; i >= 0 && _held > _heldMax; i--)
        {
            var end = Math.Min(_free[i].End, _open);
            var from = end;
            for (; from > _free[i].Start && _held > _heldMax; from--)
            {
                if (_holds[from - 1]) _held--;
                _holds[from - 1] = false;
            }

            if (from >= end) continue;
            Check.That(Advise(_base + (nint)(from * Unit), (nuint)((end - from) * Unit), DropPages) == 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint address, nuint length, int advice);

    /// <summary>Neighbouring free units.</summary>
    readonly record struct Run(int Start, int Length)
    {
        public int End => Start + Length;
    }
}
