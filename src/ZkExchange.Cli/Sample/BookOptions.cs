namespace ZkExchange.Cli.Sample;

/// <summary>What kind of book to make up.</summary>
/// <param name="Accounts">At least 1.</param>
/// <param name="Assets">1 .. 500.</param>
/// <param name="Entries">Entries of all accounts together; null: about four an account.</param>
/// <param name="BorrowersPercent">Of a hundred accounts, so many have debts and collateral.</param>
/// <param name="Seed">Equal seeds give equal books.</param>
sealed record BookOptions(int Accounts, int Assets, int? Entries = null, int BorrowersPercent = 15, ulong Seed = 1);
