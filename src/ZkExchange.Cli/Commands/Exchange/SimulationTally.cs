using ZkExchange.Exchange;
using ZkExchange.Matching;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>What happened in a run, counted.</summary>
sealed class SimulationTally
{
    public long Refused { get; private set; }

    public long Fills { get; private set; }

    public long Events { get; private set; }

    public long Liquidations { get; private set; }

    public long Deleveraged { get; private set; }

    /// <summary>Takeovers by the insurance fund, those beyond its means included.</summary>
    public long TakenOver { get; private set; }

    /// <summary>Takeovers beyond its means.</summary>
    public long LastResorts { get; private set; }

    /// <summary>Counts one command.</summary>
    public void Add(Venue venue, CommandResult result)
    {
        Refused += result.IsDone ? 0 : 1;
        Events += venue.BookEvents.Count + venue.Ledger.Postings.Length + venue.Notices.Count;
        foreach (ref readonly var e in venue.BookEvents.Items)
            Fills += e.Kind is MatchEventKind.Fill or MatchEventKind.AuctionFill ? 1 : 0;
        for (var i = 0; i < venue.Notices.Count; i++)
        {
            var kind = venue.Notices[i].Kind;
            Liquidations += kind == NoticeKind.LiquidationOrder ? 1 : 0;
            Deleveraged += kind == NoticeKind.Deleveraged ? 1 : 0;
            TakenOver += kind is NoticeKind.TakenOver or NoticeKind.TakenAsLastResort ? 1 : 0;
            LastResorts += kind == NoticeKind.TakenAsLastResort ? 1 : 0;
        }
    }
}
