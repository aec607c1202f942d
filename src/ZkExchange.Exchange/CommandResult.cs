using ZkExchange.Ledger;

namespace ZkExchange.Exchange;

/// <summary>What became of a command.</summary>
/// <param name="Code">None, or why nothing changed.</param>
/// <param name="Id">The first order's id, or the new account's number.</param>
public readonly record struct CommandResult(RejectCode Code, ulong Id = 0)
{
    /// <summary>True if it was done.</summary>
    public bool IsDone => Code == RejectCode.None;
}
