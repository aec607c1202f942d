namespace ZkExchange.Circuits.Epoch;

/// <summary>A file of an epoch's folder.</summary>
/// <param name="Name">Relative, with / between folders.</param>
/// <param name="Length">In bytes.</param>
public readonly record struct EpochFile(string Name, long Length);

/// <summary>An epoch's folder as names and bytes.</summary>
public interface IEpochFiles
{
    /// <summary>Everything in the folder. An entry that is no file has a name that no file of an epoch has.</summary>
    IReadOnlyList<EpochFile> List();

    /// <summary>The bytes of a listed file; null unless exactly that many could be read.</summary>
    byte[]? Read(EpochFile file);
}
