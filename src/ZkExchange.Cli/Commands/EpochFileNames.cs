namespace ZkExchange.Cli.Commands;

/// <summary>The input files of an epoch.</summary>
/// <param name="Accounts">At least one.</param>
/// <param name="Assets">The asset file.</param>
/// <param name="Reserves">The reserves file, or null.</param>
/// <param name="LeavesOutInvalid">Rows that are wrong in themselves are left out.</param>
sealed record EpochFileNames(
    IReadOnlyList<string> Accounts, string Assets, string? Reserves, bool LeavesOutInvalid);
