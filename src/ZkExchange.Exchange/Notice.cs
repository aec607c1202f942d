namespace ZkExchange.Exchange;

/// <summary>One thing the venue says.</summary>
/// <param name="Kind">What.</param>
/// <param name="Account">Whose, or -1.</param>
/// <param name="Instrument">Where, or -1.</param>
/// <param name="Price">As the kind says.</param>
/// <param name="Amount">As the kind says.</param>
/// <param name="Other">As the kind says.</param>
public readonly record struct Notice(
    NoticeKind Kind, int Account, int Instrument, long Price = 0, Int128 Amount = default, Int128 Other = default);
