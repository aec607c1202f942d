using System.Buffers.Binary;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Hosting;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger;
using ZkExchange.Ledger.Journal;

namespace ZkExchange.Simulation;

/// <summary>
/// What a disk can do to a journal, and what must come of it: the right state, or a clear refusal. Never a wrong
/// state.
/// </summary>
public class JournalFaultTests
{
    /// <summary>A run with its state hash after every command: what any recovery must land on.</summary>
    sealed class Run
    {
        public required MemoryDisk Disk { get; init; }

        /// <summary>State hash by next sequence number.</summary>
        public required Dictionary<ulong, byte[]> Hashes { get; init; }

        /// <summary>Next sequence number that was acknowledged.</summary>
        public ulong Acknowledged { get; set; }

        public bool Failed { get; set; }
    }

    static Run Drive(int seed, MemoryDisk disk, int commands, int snapshotEvery = int.MaxValue,
        long segmentBytes = 4096)
    {
        var run = new Run { Disk = disk, Hashes = new() { [1] = [] } };
        var random = new Random(seed);
        var last = 0;
        try
        {
            using var host =
                VenueHost.Open(disk, new SealVerifier(), SimulatedMarket.Parameters(), out _, segmentBytes);
            Assert.NotNull(host);
            var crowd = new Crowd(seed, host.Venue);
            run.Acknowledged = 2;
            run.Hashes[2] = host.Venue.StateHash();
            for (var i = 0; i < commands; i++)
            {
                host.Submit(crowd.Next());
                run.Hashes[host.NextSequence] = host.Venue.StateHash();
                if (random.Next(4) != 0)
                    continue;
                host.Commit();
                run.Acknowledged = host.NextSequence;
                if (i - last < snapshotEvery)
                    continue;
                host.WriteSnapshot();
                last = i;
            }
        }
        catch (IOException)
        {
            run.Failed = true;
        }
        return run;
    }

    static void AssertLandsOn(Run run, MemoryDisk disk, ulong atLeast, string where)
    {
        var venue = VenueHost.Recover(disk, new SealVerifier(), out var report);
        Assert.True(report.IsUsable, $"{where}: {report.Describe()}");
        Assert.True(report.Journal.NextSequence >= atLeast,
            $"{where}: {report.Describe()}, but {atLeast} was acknowledged");
        if (venue != null)
            Assert.Equal(run.Hashes[report.Journal.NextSequence], venue.StateHash());
    }

    [Fact]
    public void A_journal_cut_at_any_byte_gives_the_state_of_its_last_whole_frame()
    {
        var run = Drive(1, new MemoryDisk(new Random(1)), 160, segmentBytes: long.MaxValue);
        var name = JournalReader.Segments(run.Disk)[0];
        var bytes = run.Disk.Read(name);
        var ends = FrameEnds(run.Disk);
        for (var length = 0; length <= bytes.Length; length++)
        {
            // With its mark it is known to be short; without, it looks like a journal whose last write did not finish.
            var cut = run.Disk.With(name, bytes[..length]);
            var marked = JournalReader.Read(cut);
            Assert.Equal(length == bytes.Length ? JournalOutcome.Sound : JournalOutcome.AcknowledgedMissing,
                marked.Outcome);
            Assert.Equal(run.Acknowledged, marked.Acknowledged);
            cut.Delete(AcknowledgedMark.Name);
            var verdict = JournalReader.Read(cut);
            var whole = ends.LastOrDefault(e => e.End <= length);
            Assert.Equal(whole.End == length ? JournalOutcome.Sound : JournalOutcome.TornTail, verdict.Outcome);
            Assert.Equal(Math.Max(1, whole.Next), verdict.NextSequence);
            if (length % 997 == 0)
                AssertLandsOn(run, cut, Math.Max(1, whole.Next), $"cut at {length}");
        }
    }

