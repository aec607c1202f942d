using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ZkExchange.Fields.Tests;

/// <summary>Blocks never overlap, are zero, and use the pages again that others gave back.</summary>
public sealed unsafe class PageArenaTests
{
    const long Unit = PageArena.Unit;

    static PageArena? Reserve(int units, int heldMax) =>
        OperatingSystem.IsLinux() ? PageArena.TryReserve(units * Unit, heldMax * Unit) : null;

    static void Fill(nint block, long bytes, byte with) => NativeMemory.Fill((void*)block, (nuint)bytes, with);

    static bool Holds(nint block, long bytes, byte what) =>
        !new ReadOnlySpan<byte>((void*)block, (int)bytes).ContainsAnyExcept(what);

    [Fact]
    public void Neighbours_that_are_free_become_one_run()
    {
        using var arena = Reserve(6, 6);
        if (arena is null) return;

        var blocks = Enumerable.Range(0, 6).Select(_ => arena.Take(Unit)).ToArray();
        for (var i = 1; i < 6; i++) Assert.Equal(blocks[0] + (nint)(i * Unit), blocks[i]);

        // Before, behind, and between two that are free already.
        foreach (var i in new[] { 2, 1, 5, 3, 0, 4 })
        {
            Fill(blocks[i], Unit, 7);
            arena.Return(blocks[i], Unit, Unit);
        }

        var whole = arena.Take(6 * Unit);
        Assert.Equal(blocks[0], whole);
        Assert.True(Holds(whole, 6 * Unit, 0));
        Assert.Equal(6 * Unit, arena.BytesHeld);
    }

    [Fact]
    public void A_block_begins_in_the_lowest_run_that_holds_it()
    {
        using var arena = Reserve(16, 16);
        if (arena is null) return;

        var (first, second, third) = (arena.Take(Unit), arena.Take(3 * Unit), arena.Take(1));
        arena.Return(first, Unit, Unit);
        arena.Return(second, 3 * Unit, 3 * Unit);
        arena.Return(third, 1, 1);
        Assert.Equal(first, arena.Take(Unit + 1));
        Assert.Equal(first + (nint)(2 * Unit), arena.Take(3 * Unit));
        Assert.Equal(5 * Unit, arena.BytesHeld);
    }

    [Fact]
    public void What_was_written_is_wiped_and_what_was_not_stays_untouched()
    {
        using var arena = Reserve(8, 8);
        if (arena is null) return;

        // The part that cannot have been written is the caller's word: it is not read.
        var block = arena.Take(3 * Unit);
        Fill(block, Unit + 5, 9);
        arena.Return(block, 3 * Unit, Unit + 5);
        Assert.True(Holds(arena.Take(3 * Unit), 3 * Unit, 0));
    }

    [Fact]
    public void Idle_memory_goes_back_when_too_much_is_held()
    {
        using var arena = Reserve(8, 3);
        if (arena is null) return;

        var (first, second) = (arena.Take(2 * Unit), arena.Take(2 * Unit));
        Assert.Equal(4 * Unit, arena.BytesHeld);             // in use: it stays
        Fill(first, 2 * Unit, 1);
        Fill(second, 2 * Unit, 1);
        arena.Return(first, 2 * Unit, 2 * Unit);
        Assert.Equal(3 * Unit, arena.BytesHeld);
        arena.Return(second, 2 * Unit, 2 * Unit);
        Assert.Equal(3 * Unit, arena.BytesHeld);
        Assert.True(Holds(arena.Take(8 * Unit), 8 * Unit, 0));
        Assert.Equal(8 * Unit, arena.BytesHeld);
    }

    [Fact]
    public void An_arena_without_room_says_so_and_goes_on()
    {
        using var arena = Reserve(4, 4);
        if (arena is null) return;

        Assert.Throws<IOException>(() => arena.Take(4 * Unit + 1));
        var block = arena.Take(3 * Unit);
        Assert.Throws<IOException>(() => arena.Take(2 * Unit));
        arena.Return(block, 3 * Unit, 0);
        Assert.Equal(block, arena.Take(4 * Unit));
    }

    [Fact]
    public void A_block_cannot_be_returned_twice()
    {
        using var arena = Reserve(4, 4);
        if (arena is null) return;

        var (first, second) = (arena.Take(Unit), arena.Take(2 * Unit));
        arena.Return(first, Unit, Unit);
        Assert.Throws<InvalidOperationException>(() => arena.Return(first, Unit, Unit));
        Assert.Throws<InvalidOperationException>(() => arena.Return(first, 2 * Unit, 0));
        Assert.Throws<InvalidOperationException>(() => arena.Return(second + 64, Unit, 0));
        Assert.Throws<InvalidOperationException>(() => arena.Return(second, 4 * Unit, 0));
    }

    [Fact]
    public void Any_order_of_taking_and_returning_keeps_blocks_apart()
    {
        // A number is the length of a block to take, or names one to return.
        Prop.ForAll(
            Gen.Choose(0, 11).ListOf(60).ToArbitrary(), steps =>
            {
                using var arena = Reserve(24, 6);
                if (arena is null) return;

                var live = new List<(nint Block, long Bytes, byte Mark)>();
                for (var i = 0; i < steps.Count; i++)
                {
                    if (steps[i] >= 6 && live.Count > 0)
                    {
                        var (block, bytes, mark) = live[steps[i] % live.Count];
                        Assert.True(Holds(block, 64, mark) && Holds(block + (nint)bytes - 64, 64, mark));
                        arena.Return(block, bytes, bytes);
                        live.RemoveAt(steps[i] % live.Count);
                        continue;
                    }

                    var length = (steps[i] % 4 + 1) * Unit - 64 * (i % 2);
                    if (live.Sum(item => item.Bytes / Unit + 1) + 5 > 24 / 2) continue;

                    var fresh = arena.Take(length);
                    Assert.True(Holds(fresh, 64, 0) && Holds(fresh + (nint)length - 64, 64, 0));
                    Fill(fresh, 64, (byte)(i + 1));
                    Fill(fresh + (nint)length - 64, 64, (byte)(i + 1));
                    live.Add((fresh, length, (byte)(i + 1)));
                }

                var inUse = live.Sum(item => (item.Bytes + Unit - 1) / Unit);
                Assert.InRange(arena.BytesHeld / Unit, inUse, Math.Max(inUse, 6));
            }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Wiping_ends_where_it_should(int bytes)
    {
        var memory = (nint)NativeMemory.AlignedAlloc(2048, 64);
        Fill(memory, 2048, 0xAA);
        PageArena.Wipe((void*)memory, bytes);
        Assert.True(Holds(memory, bytes, 0));
        Assert.True(Holds(memory + bytes, 2048 - bytes, 0xAA));
        NativeMemory.AlignedFree((void*)memory);
    }
}
