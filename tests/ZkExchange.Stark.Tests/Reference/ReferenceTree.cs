using System.Security.Cryptography;
using ZkExchange.Stark.Merkle;

namespace ZkExchange.Stark.Tests.Reference;

/// <summary>A tree with all its digests, by the definition of specs/30-proof-system.md section 4.</summary>
sealed class ReferenceTree
{
    readonly TreeLayout _layout;
    readonly byte[][][] _rows;                               // by class: row and salt
    readonly byte[][][] _levels;

    /// <param name="layout">The form.</param>
    /// <param name="rows">For each class of the layout its rows, salt included.</param>
    public ReferenceTree(TreeLayout layout, byte[][][] rows)
    {
        _layout = layout;
        _rows = rows;
        _levels = new byte[layout.LeavesLog2 + 1][][];
        _levels[0] = Leaves(0);
        for (var level = 1; level <= layout.LeavesLog2; level++)
        {
            var below = _levels[level - 1];
            var half = below.Length / 2;
            var entering = layout.EnteringAt(layout.LeavesLog2 - level);
            var leaves = entering < 0 ? null : Leaves(entering);
            _levels[level] = [.. Enumerable.Range(0, half).Select(i => SHA256.HashData(
                leaves is null ? [.. below[i], .. below[i + half]] : [.. below[i], .. below[i + half], .. leaves[i]]))];
        }
    }

    public Digest32 Root => new(_levels[^1][0]);

    /// <summary>The one opening at some positions.</summary>
    public byte[] Open(int[] positions)
    {
        var plan = new OpeningPlan(_layout, positions);
        var bytes = new List<byte>();
        for (var i = 0; i < plan.Rows.Count; i++)
        {
            foreach (var row in plan.Rows[i]) bytes.AddRange(_rows[i][row]);
        }

        for (var level = 0; level < plan.Siblings.Count; level++)
        {
            foreach (var node in plan.Siblings[level]) bytes.AddRange(_levels[level][node]);
        }

        return [.. bytes];
    }

    byte[][] Leaves(int place)
    {
        var header = _layout.Header(_layout.Classes[place]);
        return [.. _rows[place].Select(row => SHA256.HashData([.. header, .. row]))];
    }
}
