// A leaf is a chain over what an account holds and owes, two items a permutation (specs/40-statements.md section 2):
//
//   h_0 = Compress(tag, [LEAF, salt0 .. salt3, 0, 0, 0]) ;  h_{i+1} = Compress(h_i, [item_{2i+1} | item_{2i+2}])
//   item = [code, x0, x1, x2] ;  the last block of an odd number of items ends with [NONE, 0, 0, 0] ;  leaf = h_k
//
// The first item says that it is the first, so an account cannot be shown without its first items: a chain that began
// in the middle would begin with another code. Constants are no codes.

using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>The leaf of an account.</summary>
public static class AccountLeaf
{
    /// <summary>Items of a block.</summary>
    public const int ItemsPerBlock = 2;

    /// <summary>Words of an item: its code and the amount.</summary>
    public const int ItemWords = 1 + Amount.Words;

    /// <summary>True if keys ascend strictly, amounts are below 2^90, debts stand under keys of pool 0 and there is at
    /// least one entry.</summary>
    public static bool IsWellFormed(ReadOnlySpan<AccountEntry> entries)
    {
        if (entries.IsEmpty) return false;
        for (var i = 0; i < entries.Length; i++)
        {
            ref readonly var entry = ref entries[i];
            if (EntryKey.Pool(entry.Key) > EntryKey.PoolMax) return false;
            if (!Amount.IsValid(entry.Equity) || !Amount.IsValid(entry.Debt)) return false;
            if (entry.Debt != 0 && EntryKey.Pool(entry.Key) != 0) return false;
            if (i > 0 && entry.Key <= entries[i - 1].Key) return false;
        }

        return true;
    }

    /// <summary>The leaf of a well-formed account.</summary>
    public static NodeDigest Of(in NodeDigest tag, ReadOnlySpan<AccountEntry> entries, in Salt salt)
    {
        Check.That(IsWellFormed(entries));
        var state = Poseidon2.Compress(tag, OpeningBlock(salt));
        var items = default(AccountItems);
        while (items.NextBlock(entries, out var block)) state = Poseidon2.Compress(state, block);
        return state;
    }

    /// <summary>[LEAF, salt0 .. salt3, 0, 0, 0].</summary>
    public static NodeDigest OpeningBlock(in Salt salt) => new(
    [
        KoalaBear.From(HashDomain.Leaf), salt.Word0, salt.Word1, salt.Word2, salt.Word3,
        KoalaBear.Zero, KoalaBear.Zero, KoalaBear.Zero,
    ]);
}
