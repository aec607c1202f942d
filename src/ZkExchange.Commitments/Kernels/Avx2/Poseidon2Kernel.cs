using ZkExchange.Fields.Kernels;

namespace ZkExchange.Commitments.Kernels;

/// <summary>Poseidon2 of eight states.</summary>
readonly unsafe struct Poseidon2Kernel256 : IPoseidon2Kernel
{
    public static int Lanes => 8;

    public static void Linear(uint* state) => Poseidon2Rounds256.Linear(state);

    public static void External(uint* state, uint* constants, int rounds) =>
        Poseidon2Rounds256.External(state, constants, rounds);

    public static void Internal(uint* state, uint* constants, int rounds, uint* cubes) =>
        Poseidon2Rounds256.Internal(state, constants, rounds, cubes);

    public static void Add(uint* d, uint* a, uint* b, int count)
    {
        for (var i = 0; i < count; i += Lanes)
        {
            Lanes256.Store(d + i, Lanes256.Add(Lanes256.Load(a + i), Lanes256.Load(b + i)));
        }
    }

    public static void Gather(uint** rows, int offset, uint* vectors) => Transpose256.Gather(rows, offset, vectors);

    public static void Scatter(uint* vectors, uint** rows, int offset) => Transpose256.Scatter(vectors, rows, offset);
}
