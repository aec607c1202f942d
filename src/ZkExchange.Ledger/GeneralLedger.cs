namespace ZkExchange.Ledger;

/// <summary>
/// All balances. Money only ever moves from one account to another of the same asset, so every asset sums to zero by
/// construction.
/// </summary>
/// <remarks>
/// Which sign a balance may have follows from the kind of account and is checked after every movement, in every
/// build: whoever moves money checks
/// first, so a violation is our mistake and stops the process. Statements are the postings, kept by whoever reads
/// <see cref="Postings"/>.
/// </remarks>
public sealed class GeneralLedger
{
    readonly IdMap _slots = new(4096);
    LedgerAccount[] _accounts = new LedgerAccount[1024];
    Int128[] _balances = new Int128[1024];
    Posting[] _postings = new Posting[64];
    ulong[] _assets = new ulong[64];
    int _count;
    int _postingCount;

    /// <summary>What has moved since the last <see cref="ClearPostings"/>.</summary>
    public ReadOnlySpan<Posting> Postings => _postings.AsSpan(0, _postingCount);

    /// <summary>Forgets the postings; the balances stay.</summary>
    public void ClearPostings() => _postingCount = 0;

    /// <summary>A balance in the asset's smallest unit, 0 for an account that was never used.</summary>
    public Int128 BalanceOf(LedgerAccount account)
    {
        var slot = _slots.Find(account.Key);
        return slot < 0 ? 0 : _balances[slot];
    }

    /// <summary>Moves an amount, 0 to 2^90 - 1. Nothing happens for 0.</summary>
    public void Move(LedgerAccount from, LedgerAccount to, Int128 amount, PostingReason reason)
    {
        if (amount == 0)
            return;
        Invariant.Holds(Amounts.IsPositive(amount) && from.Asset == to.Asset && from != to);
        Change(from, -amount);
        Change(to, amount);
        if (_postingCount == _postings.Length)
            Array.Resize(ref _postings, 2 * _postingCount);
        _postings[_postingCount++] = new Posting(from, to, amount, reason);
    }

    /// <summary>A bit for each of the first 64 assets in which a customer ever had an account.</summary>
    public ulong AssetsOf(int owner) => owner < _assets.Length ? _assets[owner] : 0;

    /// <summary>True if an account could take so much more and stay in range.</summary>
    public bool CanTake(LedgerAccount account, Int128 amount) => BalanceOf(account) + amount < Amounts.Limit;

    /// <summary>All accounts that were ever used and their balances, in ascending order of their keys.</summary>
    public IReadOnlyList<(LedgerAccount Account, Int128 Balance)> Balances()
    {
        var all = new (LedgerAccount Account, Int128 Balance)[_count];
        for (var i = 0; i < _count; i++)
            all[i] = (_accounts[i], _balances[i]);
        Array.Sort(all, (a, b) => a.Account.Key.CompareTo(b.Account.Key));
        return all;
    }

    /// <summary>Adds everything up again: each asset must come to zero.</summary>
    public void CheckBalanced()
    {
        var assets = 0;
        for (var i = 0; i < _count; i++)
            assets = Math.Max(assets, _accounts[i].Asset + 1);
        Span<Int128> totals = new Int128[assets];
        for (var i = 0; i < _count; i++)
        {
            totals[_accounts[i].Asset] += _balances[i];
            Invariant.Holds(IsAllowed(_accounts[i].Kind, _balances[i]));
        }
        foreach (var total in totals)
            Invariant.Holds(total == 0);
    }

    /// <summary>Writes all balances other than zero, by ascending key.</summary>
    public void Write(StateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var all = Balances();
        var used = 0;
        foreach (var (_, balance) in all)
            used += balance != 0 ? 1 : 0;
        writer.I32(used);
        foreach (var (account, balance) in all)
        {
            if (balance == 0)
                continue;
            writer.U64(account.Key);
            writer.Amount(balance);
        }
    }

    /// <summary>Reads into an empty ledger what <see cref="Write"/> wrote; false if it does not add up.</summary>
    public bool TryRead(ref StateReader reader)
    {
        Invariant.Holds(_count == 0);
        var used = reader.Count(24);
        for (var i = 0; i < used; i++)
        {
            var account = LedgerAccount.FromKey(reader.U64());
            var balance = reader.Amount();
            if (balance == 0 || !IsAllowed(account.Kind, balance) || _slots.Find(account.Key) >= 0)
                return false;
            _balances[SlotOf(account)] = balance;
        }
        return reader.IsSound;
    }

    void Change(LedgerAccount account, Int128 amount)
    {
        var slot = SlotOf(account);
        _balances[slot] += amount;
        Invariant.Holds(IsAllowed(account.Kind, _balances[slot]));
    }

    int SlotOf(LedgerAccount account)
    {
        var slot = _slots.Find(account.Key);
        if (slot >= 0)
            return slot;
        if (_count == _balances.Length)
        {
            Array.Resize(ref _balances, 2 * _count);
            Array.Resize(ref _accounts, 2 * _count);
        }
        if (account.IsCustomers && account.Asset < 64)
        {
            if (account.Owner >= _assets.Length)
                Array.Resize(ref _assets, Math.Max(account.Owner + 1, 2 * _assets.Length));
            _assets[account.Owner] |= 1UL << account.Asset;
        }
        _accounts[_count] = account;
        _slots.Add(account.Key, _count);
        return _count++;
    }

    static bool IsAllowed(AccountKind kind, Int128 balance) =>
        balance < Amounts.Limit && balance > -Amounts.Limit && kind switch
        {
            AccountKind.Debt or AccountKind.Deficit => balance <= 0,
            AccountKind.Clearing or AccountKind.Funding or AccountKind.External => true,
            AccountKind.None => false,
            _ => balance >= 0,
        };
}
