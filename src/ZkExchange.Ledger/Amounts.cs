namespace ZkExchange.Ledger;

/// <summary>The range of money.</summary>
public static class Amounts
{
    /// <summary>
    /// All amounts and balances are below 2^90 in magnitude, as in the statements that are proven about them.
    /// </summary>
    public static readonly Int128 Limit = Int128.One << 90;

    /// <summary>True for something that can be moved.</summary>
    public static bool IsPositive(Int128 amount) => amount > 0 && amount < Limit;
}