    [Fact]
    public void A_flipped_bit_at_any_byte_is_refused()
    {
        var run = Drive(2, new MemoryDisk(new Random(2)), 160, segmentBytes: long.MaxValue);
        var name = JournalReader.Segments(run.Disk)[0];
        var bytes = run.Disk.Read(name);
        var ends = FrameEnds(run.Disk);
        var lastStart = ends[^2].End;
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= (byte)(1 << (at % 8));
            var flipped = run.Disk.With(name, bytes);
            bytes[at] ^= (byte)(1 << (at % 8));
            Assert.False(JournalReader.Read(flipped).IsUsable, $"byte {at}");

            // Without its mark, damage in the last frame alone cannot be told from a torn write.
            flipped.Delete(AcknowledgedMark.Name);
            var verdict = JournalReader.Read(flipped);
            if (at < lastStart)
                Assert.False(verdict.IsUsable, $"byte {at}: {verdict.Describe()}");
            else
                Assert.Equal((JournalOutcome.TornTail, ends[^2].Next), (verdict.Outcome, verdict.NextSequence));
        }
    }

    [Fact]
    public void Power_may_go_at_any_moment_and_nothing_acknowledged_is_lost()
    {
        for (var seed = 10; seed < 22; seed++)
        {
            var random = new Random(seed);
            var disk = new MemoryDisk(random);
            var run = Drive(seed, disk, random.Next(20, 250), snapshotEvery: 40);
            for (var again = 0; again < 4; again++)
            {
                // Everything committed is durable; an unfinished frame may be there in part.
                var torn = Unfinished(run, random);
                AssertLandsOn(run, torn.AfterPowerLoss(), run.Acknowledged, $"seed {seed}");
            }
        }
    }

    [Fact]
    public void A_venue_goes_on_after_power_loss_and_snapshots_change_nothing()
    {
        for (var seed = 30; seed < 36; seed++)
        {
            var random = new Random(seed);
            var disk = new MemoryDisk(random);
            using var straight =
                VenueHost.Open(new MemoryDisk(random), new SealVerifier(), SimulatedMarket.Parameters(), out _);
            var host = VenueHost.Open(disk, new SealVerifier(), SimulatedMarket.Parameters(), out _, 4096);
            var crowd = new Crowd(seed, straight!.Venue);
            for (var i = 0; i < 300; i++)
            {
                var command = crowd.Next();
                straight.Submit(command);
                host!.Submit(command);
                if (random.Next(3) == 0)
                    host.WriteSnapshot();
                else
                    host.Commit();
                if (random.Next(20) != 0)
                    continue;
                host.Dispose();
                disk = disk.AfterPowerLoss();
                host = VenueHost.Open(disk, new SealVerifier(), SimulatedMarket.Parameters(), out var report, 4096);
                Assert.True(host != null, report.Describe());
            }
            Assert.Equal(straight.Venue.StateHash(), host!.Venue.StateHash());
            host.Dispose();
        }
    }

    [Theory]
    [InlineData(9_000)]
    [InlineData(20_000)]
    [InlineData(20_037)]
    public void A_full_disk_stops_the_host_and_loses_nothing(long capacity)
    {
        var run = Drive(40, new MemoryDisk(new Random(40)) { Capacity = capacity }, 300);
        Assert.True(run.Failed);
        AssertLandsOn(run, run.Disk, run.Acknowledged, "full disk");
    }

    [Fact]
    public void A_failed_flush_stops_the_host_and_loses_nothing()
    {
        for (var flush = 1; flush < 30; flush++)
        {
            var run = Drive(50, new MemoryDisk(new Random(50)) { FailingFlush = flush }, 300);
            Assert.True(run.Failed);
            AssertLandsOn(run, run.Disk.AfterPowerLoss(), run.Acknowledged, $"flush {flush}");
        }
    }

    [Fact]
    public void A_disk_that_lies_about_flushing_gives_an_earlier_state_or_a_refusal()
    {
        for (var seed = 60; seed < 75; seed++)
        {
            var disk = new MemoryDisk(new Random(seed)) { LosesFlushes = true };
            var run = Drive(seed, disk, 120, snapshotEvery: 30);
            var venue = VenueHost.Recover(disk.AfterPowerLoss(), new SealVerifier(), out var report);
            if (venue != null)
                Assert.Equal(run.Hashes[report.Journal.NextSequence], venue.StateHash());
        }
    }

    [Fact]
    public void What_a_killed_process_had_written_and_not_flushed_is_flushed_before_anything_is_built_on_it()
    {
        var run = Drive(73, new MemoryDisk(new Random(73)), 60);
        var disk = run.Disk.Copy();
        var parameters = SimulatedMarket.Parameters();
        disk.LosesFlushes = true;                                // what is written now is in the system's cache alone
        using (var killed = VenueHost.Open(disk, new SealVerifier(), parameters, out _))
        {
            killed!.Submit(new Command { Kind = CommandKind.Tick, Time = killed.Venue.Now + 1 });
            killed.Commit();
        }
        disk.LosesFlushes = false;
        using var host = VenueHost.Open(disk, new SealVerifier(), parameters, out _, segmentBytes: 1);
        host!.Submit(new Command { Kind = CommandKind.Tick, Time = host.Venue.Now + 1 });
        host.Commit();
        for (var i = 0; i < 20; i++)
        {
            var venue = VenueHost.Recover(disk.AfterPowerLoss(), new SealVerifier(), out var report);
            Assert.True(report.IsUsable, report.Describe());
            Assert.Equal(host.Venue.StateHash(), venue!.StateHash());
        }
    }

    [Fact]
    public void A_mark_of_another_history_is_refused()
    {
        var run = Drive(70, new MemoryDisk(new Random(70)), 120);
        var other = Drive(71, new MemoryDisk(new Random(71)), 60);
        Assert.True(other.Acknowledged < run.Acknowledged);
        var mixed = run.Disk.With(AcknowledgedMark.Name, other.Disk.Read(AcknowledgedMark.Name));
        Assert.Equal(JournalOutcome.ForeignMark, JournalReader.Read(mixed).Outcome);
        Assert.Null(VenueHost.Open(mixed, new SealVerifier(), SimulatedMarket.Parameters(), out var report));
        Assert.Equal(RecoveryOutcome.JournalDamaged, report.Outcome);
    }

    [Fact]
    public void A_folder_that_lost_its_journal_and_kept_its_mark_is_no_new_venue()
    {
        var run = Drive(72, new MemoryDisk(new Random(72)), 60, segmentBytes: long.MaxValue);
        var emptied = run.Disk.Copy();
        emptied.Delete(JournalReader.Segments(emptied)[0]);
        Assert.Null(VenueHost.Open(emptied, new SealVerifier(), SimulatedMarket.Parameters(), out var report));
        Assert.Equal(JournalOutcome.AcknowledgedMissing, report.Journal.Outcome);
    }

    [Fact]
    public void A_snapshot_of_more_than_the_journal_holds_is_no_reason_to_go_back()
    {
        var run = Drive(81, new MemoryDisk(new Random(81)), 120, snapshotEvery: 20);
        var disk = run.Disk.Copy();
        disk.Delete(AcknowledgedMark.Name);
        foreach (var name in JournalReader.Segments(disk).Skip(1))
            disk.Delete(name);
        Assert.Null(VenueHost.Open(disk, new SealVerifier(), SimulatedMarket.Parameters(), out var report));
        Assert.Equal(JournalOutcome.AcknowledgedMissing, report.Journal.Outcome);
        disk.Delete(JournalReader.Segments(disk)[0]);
        Assert.Null(VenueHost.Open(disk, new SealVerifier(), SimulatedMarket.Parameters(), out report));
        Assert.Equal(JournalOutcome.AcknowledgedMissing, report.Journal.Outcome);
    }

    // It was acknowledged, and no later start could read it.
    [Fact]
    public void What_a_journal_cannot_give_back_is_not_written()
    {
        var disk = new MemoryDisk(new Random(82));
        using (var host = VenueHost.Open(disk, new SealVerifier(), SimulatedMarket.Parameters(), out _)!)
        {
            Command[] bad =
            [
                new() { Time = 1 },
                new() { Kind = (CommandKind)13, Time = 1 },
                new() { Kind = (CommandKind)26, Time = 1 },
                new() { Kind = (CommandKind)99, Time = 1 },
                new() { Kind = CommandKind.OpenAccount, Time = 1, Other = -1, Data = new byte[(1 << 20) + 1] },
                new() { Kind = CommandKind.Govern, Time = 1, Data = [1], Signature = new byte[(1 << 20) + 1] },
            ];
            foreach (var command in bad)
                Assert.Equal(RejectCode.MalformedCommand, host.Submit(command).Code);
            Assert.Equal(0, host.Pending);

            // As long as may be, and more of them than a frame can hold.
            var long1 = new Command { Kind = CommandKind.Govern, Time = 1, Data = new byte[1 << 20] };
            for (var i = 0; i < 70; i++)
                Assert.Equal(RejectCode.InvalidSignature, host.Submit(long1 with { Signature = [1] }).Code);
            host.Commit();
        }
        var venue = VenueHost.Recover(disk, new SealVerifier(), out var report);
        Assert.True(venue != null, report.Describe());
        Assert.Equal(70UL, venue.Commands);
    }

    [Fact]
    public void A_host_that_has_failed_does_nothing_more()
    {
        for (var flush = 0; flush < 3; flush++)                  // the mark's, the snapshot's, and none
        {
            var disk = new MemoryDisk(new Random(83));
            using var host = VenueHost.Open(disk, new SealVerifier(), SimulatedMarket.Parameters(), out _)!;
            disk.FailingFlush = flush;
            if (flush == 2)
            {
                host.WriteSnapshot();
                continue;
            }
            Assert.Throws<IOException>(host.WriteSnapshot);
            Assert.Throws<InvalidOperationException>(() =>
                host.Submit(new Command { Kind = CommandKind.Tick, Time = 1 }));
            Assert.Throws<InvalidOperationException>(host.Commit);
        }
    }

    // Both wrote at the same place of the same file, both acknowledged, and one of them was overwritten.
    [Fact]
    public void A_folder_has_one_writer()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"zkx-lock-{Environment.ProcessId}");
        try
        {
            var parameters = SimulatedMarket.Parameters();
            using (var first = VenueHost.Open(new FolderDisk(folder), new SealVerifier(), parameters, out _))
            {
                Assert.Throws<IOException>(() =>
                    VenueHost.Open(new FolderDisk(folder), new SealVerifier(), parameters, out _));
                first!.Submit(new Command { Kind = CommandKind.Tick, Time = 1 });
                first.Commit();
                Assert.NotNull(VenueHost.Recover(new FolderDisk(folder), new SealVerifier(), out _));
            }
            using var second = VenueHost.Open(new FolderDisk(folder), new SealVerifier(), parameters, out _);
            Assert.Equal(3UL, second!.NextSequence);
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_reader_may_come_while_a_host_is_at_work()
    {
        for (var look = 1; look < 12; look++)
        {
            var disk = new MemoryDisk(new Random(87));
            using var host = VenueHost.Open(disk, new SealVerifier(), SimulatedMarket.Parameters(), out _, 64);
            var busy = new BusyDisk(disk, look, () =>
            {
                host!.Submit(new Command { Kind = CommandKind.Tick, Time = host.Venue.Now + 1 });
                host.Commit();
            });
            for (var i = 0; i < 4; i++)
            {
                var verdict = JournalReader.Read(busy);
                Assert.True(verdict.IsUsable, $"look {look}: {verdict.Describe()}");
            }
        }
    }

    // Something happens after every so many looks at it.
    sealed class BusyDisk(IJournalDisk disk, int every, Action work) : IJournalDisk
    {
        int _looks;

        public IReadOnlyList<string> Names() => Then(disk.Names());

        public byte[] Read(string name) => Then(disk.Read(name));

        public IJournalFile Open(string name) => throw new NotSupportedException();

        public void Replace(string name, ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

        public void Delete(string name) => throw new NotSupportedException();

        public IDisposable Lock() => throw new NotSupportedException();

        T Then<T>(T seen)
        {
            if (++_looks % every == 0) work();
            return seen;
        }
    }

    [Fact]
    public void No_new_file_is_begun_on_the_rest_of_a_torn_one()
    {
        var run = Drive(84, new MemoryDisk(new Random(84)), 120);
        var names = JournalReader.Segments(run.Disk);
        Assert.True(names.Count > 3);

        // No mark, the third file cut within its first frame and of the later ones nothing but heads.
        var disk = run.Disk.With(names[2], run.Disk.Read(names[2])[..100]);
        disk.Delete(AcknowledgedMark.Name);
        foreach (var name in names.Skip(3))
            disk = disk.With(name, disk.Read(name)[..90]);
        foreach (var snapshot in Snapshot.NamesIn(disk))
            disk.Delete(snapshot);
        for (var i = 0; i < 2; i++)
        {
            using var host = VenueHost.Open(disk, new SealVerifier(), SimulatedMarket.Parameters(), out var report, 64);
            Assert.True(host != null, report.Describe());
            for (var j = 0; j < 100; j++)
            {
                host.Submit(new Command { Kind = CommandKind.Tick, Time = host.Venue.Now + 1 });
                host.Commit();
            }
        }
        Assert.Equal(JournalOutcome.Sound, JournalReader.Read(disk).Outcome);
    }

    [Fact]
    public void A_frame_within_the_data_of_a_torn_one_is_no_later_frame()
    {
        var (disk, name, ends) = Planted();
        var bytes = disk.Read(name);
        var (last, insides) = (ends[^2].End, Insides(bytes, ends[^2].End));
        for (var length = last + 1; length < bytes.Length; length++)
        {
            // Where the file ends with the frame within, the one around it may have lost bytes.
            var expected = insides.Contains(length) ? JournalOutcome.DamagedMiddle : JournalOutcome.TornTail;
            Assert.Equal(expected, JournalReader.Read(disk.With(name, bytes[..length])).Outcome);
        }

        bytes[^50] ^= 1;                                         // all there, and not whole
        Assert.Equal(JournalOutcome.TornTail, JournalReader.Read(disk.With(name, bytes)).Outcome);
    }

    [Fact]
    public void A_length_that_lies_hides_no_later_frame()
    {
        var (disk, name, ends) = Planted();
        disk.Delete(AcknowledgedMark.Name);
        var start = ends[^3].End;
        foreach (var length in (int[])[4000, 40_000, FrameHeader.LengthMax])
        {
            var bytes = disk.Read(name);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(start + 8), length);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(start + 104), Crc32C.Of(bytes.AsSpan(start, 104)));
            Assert.Equal(JournalOutcome.DamagedMiddle, JournalReader.Read(disk.With(name, bytes)).Outcome);

            bytes = disk.Read(name);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(start + 112), length);
            Assert.Equal(JournalOutcome.DamagedMiddle, JournalReader.Read(disk.With(name, bytes)).Outcome);

            // Half of its data is gone, so that the next one begins within its length.
            bytes = disk.Read(name);
            bytes = [.. bytes[..(start + 300)], .. bytes[(start + 700)..]];
            Assert.Equal(JournalOutcome.DamagedMiddle, JournalReader.Read(disk.With(name, bytes)).Outcome);
        }

        // The head of another, longer frame in its place.
        var moved = disk.Read(name);
        moved.AsSpan(ends[^2].End, 116).CopyTo(moved.AsSpan(start));
        Assert.Equal(JournalOutcome.DamagedMiddle, JournalReader.Read(disk.With(name, moved)).Outcome);
    }

    // A journal whose last frame, longer than the one before, has whole frames in its data; not in its mark.
    static (MemoryDisk Disk, string Name, List<(int End, ulong Next)> Ends) Planted()
    {
        var run = Drive(86, new MemoryDisk(new Random(86)), 40, segmentBytes: long.MaxValue);
        var name = JournalReader.Segments(run.Disk)[0];
        var frame = run.Disk.Read(name)[..FrameEnds(run.Disk)[0].End];
        foreach (var data in (byte[][])[new byte[800], [.. new byte[900], .. frame, 1, 2, .. frame, 3]])
        {
            using var host = VenueHost.Open(run.Disk, new SealVerifier(), SimulatedMarket.Parameters(), out _);
            var command = new Command { Kind = CommandKind.OpenAccount, Time = host!.Venue.Now, Other = -1 };
            host.Submit(command with { Data = data });
            host.Commit();
        }

        // The mark of the frame before: the last one was not acknowledged.
        var ends = FrameEnds(run.Disk);
        var before = run.Disk.With(name, run.Disk.Read(name)[..ends[^2].End]);
        before.Delete(AcknowledgedMark.Name);
        using (var host = VenueHost.Open(before, new SealVerifier(), SimulatedMarket.Parameters(), out _))
            Assert.NotNull(host);
        return (run.Disk.With(AcknowledgedMark.Name, before.Read(AcknowledgedMark.Name)), name, ends);
    }

    static List<int> Insides(byte[] bytes, int from)
    {
        var ends = new List<int>();
        for (var next = bytes.AsSpan(from + 1).IndexOf("ZKXJ"u8); next >= 0;
             next = bytes.AsSpan(from + 1).IndexOf("ZKXJ"u8))
        {
            from += 1 + next;
            ends.Add(from + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(from + 8)));
        }
        return ends;
    }

    [Fact]
    public void A_damaged_snapshot_is_passed_over()
    {
        var run = Drive(80, new MemoryDisk(new Random(80)), 200, snapshotEvery: 20);
        var names = Snapshot.NamesIn(run.Disk);
        Assert.Equal(2, names.Count);
        var bytes = run.Disk.Read(names[0]);
        for (var at = 0; at < bytes.Length; at += 211)
        {
            bytes[at] ^= 16;
            var damaged = run.Disk.With(names[0], bytes);
            bytes[at] ^= 16;
            AssertLandsOn(run, damaged, run.Acknowledged, $"byte {at}");
        }
    }

    [Fact]
    public void A_sound_journal_that_replays_otherwise_is_refused()
    {
        var run = Drive(90, new MemoryDisk(new Random(90)), 200);
        Assert.Null(VenueHost.Recover(run.Disk, new NoVerifier(), out var report));
        Assert.Equal(RecoveryOutcome.Diverged, report.Outcome);
    }

    [Fact]
    public void Any_fault_gives_a_state_that_was_or_a_refusal() => InjectFaults(100, 600);

    [Fact]
    [Trait("Category", "Long")]
    public void A_hundred_thousand_faults_give_no_state_that_never_was() =>
        InjectFaults(SoakBounds.Seed(1000), SoakBounds.Count(100_000));

    // Faults in the files of many short runs, snapshots included.
    static void InjectFaults(int seed, int count)
    {
        const int FaultsPerRun = 400;
        var outcomes = new SortedDictionary<RecoveryOutcome, int>();
        for (var done = 0; done < count; seed++)
        {
            var random = new Random(seed);
            var run = Drive(seed, new MemoryDisk(random), random.Next(110, 260), snapshotEvery: 50);
            for (var i = 0; i < FaultsPerRun && done < count; i++, done++)
            {
                var fault = Damage(run.Disk, random, out var disk);
                var venue = VenueHost.Recover(disk, new SealVerifier(), out var report);
                outcomes[report.Outcome] = outcomes.GetValueOrDefault(report.Outcome) + 1;
                var where = $"seed {seed}, fault {i}: {fault}: {report.Describe()}";
                Assert.True(venue == null || report.IsUsable, where);
                Assert.True(report.Outcome != RecoveryOutcome.Diverged, where);

                // One fault never takes back in silence what was acknowledged.
                Assert.True(!report.IsUsable || report.Journal.NextSequence >= run.Acknowledged, where);
                Assert.True(venue == null
                    || venue.StateHash().AsSpan().SequenceEqual(run.Hashes[report.Journal.NextSequence]), where);
            }
        }
        Console.WriteLine($"{count} faults: {string.Join(", ", outcomes)}");
        Assert.True(outcomes.Count >= 2, string.Join(", ", outcomes));
    }

    // One fault, in words, and the disk that has it.
    static string Damage(MemoryDisk disk, Random random, out MemoryDisk damaged)
    {
        var names = disk.Names();
        var name = names[random.Next(names.Count)];
        var bytes = disk.Read(name);
        var at = random.Next(bytes.Length);
        var length = random.Next(1, Math.Min(700, bytes.Length - at) + 1);
        var kind = random.Next(7);
        switch (kind)
        {
            case 0:
                bytes = bytes[..at];
                break;
            case 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes.AsSpan(at, length).Clear();
                break;
            case 3:
                random.NextBytes(bytes.AsSpan(at, length));
                break;
            case 4:
                bytes = [.. bytes[..at], .. bytes[(at + length)..]];
                break;
            case 5:
                bytes = [.. bytes[..(at + length)], .. bytes[at..]];
                break;
            default:
                damaged = disk.Copy();
                damaged.Delete(name);
                return $"{name} is lost";
        }
        damaged = disk.With(name, bytes);
        return $"kind {kind} of {name} at {at}, {length} bytes";
    }

    sealed class NoVerifier : ISignatureVerifier
    {
        public bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => false;
    }

    static List<(int End, ulong Next)> FrameEnds(MemoryDisk disk)
    {
        var visitor = new Ends();
        var verdict = JournalReader.Read(disk, visitor);
        Assert.Equal(JournalOutcome.Sound, verdict.Outcome);
        return visitor.All;
    }

    sealed class Ends : IJournalVisitor
    {
        public List<(int End, ulong Next)> All { get; } = [];

        public bool OnFrame(FrameHeader header, string segment, long offset)
        {
            All.Add(((int)offset + header.Length, header.FirstSequence + (ulong)header.Count));
            return true;
        }

        public void OnCommand(ulong sequence, ReadOnlySpan<byte> command) => Assert.NotEqual(0UL, sequence);
    }

    // The disk of a run with one more frame that was written and never flushed.
    static MemoryDisk Unfinished(Run run, Random random)
    {
        var disk = run.Disk.Copy();
        var verdict = JournalReader.Read(disk);
        disk.LosesFlushes = true;
        using var journal = new JournalWriter(disk, verdict);
        var command = new byte[random.Next(1, 600)];
        random.NextBytes(command);
        journal.Add(command);
        journal.Commit(0, new byte[32], 0);
        var name = JournalReader.Segments(disk)[^1];
        var bytes = disk.Read(name);
        bytes[^1] ^= 1;                                          // not quite whole, or it would rightly count
        var torn = run.Disk.Copy();
        torn.LosesFlushes = true;
        torn.Open(name).Append(bytes.AsSpan((int)torn.Open(name).Length));
        return torn;
    }
}
