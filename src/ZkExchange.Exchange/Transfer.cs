namespace ZkExchange.Exchange;

/// <summary>A movement of money that has a name, remembered for ever.</summary>
readonly record struct Transfer(CommandKind Kind, int Account, int Other, int Asset, Int128 Amount,
    TransferPhase Phase);
