namespace ZkExchange.Commitments;

/// <summary>What became of reading foreign bytes: a document that keeps every rule, or a refusal.</summary>
/// <param name="Document">Null if refused.</param>
/// <param name="Refusal">The rule that is broken.</param>
public readonly record struct Reading<T>(T? Document, Refusal Refusal)
    where T : class;
