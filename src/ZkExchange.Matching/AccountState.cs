namespace ZkExchange.Matching;

/// <summary>What one book knows of one account.</summary>
struct AccountState
{
    /// <summary>First of its orders in this book plus 1; 0 for none.</summary>
    public int Head;

    public int Orders;

    /// <summary>Lots, signed; always 0 in a spot book.</summary>
    public long Position;

    /// <summary>Lots of its resting reduce-only orders, by side.</summary>
    public long ReduceOnlyBuys;

    public long ReduceOnlySells;

    /// <summary>All its orders die at this time, unless it is moved; 0 for never.</summary>
    public long CancelAt;

    /// <summary>Scratch of the fill-or-kill plan.</summary>
    public int Plan;

    public long PlanPosition;
}
