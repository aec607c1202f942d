using ZkExchange.Circuits.Epoch;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Commands;
using ZkExchange.Cli.Sample;
using ZkExchange.Commitments;
using ZkExchange.Stark;

namespace ZkExchange.Cli.Tests.Epoch;

/// <summary>Epochs with secrets that are known, so that they can be built twice.</summary>
static class Books
{
    public static EpochSecrets Secrets { get; } = new(
        [.. Enumerable.Range(0, 32).Select(i => (byte)i)], [.. Enumerable.Range(0, 32).Select(i => (byte)(200 - i))]);

    public static EpochInput Input(int accounts = 60, int assets = 5, bool hasReserves = true)
    {
        var sample = BookGenerator.Make(new(accounts, assets));
        return new()
        {
            Book = sample.Book,
            Table = sample.Assets.Table,
            Reserves = hasReserves
                ? EpochInputs.ReservesOf(sample.Assets, sample.Reserves, "2026-11-20T00:00:00Z")
                : null,
            Exchange = "Test Exchange",
            Epoch = 7,
            Snapshot = "2026-11-20T00:00:00Z",
            Profile = Profile.S100,
            Threads = 2,
        };
    }

    public static EpochDraft Build(EpochInput input, EpochSecrets? secrets = null) =>
        EpochBuilder.Build(input, secrets ?? Secrets, EpochCircuits.Standard);

    /// <summary>A book of accounts with these ids and entries.</summary>
    public static Book Of(params (string Id, AccountEntry[] Entries)[] accounts)
    {
        var (ids, idStarts, entries, starts) = (new List<byte>(), new List<int> { 0 }, new List<AccountEntry>(),
            new List<int> { 0 });
        foreach (var (id, own) in accounts)
        {
            ids.AddRange(System.Text.Encoding.ASCII.GetBytes(id));
            entries.AddRange(own);
            idStarts.Add(ids.Count);
            starts.Add(entries.Count);
        }

        return new([.. ids], [.. idStarts], [.. entries], [.. starts]);
    }

    /// <summary>One asset at a price of one per unit, half of it counting in pool 1 up to a value of 100.</summary>
    public static EpochInput Tiny(params (string Id, AccountEntry[] Entries)[] accounts) =>
        Input(1, 1, hasReserves: false) with
        {
            Book = Of(accounts),
            Table = new(
                [new("usd", AssetClass.Fiat, 0, 1, "test", "2026-11-20T00:00:00Z", [new(1, 100, 5000)])],
                ["loan", "", "", "", "", "", ""], 0, "USD"),
        };
}
