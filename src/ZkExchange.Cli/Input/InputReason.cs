namespace ZkExchange.Cli.Input;

/// <summary>Why an input file cannot be used. The names are those of specs/60-threat-model.md and of the JSON output:
/// append, never rename.</summary>
enum InputReason
{
    /// <summary>The bytes are not UTF-8 text in RFC 4180 form.</summary>
    InputEncoding,

    /// <summary>A column is missing, repeated, unknown or ambiguous.</summary>
    InputHeader,

    /// <summary>A cell is not a number of the form that its column demands.</summary>
    InputNumber,

    /// <summary>A number is too large for what it counts.</summary>
    InputRange,

    /// <summary>A customer id is not in the one form that is allowed.</summary>
    InputId,

    /// <summary>A row contradicts itself or repeats another one.</summary>
    InputRow,

    /// <summary>An asset or pool is not in the asset file.</summary>
    InputAssetUnknown,

    /// <summary>A derived column differs from the value that its parts give.</summary>
    InputInconsistent,

    /// <summary>The asset table cannot be stated: price, decimals, tiers, names, limits.</summary>
    ConfigInvalid,

    /// <summary>The debt of a customer is above the value of her collateral after haircuts.</summary>
    HostDebt,

    /// <summary>Reserves and fund do not cover the liabilities of an asset.</summary>
    HostSum,

    /// <summary>There is nothing to prove, or more than the limits allow.</summary>
    HostCount,

    /// <summary>The file cannot be opened or read.</summary>
    HostResource,
}
