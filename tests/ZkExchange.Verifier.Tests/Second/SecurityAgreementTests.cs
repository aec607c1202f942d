using System.Text.Json.Nodes;
using Xunit;
using ZkExchange.Verifier.Commands;

namespace ZkExchange.Verifier.Tests.Second;

/// <summary>The proven levels of all profiles, term by term, by both verifiers.</summary>
public sealed class SecurityAgreementTests
{
    [NodeFact]
    public void Both_compute_the_same_levels()
    {
        using var second = new NodeVerifier();
        using var output = new StringWriter();
        Assert.Equal(0, VerifierProgram.Run(["security", "--json"], output, TextWriter.Null));
        var ours = JsonNode.Parse(output.ToString())!["profiles"]!.AsArray();
        var theirs = JsonNode.Parse(second.AskForText("security"))!["profiles"]!.AsArray();
        Assert.Equal(4, ours.Count);
        foreach (var profile in ours) profile!.AsObject().Remove("johnsonBits");
        Assert.True(JsonNode.DeepEquals(ours, theirs), $"{ours}\n{theirs}");
    }
}
