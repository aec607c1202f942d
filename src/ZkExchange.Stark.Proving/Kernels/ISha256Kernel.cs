namespace ZkExchange.Stark.Proving.Kernels;

/// <summary>SHA-256 of as many messages as there are lanes; word i of all messages is one vector.</summary>
unsafe interface ISha256Kernel
{
    /// <summary>Messages at a time.</summary>
    static abstract int Lanes { get; }

    /// <summary>One block: 8 vectors of state, 16 of big-endian message words.</summary>
    static abstract void Compress(uint* state, uint* message);

    /// <summary>The second block of 64-byte messages.</summary>
    static abstract void CompressPadding(uint* state);

    /// <summary>Sixteen words of each row, to message vectors, bytes swapped.</summary>
    /// <param name="rows">One pointer a lane.</param>
    /// <param name="offset">Words from each pointer.</param>
    /// <param name="message">16 vectors.</param>
    /// <param name="residues">So many words of each, the first ones, are residues and become canonical.</param>
    static abstract void Gather(uint** rows, int offset, uint* message, int residues);

    /// <summary>The state of each lane as 32 bytes at its pointer.</summary>
    static abstract void Scatter(uint* state, uint** digests);
}
