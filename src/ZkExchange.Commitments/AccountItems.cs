namespace ZkExchange.Commitments;

/// <summary>What an account holds or owes of one asset: a part of an entry, and half of a block of its leaf.</summary>
/// <param name="Entry">Index of the entry.</param>
/// <param name="Key">Of the entry.</param>
/// <param name="IsDebt">True for the debt.</param>
/// <param name="Value">The equity or the debt.</param>
public readonly record struct AccountItem(int Entry, uint Key, bool IsDebt, UInt128 Value)
{
    /// <summary>Added to the key of a debt.</summary>
    public const uint Debt = 1 << 20;

    /// <summary>Added to the code of an account's first item.</summary>
    public const uint First = 1 << 21;

    /// <summary>The code but for <see cref="First"/>.</summary>
    public uint Code => Key + (IsDebt ? Debt : 0);
}

/// <summary>Goes through an account's entries, in their order: of each the equity, unless only a debt is there, then
/// the debt, if there is one (specs/40-statements.md section 2).</summary>
/// <remarks>Entries are given to every call and not kept, so that a cursor may stand in an array.</remarks>
public struct AccountItems
{
    int _entry;
    bool _isDebt;                                            // of this entry, which comes next

    /// <summary>Items of an entry: 1 or 2.</summary>
    public static int Of(in AccountEntry entry) => entry.Equity != 0 && entry.Debt != 0 ? 2 : 1;

    /// <summary>Items of an account.</summary>
    public static int Of(ReadOnlySpan<AccountEntry> entries)
    {
        var count = entries.Length;
        foreach (ref readonly var entry in entries) count += Of(entry) - 1;
        return count;
    }

    /// <summary>Blocks of that many items.</summary>
    public static int Blocks(int items) => (items + AccountLeaf.ItemsPerBlock - 1) / AccountLeaf.ItemsPerBlock;

    /// <summary>The next item; false behind the last.</summary>
    public bool NextItem(ReadOnlySpan<AccountEntry> entries, out AccountItem item)
    {
        item = default;
        if (_entry >= entries.Length) return false;
        ref readonly var entry = ref entries[_entry];
        var isDebt = _isDebt || (entry.Equity == 0 && entry.Debt != 0);
        item = new(_entry, entry.Key, isDebt, isDebt ? entry.Debt : entry.Equity);
        _isDebt = !isDebt && entry.Debt != 0;
        if (!_isDebt) _entry++;
        return true;
    }

    /// <summary>The next block, of one or two items; false behind the last.</summary>
    public bool NextBlock(ReadOnlySpan<AccountEntry> entries, out NodeDigest block)
    {
        var isFirst = _entry == 0 && !_isDebt;
        var isAny = NextItem(entries, out var left);
        block = isAny
            ? Block(left, isFirst, NextItem(entries, out var right) ? right : null)
            : default;
        return isAny;
    }

    /// <summary>[code, x0, x1, x2 | code, x0, x1, x2], or [.. | NONE, 0, 0, 0] of a single item.</summary>
    public static NodeDigest Block(in AccountItem left, bool isFirst, AccountItem? right)
    {
        var (first, code) = (left.Code + (isFirst ? AccountItem.First : 0), right?.Code ?? HashDomain.None);
        var value = right?.Value ?? 0;
        return NodeDigest.Of(
            first, Amount.Word(left.Value, 0), Amount.Word(left.Value, 1), Amount.Word(left.Value, 2),
            code, Amount.Word(value, 0), Amount.Word(value, 1), Amount.Word(value, 2));
    }
}
