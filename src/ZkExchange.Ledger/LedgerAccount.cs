namespace ZkExchange.Ledger;

/// <summary>The name of one account of the ledger.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Owner">The customer's number, from 1; 0 is the venue itself.</param>
/// <param name="Asset">What it is counted in, 0 .. 4095.</param>
/// <param name="Instrument">The contract, for accounts that belong to one; else 0.</param>
public readonly record struct LedgerAccount(AccountKind Kind, int Owner, int Asset, int Instrument = 0)
{
    /// <summary>Assets and instruments are numbered below this.</summary>
    public const int NumberLimit = 4096;

    /// <summary>All of it in 64 bits: kind, owner, instrument, asset, from the top.</summary>
    public ulong Key =>
        ((ulong)Kind << 56) | ((ulong)(uint)Owner << 24) | ((ulong)(uint)Instrument << 12) | (uint)Asset;

    /// <summary>The account with this key.</summary>
    public static LedgerAccount FromKey(ulong key) => new(
        (AccountKind)(key >> 56), (int)(key >> 24 & uint.MaxValue), (int)(key & 4095), (int)(key >> 12 & 4095));

    /// <summary>True for a customer's accounts.</summary>
    public bool IsCustomers => Kind is >= AccountKind.Free and <= AccountKind.Isolated;
}
