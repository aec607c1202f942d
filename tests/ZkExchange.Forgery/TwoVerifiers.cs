using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Xunit;
using ZkExchange.Stark;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Verifying;
using ZkExchange.Verifier.Tests.Second;

namespace ZkExchange.Forgery;

/// <summary>The verifier, and for a sample of what it is shown the second one beside it (verifier/second): they must
/// agree on acceptance. <c>ZKX_SECOND=all</c> asks about everything, <c>ZKX_SECOND=none</c> about nothing.</summary>
static class TwoVerifiers
{
    /// <summary>One proof of so many, chosen by its hash, so that it is the same in every run.</summary>
    const int OneOf = 16;

    /// <summary>Rubbish of this length tells nothing about agreement.</summary>
    const int BytesMax = 8 << 20;

    static readonly Lock s_lock = new();
    static readonly string? s_mode = Environment.GetEnvironmentVariable("ZKX_SECOND");
    static readonly Lazy<NodeVerifier?> s_node = new(() => NodeVerifier.IsAvailable ? new() : null);

    static readonly JsonSerializerOptions s_options =
        new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The first verifier's verdict.</summary>
    public static Verdict Verify(VerifyingKey key, Profile profile, Claim claim, ReadOnlySpan<byte> proof)
    {
        var verdict = StarkVerifier.Verify(key, profile, claim, proof);
        if (!IsAsked(verdict, profile, proof)) return verdict;

        lock (s_lock)
        {
            if (Ask(key, profile, claim, proof) is { } accepted && accepted != verdict.IsAccepted)
                Assert.Fail($"two verifiers: {verdict} and {(accepted ? "" : "not ")}accepted");
        }

        return verdict;
    }

    // What a profile that has no name forbids, its limits of height and its level, stands in no record of it.
    static bool IsAsked(Verdict verdict, Profile profile, ReadOnlySpan<byte> proof)
    {
        var isOfProfile = verdict.Outcome is Outcome.BadHeight or Outcome.BelowSecurityTarget;
        if (proof.Length > BytesMax || (isOfProfile && Profile.Find(profile.Name) is null)) return false;
        return s_mode switch
        {
            "all" => true,
            "none" => false,
            _ => SHA256.HashData(proof)[0] % OneOf == 0,
        };
    }

    // The files are gone when it has answered. Its process ends with this one, whose end closes its input.
    static bool? Ask(VerifyingKey key, Profile profile, Claim claim, ReadOnlySpan<byte> proof)
    {
        if (s_node.Value is not { } node) return null;
        var folder = Directory.CreateTempSubdirectory("zkx-two-").FullName;
        try
        {
            var files = new[] { "key", "claim", "proof" }.Select(name => Path.Combine(folder, name)).ToArray();
            File.WriteAllBytes(files[0], key.Bytes.ToArray());
            File.WriteAllText(files[1], JsonSerializer.Serialize(new
            {
                statement = Convert.ToHexStringLower(claim.StatementDigest.ToArray()),
                publicInputs = claim.PublicInputs,
                publicMessages = claim.PublicMessages,
                shape = claim.PrescribedShape?.Select(height => (int)height),
            }, s_options));
            using (var file = File.Create(files[2])) file.Write(proof);
            var name = Profile.Find(profile.Name) is null
                ? Convert.ToHexStringLower(profile.Record.Span)
                : profile.Name;
            return node.Ask("proof", files[2], "--key", files[0], "--claim", files[1], "--profile", name).Accepted;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
