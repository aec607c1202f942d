using ZkExchange.Circuits.Epoch;
using ZkExchange.Commitments;

namespace ZkExchange.Verifier.Reports;

/// <summary>What the reports say in the words of the specification.</summary>
static class Words
{
    /// <summary>Section 4, for readers of a verdict.</summary>
    public static IEnumerable<string> Proven(Statement statement)
    {
        yield return "Every position of the tree is unused or holds one account; every account is summed exactly once.";
        yield return $"There are exactly {statement.Accounts} accounts; no balance, debt or total wraps around.";
        yield return "Every account's debts are covered by its own pledges after haircut, or counted as bad debt.";
        if (statement.Reserves is null) yield break;
        yield return "Asset by asset, what is owed and the insurance fund are covered by the published reserves and by"
            + " customers' debts up to the netting cap; bad debt is covered by the fund.";
    }

    /// <summary>Section 3 of specs/60-threat-model.md, word for word.</summary>
    public static IReadOnlyList<string> NotProven { get; } =
    [
        "Nothing hides positions from the operator.",
        "A proof of liabilities counts what the exchange put in; an omitted customer finds out by checking, nobody"
            + " else does; the same holds for a debt or a pledge that she never made.",
        "Control of reserves rests on signatures and on chain data, not on the proof. In version 1 every reserves row"
            + " is the exchange's word.",
        "Prices, tiers and classes are the exchange's word, in public.",
        "Fake accounts can only add liabilities, or offset debt within their own haircut collateral and the published"
            + " netting cap.",
        "Tiers are per account: a borrower who holds several is several. That a customer has one account only is not"
            + " proven.",
        "The number of entries per shard, and of those with debt or pledge, is visible up to the padded size, one size"
            + " for all shards.",
        "An epoch is an instant. Assets that are borrowed for the instant are not found; a beacon for the time and the"
            + " chain of epochs make that harder, not impossible.",
    ];

    /// <summary>What a flag says.</summary>
    public static string Of(EpochFlag flag) => flag.Kind switch
    {
        EpochFlagKind.TestEnvironment => "TEST: not to be relied on.",
        EpochFlagKind.LiabilitiesOnly =>
            "LIABILITIES ONLY: no reserves are stated, nothing is said of what covers them.",
        EpochFlagKind.NotSigned => "Not signed: the statement could be anyone's.",
        EpochFlagKind.ExcludedRows => $"{flag.Subject} input rows were left out as invalid.",
        EpochFlagKind.NettingCap => $"{flag.Subject}: customers' debts may stand in for coins, up to a cap.",
        EpochFlagKind.OwnAsset => $"{flag.Subject}: issued by the exchange itself.",
        EpochFlagKind.DebtExceedsEquity => $"{flag.Subject}: customers owe more than they hold.",
        EpochFlagKind.BadDebt => "Bad debt is declared.",
        _ => $"Corrects the statement {flag.Subject}.",
    };

    /// <summary>Said of reserves until addresses are proven.</summary>
    public const string ReservesAreAWord =
        "Reserves: the exchange's word. Rows, sums and digest of the report were checked, addresses were not.";

    public static string Title(Statement statement) =>
        $"epoch {statement.Epoch} of {statement.Exchange}"
        + (statement.Environment == ExchangeEnvironment.Test ? " (TEST)" : "") + $", snapshot {statement.Snapshot}";

    public static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    public static string Pinned(bool isPinned) =>
        isPinned ? "as given" : "NOT given: compare it with one from a source that you trust";
}
