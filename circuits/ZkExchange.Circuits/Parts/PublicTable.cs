// A table whose content is public and changes with the statement, while the number of lookups of a row is secret: each
// real row goes once to the verifier, who takes exactly the rows that follow from the statement.

using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Parts;

/// <summary>Columns: isReal, the words, the number of lookups.</summary>
static class PublicTable
{
    /// <summary>The table of a lookup bus and of the bus to the verifier, both of the same width.</summary>
    public static Table Build(string name, int words, Bus lookups, Bus verifier)
    {
        var table = new Table(name, words + 2, Heights.Min, Heights.Max);
        var (isReal, content, count) = (table[0], table.Columns(1, words), table[words + 1]);
        table.Boolean(0, "isReal");
        table.OnEvery(count * (1 - isReal), $"{name}: nobody looks up padding");
        table.Receive(lookups, count, content, $"{name}: lookups find a row");
        table.Send(verifier, isReal, content, $"{name}: rows are the statement's");
        return table;
    }
}
