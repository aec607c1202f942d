namespace ZkExchange.Margin;

/// <summary>What one account has in one contract: the position, and the orders that could change it.</summary>
public struct Position
{
    public int Instrument { get; set; }

    /// <summary>Lots, signed.</summary>
    public long Size { get; set; }

    /// <summary>What the lots have cost, exactly, with the sign of the size.</summary>
    public Int128 Cost { get; set; }

    /// <summary>The funding index up to which this position has paid; 2^-32 units per lot.</summary>
    public Int128 FundingSeen { get; set; }

    /// <summary>Margined by money of its own.</summary>
    public bool IsIsolated { get; set; }

    /// <summary>Lots of live buy orders that could open or add.</summary>
    public long OpenBuys { get; set; }

    public long OpenSells { get; set; }

    /// <summary>Their value at their limits.</summary>
    public Int128 OpenBuyNotional { get; set; }

    public Int128 OpenSellNotional { get; set; }

    /// <summary>The highest limit among them since there were none; 0 if there are none.</summary>
    public uint PeakBuy { get; set; }

    /// <summary>The lowest limit among the sells since there were none; 0 if there are none.</summary>
    public uint TroughSell { get; set; }

    /// <summary>True if nothing would be lost by forgetting it.</summary>
    public readonly bool IsBlank => Size == 0 && OpenBuys == 0 && OpenSells == 0 && !IsIsolated;
}
