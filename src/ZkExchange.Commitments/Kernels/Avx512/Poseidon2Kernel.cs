using ZkExchange.Fields.Kernels;

namespace ZkExchange.Commitments.Kernels;

/// <summary>Poseidon2 of sixteen states.</summary>
readonly unsafe struct Poseidon2Kernel512 : IPoseidon2Kernel
{
    public static int Lanes => 16;

    public static void Linear(uint* state) => Poseidon2Rounds512.Linear(state);

    public static void External(uint* state, uint* constants, int rounds) =>
        Poseidon2Rounds512.External(state, constants, rounds);

    public static void Internal(uint* state, uint* constants, int rounds, uint* cubes) =>
        Poseidon2Rounds512.Internal(state, constants, rounds, cubes);

    public static void Add(uint* d, uint* a, uint* b, int count)
    {
        for (var i = 0; i < count; i += Lanes)
        {
            Lanes512.Store(d + i, Lanes512.Add(Lanes512.Load(a + i), Lanes512.Load(b + i)));
        }
    }

    public static void Gather(uint** rows, int offset, uint* vectors) =>
        Transpose512.Gather(rows, offset, vectors, 16);

    public static void Scatter(uint* vectors, uint** rows, int offset) => Transpose512.Scatter(vectors, rows, offset);
}
