using ZkExchange.Circuits.Shard;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>What rows of the value table do.</summary>
enum ValueKind : byte
{
    Open = 0,
    Pledge = 1,
    Debt = 2,
}

/// <summary>A row of the value table, or two of an amount, planned.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Account">Index of the account.</param>
/// <param name="Entry">Index of the entry inside the account; -1 for bad debt.</param>
/// <param name="Tier">Row of the tier table; -1 for bad debt.</param>
/// <param name="Block">The block of the sum that takes it.</param>
/// <param name="Joins">True if it goes on with the balance of the row before.</param>
readonly record struct ValueRow(ValueKind Kind, int Account, int Entry, int Tier, int Block, bool Joins = false)
{
    /// <summary>How many rows it has.</summary>
    public int Rows => Kind == ValueKind.Open ? 1 : ValueTable.ItemRows;
}
