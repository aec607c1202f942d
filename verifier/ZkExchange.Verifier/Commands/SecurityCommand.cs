using System.CommandLine;
using ZkExchange.Stark;
using ZkExchange.Verifier.Reports;

namespace ZkExchange.Verifier.Commands;

/// <summary><c>zkx-verify security [--profile P]</c>.</summary>
static class SecurityCommand
{
    public static Command Create(TextWriter output)
    {
        var names = Profile.All.Select(profile => profile.Name).ToArray();
        var profile = new Option<string?>("--profile") { Description = "One profile, term by term.", HelpName = "P" };
        profile.AcceptOnlyFromAmong(names);
        var json = Options.Json();
        var command = new Command("security", "Tells the proven security of the profiles: bits, term by term.")
        {
            profile, json,
        };
        command.SetAction(parsed =>
        {
            var chosen = parsed.GetValue(profile) is { } name ? [Profile.Find(name)!] : Profile.All;
            if (parsed.GetValue(json)) SecurityJson.Write(output, chosen);
            else SecurityText.Write(output, chosen);
            return ExitCode.Accepted;
        });
        return command;
    }
}
