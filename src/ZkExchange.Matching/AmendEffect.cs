namespace ZkExchange.Matching;

/// <summary>What an amendment amounts to.</summary>
public enum AmendEffect : byte
{
    None = 0,

    /// <summary>The new total is no more than what is filled.</summary>
    Cancel = 1,

    /// <summary>Same price, not larger: the place in the queue is kept.</summary>
    Shrink = 2,

    /// <summary>A new order under the old name, with a new place.</summary>
    Replace = 3,
}
