// A leaf is a chain over the account's entries, one permutation each, that begins with her tag and is closed by the
// number of entries and a salt (specs/40-statements.md section 2):
//
//   h_0 = tag ;  h_{i+1} = Compress(h_i, [key, e0, e1, e2, d0, d1, d2, 0])
//   leaf = Compress(h_n, [LEAF, n, salt0 .. salt3, 0, 0])
//
// The count closes the chain, so an account cannot be shown without its first entries; the constant is no key.

using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>The leaf of an account.</summary>
public static class AccountLeaf
{
    /// <summary>True if keys ascend strictly, amounts are below 2^90 and there is at least one entry.</summary>
    public static bool IsWellFormed(ReadOnlySpan<AccountEntry> entries)
    {
        if (entries.IsEmpty) return false;
        for (var i = 0; i < entries.Length; i++)
        {
            if (EntryKey.Pool(entries[i].Key) > EntryKey.PoolMax) return false;
            if (!Amount.IsValid(entries[i].Equity) || !Amount.IsValid(entries[i].Debt)) return false;
            if (i > 0 && entries[i].Key <= entries[i - 1].Key) return false;
        }

        return true;
    }

    /// <summary>The leaf of a well-formed account.</summary>
    public static NodeDigest Of(in NodeDigest tag, ReadOnlySpan<AccountEntry> entries, in Salt salt)
    {
        Check.That(IsWellFormed(entries));
        var state = tag;
        foreach (ref readonly var entry in entries) state = Poseidon2.Compress(state, EntryBlock(entry));
        return Poseidon2.Compress(state, ClosingBlock(entries.Length, salt));
    }

    /// <summary>[key, e0, e1, e2, d0, d1, d2, 0].</summary>
    public static NodeDigest EntryBlock(in AccountEntry entry) => NodeDigest.Of(
        entry.Key,
        Amount.Word(entry.Equity, 0), Amount.Word(entry.Equity, 1), Amount.Word(entry.Equity, 2),
        Amount.Word(entry.Debt, 0), Amount.Word(entry.Debt, 1), Amount.Word(entry.Debt, 2));

    /// <summary>[LEAF, n, salt0 .. salt3, 0, 0].</summary>
    public static NodeDigest ClosingBlock(int entries, in Salt salt) => new(
    [
        KoalaBear.From(HashDomain.Leaf), KoalaBear.From((uint)entries),
        salt.Word0, salt.Word1, salt.Word2, salt.Word3, KoalaBear.Zero, KoalaBear.Zero,
    ]);
}
