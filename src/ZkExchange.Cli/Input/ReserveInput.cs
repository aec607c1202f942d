namespace ZkExchange.Cli.Input;

/// <summary>One row of the reserves report.</summary>
/// <param name="Asset">The index of the asset.</param>
/// <param name="Amount">In smallest units.</param>
/// <param name="Chain">Where it lies, "unstated" where the report does not say.</param>
/// <param name="Address">Where on that chain, or "unstated".</param>
/// <param name="Signature">The owner's, or "".</param>
sealed record ReserveInput(int Asset, UInt128 Amount, string Chain, string Address, string Signature)
{
    /// <summary>The reserves of each asset; a sum of 2^90 or more stays there.</summary>
    public static UInt128[] Sum(IEnumerable<ReserveInput> rows, int assets)
    {
        var sums = new UInt128[assets];
        foreach (var row in rows)
        {
            sums[row.Asset] += row.Amount;
            if (sums[row.Asset] > Commitments.Amount.Limit) sums[row.Asset] = Commitments.Amount.Limit;
        }

        return sums;
    }
}
