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
    static readonly Lazy<Opinion?> s_second = new(Opinion.Find);

    /// <summary>The first verifier's verdict.</summary>
    public static Verdict Verify(VerifyingKey key, Profile profile, Claim claim, ReadOnlySpan<byte> proof)
    {
        var verdict = StarkVerifier.Verify(key, profile, claim, proof);
        if (!IsAsked(verdict, profile, proof)) return verdict;

        lock (s_lock)
        {
            if (s_second.Value?.Ask(key, profile, claim, proof) is { } accepted && accepted != verdict.IsAccepted)
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

    /// <summary>The second verifier's process and the files that it reads.</summary>
    sealed class Opinion : IDisposable
    {
        static readonly JsonSerializerOptions s_options =
            new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

        readonly NodeVerifier _node = new();
        readonly string _folder = Directory.CreateTempSubdirectory("zkx-two-").FullName;
        readonly HashSet<Digest32> _keys = [];

        public static Opinion? Find()
        {
            if (!NodeVerifier.IsAvailable) return null;
            var opinion = new Opinion();
            AppDomain.CurrentDomain.ProcessExit += (_, _) => opinion.Dispose();
            return opinion;
        }

        public void Dispose()
        {
            _node.Dispose();
            Directory.Delete(_folder, recursive: true);
        }

        public bool Ask(VerifyingKey key, Profile profile, Claim claim, ReadOnlySpan<byte> proof)
        {
            var keyFile = Path.Combine(_folder, $"{key.Hash}.key");
            if (_keys.Add(key.Hash)) File.WriteAllBytes(keyFile, key.Bytes.ToArray());
            var (claimFile, proofFile) = (Path.Combine(_folder, "claim"), Path.Combine(_folder, "proof"));
            File.WriteAllText(claimFile, JsonSerializer.Serialize(new
            {
                statement = Convert.ToHexStringLower(claim.StatementDigest.ToArray()),
                publicInputs = claim.PublicInputs,
                publicMessages = claim.PublicMessages,
                shape = claim.PrescribedShape?.Select(height => (int)height),
            }, s_options));
            using (var file = File.Create(proofFile)) file.Write(proof);
            var name = Profile.Find(profile.Name) is null
                ? Convert.ToHexStringLower(profile.Record.Span)
                : profile.Name;
            return _node.Ask("proof", proofFile, "--key", keyFile, "--claim", claimFile, "--profile", name).Accepted;
        }
    }
}
