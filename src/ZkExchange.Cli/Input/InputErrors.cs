namespace ZkExchange.Cli.Input;

/// <summary>Collects what is wrong with the inputs: the first of them in full, all of them by number.</summary>
sealed class InputErrors(int kept = InputErrors.Kept)
{
    /// <summary>How many errors are kept in full: a million wrong rows must not cost a million sentences.</summary>
    public const int Kept = 1000;

    readonly List<InputError> _first = [];

    /// <summary>The first errors, in the order of the files.</summary>
    public IReadOnlyList<InputError> First => _first;

    /// <summary>All errors.</summary>
    public long Count { get; private set; }

    public bool Any => Count > 0;

    public void Add(InputError error)
    {
        Count++;
        if (_first.Count < kept) _first.Add(error);
    }

    public void Add(string file, InputReason reason, string message, string remedy) =>
        Add(new(file, 0, 0, "", reason, message, remedy));
}
