using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Exchange;

/// <summary>
/// The exchange: a pure function of its state and a command, to a new state and events. No clock, no chance, no input
/// or output inside.
/// </summary>
/// <remarks>
/// A command is checked, then done; a refused one changes nothing but the count of commands. Books tell what
/// happened, and the ledger and the margin
/// engine follow. The law is specs/70-exchange-core.md; <see cref="StateHash"/> is over the canonical form of all
/// there is.
/// </remarks>
public sealed partial class Venue
{
    readonly ISignatureVerifier _signatures;
    readonly List<Market> _markets = [];
    readonly List<(string Name, int Master)> _accounts = [];
    readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    readonly List<Notice> _notices = [];
    readonly Dictionary<(int Account, ulong ClientId), (ulong Order, int Instrument)> _clients = [];
    EventDigest _digest;
    byte[] _parametersHash;
    ulong _nextOrder = 1;
    long _now;
    long _nextDue = long.MaxValue;
    int _absorbed;
    ulong _liquidationOrder;

    /// <summary>A venue at its birth.</summary>
    /// <param name="parameters">Its first parameter set; must be valid.</param>
    /// <param name="signatures">Who judges signatures; a replay must use the same.</param>
    public Venue(VenueParameters parameters, ISignatureVerifier signatures)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(signatures);
        Invariant.Holds(parameters.IsValid());
        _signatures = signatures;
        Parameters = parameters;
        _parametersHash = parameters.Hash();
        Margin = new MarginEngine(Ledger, parameters.SettlementAsset);
        _accounts.Add((FundName, MarginEngine.Fund));
        _names.Add(FundName, MarginEngine.Fund);
        Adopt(parameters);
    }

    /// <summary>The name of account 0, which trades by the venue's hand alone (section 6).</summary>
    public const string FundName = "insurance-fund";

    /// <summary>All times of commands are below this: with any length of the parameters they stay in range.</summary>
    public const long TimeLimit = 1L << 62;

    /// <summary>All balances. Read only, for everybody but the venue.</summary>
    public GeneralLedger Ledger { get; } = new();

    /// <summary>Positions and requirements.</summary>
    public MarginEngine Margin { get; private set; }

    /// <summary>The parameter set in force.</summary>
    public VenueParameters Parameters { get; private set; }

    /// <summary>Its hash.</summary>
    public ReadOnlySpan<byte> ParametersHash => _parametersHash;

    /// <summary>What the books said about the last command.</summary>
    public EventBuffer BookEvents { get; } = new();

    /// <summary>What the venue said about the last command.</summary>
    public IReadOnlyList<Notice> Notices => _notices;

    /// <summary>Commands so far, the refused ones included.</summary>
    public ulong Commands { get; private set; }

    /// <summary>Digest of all events so far.</summary>
    public ulong Digest => _digest.Value;

    /// <summary>Time of the last command.</summary>
    public long Now => _now;

    /// <summary>Accounts: the fund, which is number 0, and the customers.</summary>
    public int AccountCount => _accounts.Count;

    /// <summary>Instruments.</summary>
    public int InstrumentCount => _markets.Count;

    /// <summary>The name under which an account was opened.</summary>
    public string NameOf(int account) => _accounts[account].Name;

    /// <summary>True for what an account may be called.</summary>
    public static bool IsName(string? name) => Text.IsName(name);

    /// <summary>The number of an account, or -1.</summary>
    public int AccountNamed(string name) => _names.GetValueOrDefault(name, -1);

    /// <summary>The book of an instrument. Read only, for everybody but the venue.</summary>
    public OrderBook BookOf(int instrument) => _markets[instrument].Book;

    /// <summary>Mark and index of an instrument.</summary>
    public PriceFeed FeedOf(int instrument) => _markets[instrument].Feed;

    /// <summary>Does one command.</summary>
    public CommandResult Execute(in Command c)
    {
        BookEvents.Clear();
        Ledger.ClearPostings();
        _notices.Clear();
        _absorbed = 0;
        Commands++;
        var result = c.Time < _now ? new CommandResult(RejectCode.TimeWentBackwards)
            : c.Time >= TimeLimit ? new CommandResult(RejectCode.MalformedCommand)
            : Run(c);
        Invariant.Holds(_absorbed == BookEvents.Count);
        _digest.Add((ulong)result.Code | (result.Id << 8));
        foreach (ref readonly var e in BookEvents.Items)
            _digest.Add(e);
        foreach (ref readonly var p in Ledger.Postings)
            _digest.Add(p);
        foreach (ref readonly var n in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_notices))
            _digest.Add(n);
        return result;
    }

    CommandResult Run(in Command c)
    {
        if (_now == 0)
            StartClock(c.Time);
        Advance(c.Time);
        switch (c.Kind)
        {
            case CommandKind.PlaceOrder:
                return PlaceOrder(c);
            case CommandKind.PlaceGroup:
                return PlaceGroup(c);
            case CommandKind.OpenAccount:
                return OpenAccount(c);
            case CommandKind.Tick:
                UpdateMarks();
                return default;
            case CommandKind.Price:
                return new CommandResult(AcceptPrice(c));
            case CommandKind.Govern:
                return new CommandResult(Govern(c));
            case CommandKind.CancelOrder:
                return new CommandResult(CancelOrder(c));
            case CommandKind.AmendOrder:
                return new CommandResult(AmendOrder(c));
            case CommandKind.CancelAll:
                return CancelAll(c);
            case CommandKind.ScheduleCancel:
                return new CommandResult(ScheduleCancel(c));
            default:
                return new CommandResult(MoveMoney(c));
        }
    }

    // Before the first command no time has passed: the intervals since zero are not walked through one by one.
    void StartClock(long first)
    {
        foreach (var market in _markets)
        {
            if (market.NextFunding != long.MaxValue)
                market.NextFunding = NextMultiple(first, market.Spec.Risk!.FundingInterval);
        }
        FindNextDue(_now);
    }

    // Everything that is due by itself, in the order of its due times: books by number first, then funding,
    // settlement, governance.
    void Advance(long now)
    {
        if (_nextDue <= now)
            FindNextDue(_now);                                   // what it was kept for may be gone by now
        while (_nextDue <= now)
        {
            var due = _nextDue;
            _now = due;
            foreach (var market in _markets)
            {
                if (market.Book.NextDue > due)
                    continue;
                market.Book.Advance(due);
                Absorb();
                RunFollowUps(market);
            }
            foreach (var market in _markets)
            {
                if (market.NextFunding <= due)
                    EndFunding(market, due, now);
                if (market.Spec.Expiry != 0 && !market.IsSettled && market.Spec.Expiry <= due)
                    TrySettle(market);
            }
            RunGovernance(due);
            FindNextDue(due);
        }
        _now = now;
    }

    void FindNextDue(long after)
    {
        _nextDue = NextGovernance();
        foreach (var market in _markets)
        {
            market.Book.ForgetIdleTimers();
            _nextDue = Math.Min(_nextDue, Math.Min(market.Book.NextDue, market.NextFunding));
            // one that is due and cannot settle is tried again at each mark
            if (market.Spec.Expiry > after)
                _nextDue = Math.Min(_nextDue, market.Spec.Expiry);
        }
    }

    CommandResult OpenAccount(in Command c)
    {
        var name = c.Data == null ? null : System.Text.Encoding.ASCII.GetString(c.Data);
        if (!Text.IsName(name) || (c.Other != -1 && !IsCustomer(c.Other)) || _accounts.Count >= 1 << 24)
            return new CommandResult(RejectCode.MalformedCommand);
        if (!_names.TryAdd(name!, _accounts.Count))
            return new CommandResult(RejectCode.DuplicateName);
        var number = _accounts.Count;
        _accounts.Add((name!, c.Other < 0 ? number : _accounts[c.Other].Master));
        Say(new Notice(NoticeKind.AccountOpened, number, -1));
        return new CommandResult(RejectCode.None, (ulong)number);
    }

    // Takes a parameter set into use: new assets and instruments appear, old ones learn their new numbers.
    void Adopt(VenueParameters parameters)
    {
        for (var i = 0; i < parameters.Assets.Count; i++)
            Margin.Add(i, new CollateralAsset { Tiers = parameters.Assets[i].Tiers });
        for (var i = 0; i < parameters.Instruments.Count; i++)
        {
            var spec = parameters.Instruments[i];
            if (i < _markets.Count)
            {
                if (spec.Risk?.FundingInterval != _markets[i].Spec.Risk?.FundingInterval)
                    _markets[i].NextFunding = FirstFunding(spec);
                _markets[i].Spec = spec;
                _markets[i].Book.SetRules(spec.Rules);
                if (spec.Risk != null)
                    Margin.ContractOf(i).Risk = spec.Risk;
                PriceCollateral(_markets[i]);
                continue;
            }
            _markets.Add(new Market(spec, new OrderBook(spec.Rules, BookEvents)) { NextFunding = FirstFunding(spec) });
            if (spec.Risk != null)
                Margin.Add(new Contract(i, spec.Rules.QuotePerTickLot, spec.Risk));
        }
        FindNextDue(_now);
    }

    // When the interval of a contract that has one ends.
    long FirstFunding(InstrumentSpec spec) => spec is
    {
        Risk.FundingInterval: > 0 and var interval,
        Rules.Kind: InstrumentKind.Perpetual,
    }
        ? NextMultiple(_now, interval) : long.MaxValue;

    static long NextMultiple(long now, long interval) => now - (now % interval) + interval;

    void Say(Notice notice) => _notices.Add(notice);

    Market? MarketOf(int instrument) => instrument >= 0 && instrument < _markets.Count ? _markets[instrument] : null;

    // Who may give commands: the fund is nobody's.
    bool IsCustomer(int account) => account > MarginEngine.Fund && account < _accounts.Count;
}
