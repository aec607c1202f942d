namespace ZkExchange.Commitments.Kernels;

/// <summary>Poseidon2 of as many states as there are lanes; word i of all states is one vector.</summary>
unsafe interface IPoseidon2Kernel
{
    /// <summary>States at a time; 16 is a multiple.</summary>
    static abstract int Lanes { get; }

    /// <summary>The external layer alone.</summary>
    static abstract void Linear(uint* state);

    /// <summary>External rounds; sixteen constants a round, residue - p.</summary>
    static abstract void External(uint* state, uint* constants, int rounds);

    /// <summary>Internal rounds; one constant a round, residue - p; one vector of cubes a round.</summary>
    static abstract void Internal(uint* state, uint* constants, int rounds, uint* cubes);

    /// <summary>d = a + b.</summary>
    static abstract void Add(uint* d, uint* a, uint* b, int count);

    /// <summary>As many words of each row as there are lanes, to as many vectors.</summary>
    static abstract void Gather(uint** rows, int offset, uint* vectors);

    /// <summary>As many vectors as there are lanes, to as many words of each row.</summary>
    static abstract void Scatter(uint* vectors, uint** rows, int offset);
}
