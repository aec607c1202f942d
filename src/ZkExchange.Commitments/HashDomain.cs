namespace ZkExchange.Commitments;

/// <summary>The constants that keep blocks of different kinds apart: four ASCII letters as a big-endian integer.
/// </summary>
/// <remarks>Each is 2^30 or more and no code of an item and no limb is, so a block of one kind cannot be read as
/// another (specs/40-statements.md section 2).</remarks>
public static class HashDomain
{
    /// <summary>"CTAG": the chain over a customer's id and nonce.</summary>
    public const uint Tag = 0x4354_4147;

    /// <summary>"LEAF": the block that opens an account.</summary>
    public const uint Leaf = 0x4C45_4146;

    /// <summary>"EMTY": word 0 of the leaf of an unused position.</summary>
    public const uint Empty = 0x454D_5459;

    /// <summary>"HSUM": the start of a node's hidden sums.</summary>
    public const uint HiddenSum = 0x4853_554D;

    /// <summary>"NONE": the second half of an account's last block, if it holds no item.</summary>
    public const uint None = 0x4E4F_4E45;
}
