using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using ZkExchange.Cli.Input;
using ZkExchange.Cli.Output;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Hosting;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>A recorded market drives a venue; the laws are audited as it goes.</summary>
/// <param name="seed">Of the crowd.</param>
/// <param name="most">Commands after which the run ends, if the recording has not.</param>
/// <param name="auditEvery">Commands between two audits.</param>
sealed class MarketRun(int seed, long most, int auditEvery)
{
    const int Perpetual = 1;
    const int CommandsPerFlush = 100;

    readonly SimulationTally _tally = new();
    long _lines;
    long _commands;
    long _outsideBand;
    long _markMin = long.MaxValue;
    long _markMax;

    /// <summary>Runs to the end of the recording or of the commands.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="open">Makes the host of a venue with these parameters.</param>
    /// <param name="cancellation">Ends the run between two lines.</param>
    /// <returns>The host, to be disposed.</returns>
    public VenueHost Play(
        IReadOnlyList<string> paths, Func<VenueParameters, VenueHost> open, CancellationToken cancellation)
    {
        using var lines = RecordedMarketFile.Read(paths).GetEnumerator();
        if (!lines.MoveNext()) throw CommandException.Usage("--market needs a file.");
        var start = lines.Current.Price.Time;
        var host = open(RecordedCrowd.Parameters(start));
        try
        {
            var crowd = new RecordedCrowd(seed, host.Venue);
            var goesOn = Do(host, crowd.Prepare(start), lines.Current);
            while (goesOn)
            {
                cancellation.ThrowIfCancellationRequested();
                _lines++;
                goesOn = Do(host, crowd.Follow(lines.Current.Price), lines.Current) && lines.MoveNext();
            }

            host.Commit();
            host.Venue.Audit();
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    bool Do(VenueHost host, IEnumerable<Command> commands, in RecordedLine line)
    {
        foreach (var command in commands)
        {
            if (_commands == most) return false;
            _commands++;
            try
            {
                var result = host.Submit(command);
                if (_commands % auditEvery == 0) host.Venue.Audit();
                if (_commands % CommandsPerFlush == 0) host.Commit();
                Note(host.Venue, result);
            }
            catch (Exception error) when (error is InvalidOperationException or ArithmeticException)
            {
                throw new CommandException(ExitCode.Failure, "InvariantViolated",
                    $"{line.Path}:{line.Number}: command {_commands} ({command.Kind}) of seed {seed}: {error}");
            }
        }

        return true;
    }

    void Note(Venue venue, CommandResult result)
    {
        _tally.Add(venue, result);
        _outsideBand += result.Code == RejectCode.OutsidePriceBand ? 1 : 0;
        foreach (var notice in venue.Notices)
        {
            if (notice.Kind != NoticeKind.MarkChanged || notice.Instrument != Perpetual || notice.Price == 0) continue;
            _markMin = Math.Min(_markMin, notice.Price);
            _markMax = Math.Max(_markMax, notice.Price);
        }
    }

    /// <summary>Says what happened.</summary>
    public void Tell(CommandHost host, bool json, Venue venue, TimeSpan elapsed)
    {
        var hash = Convert.ToHexStringLower(venue.StateHash());
        var (least, highest) = (_markMax == 0 ? "none" : Dollars(_markMin), _markMax == 0 ? "none" : Dollars(_markMax));
        if (json)
        {
            host.Output.WriteLine(Json.Of(new JsonObject
            {
                ["ok"] = true,
                ["lines"] = _lines,
                ["commands"] = _commands,
                ["refused"] = _tally.Refused,
                ["outsideBand"] = _outsideBand,
                ["fills"] = _tally.Fills,
                ["liquidations"] = _tally.Liquidations,
                ["takenOver"] = _tally.TakenOver,
                ["lastResorts"] = _tally.LastResorts,
                ["deleveraged"] = _tally.Deleveraged,
                ["events"] = _tally.Events,
                ["minMark"] = least,
                ["maxMark"] = highest,
                ["auditEvery"] = auditEvery,
                ["violatedInvariants"] = 0,
                ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
                ["stateHash"] = hash,
                ["eventDigest"] = venue.Digest.ToString("x16", CultureInfo.InvariantCulture),
            }));
            return;
        }

        var rate = (long)(_commands / Math.Max(0.001, elapsed.TotalSeconds));
        host.Output.WriteLine($"{Figures.Count(_lines)} lines read, {Figures.Count(_commands)} commands in "
            + $"{Figures.Duration(elapsed)} ({Figures.Count(rate)} a second), {Figures.Count(_tally.Refused)} of them "
            + $"refused with a reason, {Figures.Count(_outsideBand)} for the band.");
        host.Output.WriteLine(
            $"{Figures.Of(_tally.Fills, "fill")}, {Figures.Of(_tally.Liquidations, "liquidation order")}, "
            + $"{Figures.Count(_tally.TakenOver)} taken over, {Figures.Count(_tally.Deleveraged)} deleveraged, "
            + $"{Figures.Of(_tally.Events, "event")}.");
        host.Output.WriteLine($"Mark of the perpetual from {least} to {highest} dollars.");
        var often = auditEvery == 1 ? "every command" : $"each {Figures.Count(auditEvery)} commands";
        host.Output.WriteLine($"0 violated invariants; all of them were audited after {often}.");
        host.Output.WriteLine($"state  {hash}");
    }

    // 32.16 ticks of 0.1 dollars as dollars, floored to cents.
    static string Dollars(long mark) => DecimalText.Format((BigInteger)mark * 10 >> 16, 2);
}
