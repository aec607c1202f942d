namespace ZkExchange.Stark.Proving.Kernels;

/// <summary>SHA-256 of as many messages as there are lanes; word i of all messages is vector i, of <see cref="Lanes"/>
/// words.</summary>
unsafe interface ISha256Kernel
{
    /// <summary>Messages at a time.</summary>
    static abstract int Lanes { get; }

    /// <summary>One block: 8 vectors of state, 16 of big-endian message words, which are lost.</summary>
    static abstract void Compress(uint* state, uint* message);

    /// <summary>The second block of 64-byte messages.</summary>
    static abstract void CompressPadding(uint* state);

    /// <summary>Sixteen words of each row, in order of bytes, to message vectors.</summary>
    /// <param name="rows">One pointer a lane.</param>
    /// <param name="offset">Words from each pointer.</param>
    /// <param name="message">16 vectors.</param>
    static abstract void Gather(uint** rows, int offset, uint* message);

    /// <summary>The same of residues, which become canonical.</summary>
    static abstract void GatherField(uint** rows, int offset, uint* message);

    /// <summary>The digests of all lanes to message vectors.</summary>
    /// <param name="digests">One a lane, one behind the other.</param>
    /// <param name="message">8 vectors.</param>
    static abstract void GatherDigests(uint* digests, uint* message);

    /// <summary>The state of each lane as 32 bytes at its pointer.</summary>
    static abstract void Scatter(uint* state, uint** digests);
}
