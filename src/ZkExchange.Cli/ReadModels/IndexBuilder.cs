using System.Globalization;
using ZkExchange.Cli.Commands.Exchange;
using ZkExchange.Exchange;
using ZkExchange.Ledger;
using ZkExchange.Matching;

namespace ZkExchange.Cli.ReadModels;

/// <summary>Fills an index while a journal is done again.</summary>
sealed class IndexBuilder(ExchangeIndex index)
{
    const int RowsPerSave = 5000;
    const int PlaceBits = 20;

    int _pending;

    /// <summary>Takes what one command did.</summary>
    public void Add(Venue venue, long time)
    {
        var first = ((long)venue.Commands + 1) << PlaceBits;     // the parameter set is command 1
        for (var i = 0; i < venue.BookEvents.Count; i++)
        {
            var e = venue.BookEvents[i];
            if (e.Kind is not (MatchEventKind.Fill or MatchEventKind.AuctionFill)) continue;
            index.Fills.Add(new FillRow
            {
                Id = first + i,
                Time = time,
                Instrument = venue.Parameters.Instruments[e.Instrument].Symbol,
                Taker = venue.NameOf(e.Account),
                Maker = venue.NameOf(e.OtherAccount),
                TakerSide = e.Side.ToString(),
                PriceTicks = e.Price,
                Lots = e.Quantity,
                IsAuction = e.Kind == MatchEventKind.AuctionFill,
            });
            _pending++;
        }

        for (var i = 0; i < venue.Ledger.Postings.Length; i++)
        {
            var posting = venue.Ledger.Postings[i];
            index.Postings.Add(new PostingRow
            {
                Id = first + i,
                Time = time,
                Asset = venue.Parameters.Assets[posting.From.Asset].Symbol,
                FromAccount = Owner(venue, posting.From),
                FromKind = posting.From.Kind.ToString(),
                ToAccount = Owner(venue, posting.To),
                ToKind = posting.To.Kind.ToString(),
                Amount = StateCommand.Amount(venue, posting.From.Asset, posting.Amount),
                Reason = posting.Reason.ToString(),
            });
            _pending++;
        }

        if (_pending >= RowsPerSave) Save();
    }

    /// <summary>Adds the balances, and writes what is left.</summary>
    public void Finish(Venue venue)
    {
        foreach (var (account, balance) in venue.Ledger.Balances())
        {
            if (balance == 0) continue;
            index.Balances.Add(new BalanceRow
            {
                Id = account.Key.ToString("x16", CultureInfo.InvariantCulture),
                Account = Owner(venue, account),
                Kind = account.Kind.ToString(),
                Asset = venue.Parameters.Assets[account.Asset].Symbol,
                Balance = StateCommand.Amount(venue, account.Asset, balance),
            });
        }

        Save();
    }

    void Save()
    {
        index.SaveChanges();
        index.ChangeTracker.Clear();
        _pending = 0;
    }

    static string Owner(Venue venue, LedgerAccount account) => account.IsCustomers ? venue.NameOf(account.Owner) : "";
}
