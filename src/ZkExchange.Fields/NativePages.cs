using System.Runtime.InteropServices;

namespace ZkExchange.Fields;

/// <summary>Zeroed native memory, aligned to 64 bytes, wiped when it is freed; large blocks in huge pages that are used
/// again.</summary>
/// <remarks>
/// A trace of a gigabyte is a quarter of a million small pages, and faulting them in costs as much as transforming it.
/// Where the machine is a virtual one whose host takes back idle pages, the first touch of even a huge page costs more
/// than all that is done with it, and fifty times as much as wiping it for the next user.
/// </remarks>
static unsafe class NativePages
{
    const int Alignment = 64;
    const long AddressesMin = 256L << 30;                    // the heap's limit, which counts as memory, may be low

    static readonly PageArena? s_arena = OperatingSystem.IsLinux() ? Reserve() : null;

    /// <summary>Zeroed memory of at least that many bytes; what is never touched costs nothing.</summary>
    /// <exception cref="IOException">There is not so much memory.</exception>
    public static nint Allocate(long bytes)
    {
        if (ArenaFor(bytes) is { } arena) return arena.Take(bytes);

        var memory = NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        NativeMemory.Clear(memory, (nuint)bytes);
        return (nint)memory;
    }

    /// <summary>Wipes and frees what <see cref="Allocate"/> returned.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="bytes">The same number of bytes.</param>
    /// <param name="used">How many of them, from the first, can have been written.</param>
    public static void Free(nint memory, long bytes, long used)
    {
        if (ArenaFor(bytes) is { } arena)
        {
            arena.Return(memory, bytes, used);
            return;
        }

        NativeMemory.Clear((void*)memory, (nuint)used);
        NativeMemory.AlignedFree((void*)memory);
    }

    static PageArena? ArenaFor(long bytes) => bytes >= PageArena.Unit ? s_arena : null;

    /// <summary>Many more addresses than there is memory: gaps between blocks then never matter. As many as there are,
    /// where addresses are limited.</summary>
    static PageArena? Reserve()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        for (var bytes = Math.Max(4 * memory, AddressesMin); bytes >= PageArena.Unit; bytes /= 2)
        {
            if (PageArena.TryReserve(bytes, memory / 2) is { } arena) return arena;
        }

        return null;
    }
}
