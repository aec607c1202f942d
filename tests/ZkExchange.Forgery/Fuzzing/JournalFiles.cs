using ZkExchange.Exchange;
using ZkExchange.Exchange.Hosting;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger.Journal;

namespace ZkExchange.Forgery.Fuzzing;

/// <summary>A venue's journal and snapshot, changed, through the recovery of the venue: what comes out is a state that
/// the venue was in, or nothing.</summary>
sealed class JournalFiles : ITarget
{
    const int Commits = 40;
    const int CommandsEach = 5;

    readonly Random _random;
    readonly Mutator _mutator;
    readonly SortedDictionary<string, byte[]> _written = new(StringComparer.Ordinal);
    readonly Dictionary<string, ulong> _states = new(StringComparer.Ordinal);

    public JournalFiles(Random random, Mutator mutator)
    {
        (_random, _mutator) = (random, mutator);
        var home = Directory.CreateTempSubdirectory("zkx-fuzz-").FullName;
        try
        {
            var (disk, parameters) = (new FolderDisk(home), SimulatedMarket.Parameters());
            using (var host = VenueHost.Open(disk, new SchemeVerifier(), parameters, out _, segmentBytes: 1 << 14)!)
            {
                var crowd = new Crowd(7, host.Venue);
                Note(host.Venue);
                for (var commit = 0; commit < Commits; commit++)
                {
                    for (var i = 0; i < CommandsEach; i++)
                    {
                        host.Submit(crowd.Next());
                        Note(host.Venue);
                    }

                    host.Commit();
                    if (commit == Commits / 2) host.WriteSnapshot();
                }
            }

            foreach (var path in Directory.GetFiles(home))
                _written.Add(Path.GetFileName(path), File.ReadAllBytes(path));
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    public byte[] Input { get; private set; } = [];

    public string? Try()
    {
        var files = new SortedDictionary<string, byte[]>(_written, StringComparer.Ordinal);
        var (name, other) = (Pick(), Pick());
        switch (_random.Next(8))
        {
            case 0:
                files.Remove(name);
                break;
            case 1:
                (files[name], files[other]) = (files[other], files[name]);
                break;
            case 2:
                files[name] = [.. files[name], .. files[other]];
                break;
            case 3:
                files[name] = files[name][.._random.Next(files[name].Length)];
                break;
            default:
                files[name] = _mutator.Change(files[name], isText: false);
                break;
        }

        Input = files.GetValueOrDefault(name) ?? [];
        var venue = VenueHost.Recover(new BytesDisk(files), new SchemeVerifier(), out var report);
        if (venue is null) return report.Describe().Length == 0 ? "refused without a reason" : null;
        if (!report.IsUsable) return "a venue of a journal that cannot be used";
        return _states.ContainsKey(Convert.ToHexString(venue.StateHash())) ? null : "a state that never was";
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    void Note(Venue venue) => _states[Convert.ToHexString(venue.StateHash())] = (ulong)venue.Commands;

    string Pick() => _written.Keys.ElementAt(_random.Next(_written.Count));

    sealed class BytesDisk(IReadOnlyDictionary<string, byte[]> files) : IJournalDisk
    {
        public IReadOnlyList<string> Names() => [.. files.Keys];

        public byte[] Read(string name) => [.. files[name]];

        public IJournalFile Open(string name) => throw new NotSupportedException("Recovery writes nothing.");

        public void Replace(string name, ReadOnlySpan<byte> bytes) =>
            throw new NotSupportedException("Recovery writes nothing.");

        public void Delete(string name) => throw new NotSupportedException("Recovery writes nothing.");

        public IDisposable Lock() => throw new NotSupportedException("Recovery writes nothing.");
    }
}
