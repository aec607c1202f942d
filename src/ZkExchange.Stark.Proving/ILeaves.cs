namespace ZkExchange.Stark.Proving;

/// <summary>The rows of one class of a tree, as residues.</summary>
unsafe interface ILeaves
{
    /// <summary>Words of a row.</summary>
    int Words { get; }

    /// <summary>lg of the number of rows.</summary>
    int CountLog2 { get; }

    /// <summary>The leaf at a place in the order in which rows lie in memory; places are visited in ascending runs.
    /// </summary>
    long LeafAt(long place);

    /// <summary>Points at the rows of sixteen neighbouring places.</summary>
    /// <param name="place">A multiple of sixteen.</param>
    /// <param name="rows">Receives sixteen pointers.</param>
    /// <param name="buffer">Sixteen rows of words, for leaves whose rows are nowhere in one piece.</param>
    void Locate(long place, uint** rows, uint* buffer);

    /// <summary>Writes one row.</summary>
    void Copy(long leaf, Span<uint> residues);
}
