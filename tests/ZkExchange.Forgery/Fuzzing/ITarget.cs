namespace ZkExchange.Forgery.Fuzzing;

/// <summary>Somebody who reads foreign bytes, and what he is given.</summary>
interface ITarget : IDisposable
{
    /// <summary>What was changed in the last try.</summary>
    byte[] Input { get; }

    /// <summary>One try: what went wrong, or null. Whatever is thrown went wrong as well.</summary>
    string? Try();
}
