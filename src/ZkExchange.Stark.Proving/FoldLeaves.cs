using ZkExchange.Fields;
using ZkExchange.Stark.Fri;

namespace ZkExchange.Stark.Proving;

/// <summary>The leaves of a FRI layer: leaf j holds the members u[j], u[j + N/a], .., five words each.</summary>
/// <param name="planes">Five rows, one for each coordinate of u, in the order of the natural index.</param>
/// <param name="layer">The layer.</param>
sealed unsafe class FoldLeaves(Matrix planes, FriLayer layer) : ILeaves
{
    public int Words => layer.Arity * Quintic.Degree;

    public int CountLog2 => layer.LeavesLog2;

    public long LeafAt(long place) => place;

    public void Locate(long place, uint** rows, uint* buffer)
    {
        for (var i = 0; i < Matrix.Lanes; i++) rows[i] = buffer + i * Words;
        for (var member = 0; member < layer.Arity; member++)
        {
            for (var c = 0; c < Quintic.Degree; c++)
            {
                var source = planes.Pointer(c) + ((long)member << layer.LeavesLog2) + place;
                for (var i = 0; i < Matrix.Lanes; i++) rows[i][member * Quintic.Degree + c] = source[i];
            }
        }
    }

    public void Copy(long leaf, Span<uint> residues)
    {
        for (var member = 0; member < layer.Arity; member++)
        {
            for (var c = 0; c < Quintic.Degree; c++)
            {
                residues[member * Quintic.Degree + c] =
                    planes.Pointer(c)[((long)member << layer.LeavesLog2) + leaf];
            }
        }
    }
}
