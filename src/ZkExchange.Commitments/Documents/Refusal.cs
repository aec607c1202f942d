namespace ZkExchange.Commitments;

/// <summary>The first rule that a document breaks, and where.</summary>
/// <param name="Rule">The rule; None: the document keeps them all.</param>
/// <param name="Where">The field, as in <c>assets[3].weight</c>, or the byte.</param>
public readonly record struct Refusal(DocumentRule Rule, string Where)
{
    /// <summary>True if a rule is broken.</summary>
    public bool IsRefused => Rule != DocumentRule.None;

    /// <summary>For messages to people.</summary>
    public override string ToString() => IsRefused ? $"{Rule} at {Where}" : "kept";
}
