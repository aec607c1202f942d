namespace ZkExchange.Stark;

/// <summary>What became of a check, and where.</summary>
/// <param name="Outcome">The first check that failed, or that all held.</param>
/// <param name="Where">The table, class, layer or position that failed, as the outcome says.</param>
/// <remarks>Fails closed: default(Verdict) is not an acceptance.</remarks>
public readonly record struct Verdict(Outcome Outcome, int Where = 0)
{
    public static Verdict Accepted => new(Outcome.Accepted);

    public bool IsAccepted => Outcome == Outcome.Accepted;

    public static Verdict Reject(Outcome reason, int where = 0) => new(reason, where);
}
