namespace ZkExchange.Verifier.Commands;

/// <summary>A line on the terminal that counts proofs; nothing where the output is not one.</summary>
static class Progress
{
    public static Action<int>? Of(TextWriter error)
    {
        if (Console.IsErrorRedirected || !ReferenceEquals(error, Console.Error)) return null;
        return proofs => error.Write($"\r{proofs} proofs checked\r");
    }
}
