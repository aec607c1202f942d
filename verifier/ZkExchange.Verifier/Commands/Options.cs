using System.CommandLine;
using ZkExchange.Commitments;

namespace ZkExchange.Verifier.Commands;

/// <summary>Options that several commands share.</summary>
static class Options
{
    public static Option<bool> Json() =>
        new("--json") { Description = "The verdict as one JSON object, for machines." };

    public static Option<FileDigest?> StatementHash() => new("--statement-hash")
    {
        Description = "SHA-256 of statement.json, 64 lower-case hexadecimal digits, from a source that you trust.",
        HelpName = "HEX",
        CustomParser = result =>
        {
            if (FileDigest.TryParse(result.Tokens[0].Value, out var digest)) return digest;
            result.AddError("--statement-hash takes 64 lower-case hexadecimal digits.");
            return null;
        },
    };
}
