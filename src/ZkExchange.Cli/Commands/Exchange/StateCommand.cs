using System.CommandLine;
using System.Text.Json.Nodes;
using ZkExchange.Cli.Input;
using ZkExchange.Cli.Output;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Hosting;
using ZkExchange.Ledger;
using CliCommand = System.CommandLine.Command;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>zkx exchange state: balances, positions and orders; for one account its statement too.</summary>
static class StateCommand
{
    public static CliCommand Make(CommandHost host)
    {
        var folder = JournalCommand.Folder();
        var account =
            new Option<string?>("--account")
            {
                Description = "Only this customer, with all movements.",
                HelpName = "ID"
            };
        var json = CommonOptions.Json();
        var command =
            new CliCommand("state", "Show what an exchange holds, from its journal.") { folder, account, json };
        command.SetAction((parsed, _) => Failures.CatchAsync(host, parsed.GetValue(json), () =>
        {
            var disk = JournalCommand.Existing(parsed.GetValue(folder)!);
            var statement = new List<(long Time, Posting Posting)>();
            var name = parsed.GetValue(account);
            var venue = VenueHost.Recover(disk, new SchemeVerifier(), out var report, name is null ? null : (v, c, _) =>
            {
                var number = v.AccountNamed(name);
                foreach (ref readonly var posting in v.Ledger.Postings)
                {
                    if ((posting.From.IsCustomers && posting.From.Owner == number)
                        || (posting.To.IsCustomers && posting.To.Owner == number))
                        statement.Add((c.Time, posting));
                }
            });
            if (venue is null) throw new CommandException(ExitCode.Input, "Journal", report.Describe());
            var only = name is null ? -1 : venue.AccountNamed(name);
            if (name is not null && only < 0)
                throw new CommandException(ExitCode.Input, "UnknownAccount", $"There is no account '{name}'.");
            if (parsed.GetValue(json)) host.Output.WriteLine(Json.Of(ToJson(venue, only)));
            else Write(host.Output, venue, only, statement);
            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }

    static JsonObject ToJson(Venue venue, int only) => new()
    {
        ["ok"] = true,
        ["stateHash"] = Convert.ToHexStringLower(venue.StateHash()),
        ["commands"] = venue.Commands,
        ["balances"] = new JsonArray([.. Balances(venue, only).Select(b => (JsonNode)new JsonObject
        {
            ["kind"] = b.Account.Kind.ToString(),
            ["account"] = b.Account.IsCustomers ? venue.NameOf(b.Account.Owner) : null,
            ["asset"] = venue.Parameters.Assets[b.Account.Asset].Symbol,
            ["balance"] = Amount(venue, b.Account.Asset, b.Balance),
        })]),
        ["positions"] = new JsonArray([.. Positions(venue, only).Select(p => (JsonNode)new JsonObject
        {
            ["account"] = venue.NameOf(p.Account),
            ["instrument"] = venue.Parameters.Instruments[p.Instrument].Symbol,
            ["lots"] = p.Lots,
        })]),
    };

    static void Write(TextWriter output, Venue venue, int only, List<(long Time, Posting Posting)> statement)
    {
        output.WriteLine($"{"account",-28}{"kind",-14}{"asset",-8}{"balance",30}");
        foreach (var (account, balance) in Balances(venue, only))
        {
            var owner = account.IsCustomers ? venue.NameOf(account.Owner) : "the exchange";
            output.WriteLine($"{owner,-28}{account.Kind,-14}{venue.Parameters.Assets[account.Asset].Symbol,-8}"
                + $"{Amount(venue, account.Asset, balance),30}");
        }

        foreach (var (account, instrument, lots) in Positions(venue, only))
            output.WriteLine($"{venue.NameOf(account),-28}{"position",-14}"
                + $"{venue.Parameters.Instruments[instrument].Symbol,-14}{lots,24} lots");
        if (statement.Count > 0) output.WriteLine();
        foreach (var (time, posting) in statement)
        {
            var isIn = posting.To.IsCustomers && posting.To.Owner == only;
            var own = isIn ? posting.To : posting.From;
            var sign = isIn && !(posting.From.IsCustomers && posting.From.Owner == only) ? "+" : isIn ? " " : "-";
            output.WriteLine($"{time,20}  {posting.Reason,-20}{posting.From.Kind,-12}-> {posting.To.Kind,-12}"
                + $"{sign}{Amount(venue, own.Asset, posting.Amount)} {venue.Parameters.Assets[own.Asset].Symbol}");
        }

        output.WriteLine($"state  {Convert.ToHexStringLower(venue.StateHash())}");
    }

    static IEnumerable<(LedgerAccount Account, Int128 Balance)> Balances(Venue venue, int only) =>
        venue.Ledger.Balances().Where(b => b.Balance != 0
            && (only < 0 || (b.Account.IsCustomers && b.Account.Owner == only)));

    static IEnumerable<(int Account, int Instrument, long Lots)> Positions(Venue venue, int only)
    {
        for (var account = 0; account < venue.AccountCount; account++)
        {
            for (var instrument = 0; instrument < venue.InstrumentCount && (only < 0 || only == account); instrument++)
            {
                var lots = venue.BookOf(instrument).PositionOf(account);
                if (lots != 0) yield return (account, instrument, lots);
            }
        }
    }

    /// <summary>An amount with its decimals.</summary>
    public static string Amount(Venue venue, int asset, Int128 value)
    {
        var text = DecimalText.Format((UInt128)Int128.Abs(value), venue.Parameters.Assets[asset].Decimals);
        return value < 0 ? "-" + text : text;
    }
}
