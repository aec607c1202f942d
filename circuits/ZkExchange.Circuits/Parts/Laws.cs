using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Parts;

/// <summary>Forms that many tables use.</summary>
static class Laws
{
    /// <summary>x (x - 1) = 0 on every row.</summary>
    public static void Boolean(this Table table, int column, string name) =>
        table.OnEvery(table[column] * (table[column] - 1), $"{table.Name}: {name} is 0 or 1");

    /// <summary>The nodes of consecutive columns.</summary>
    public static Node[] Columns(this Table table, int first, int count)
    {
        var nodes = new Node[count];
        for (var i = 0; i < count; i++) nodes[i] = table[first + i];
        return nodes;
    }
}
