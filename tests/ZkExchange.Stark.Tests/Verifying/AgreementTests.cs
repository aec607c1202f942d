using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunit;
using ZkExchange.Fields;
using ZkExchange.Stark.Proving;
using ZkExchange.Stark.Tests.Golden;
using ZkExchange.Stark.Tests.Proving;
using ZkExchange.Stark.Tests.Reference;
using ZkExchange.Stark.Verifying;
using ZkExchange.Verifier.Tests.Second;

namespace ZkExchange.Stark.Tests.Verifying;

/// <summary>The verifier and the second one (verifier/second) come to the same verdict, name and all, on proofs of
/// small circuits: stored, made, changed in a bit, and forged by a prover who leaves the protocol in one step.
/// </summary>
public sealed class AgreementTests : IDisposable
{
    const int Flips = 150;

    readonly string _folder = Directory.CreateTempSubdirectory("zkx-agree-").FullName;
    readonly NodeVerifier? _second = NodeVerifier.IsAvailable ? new() : null;
    readonly HashSet<Outcome> _seen = [];

    public void Dispose()
    {
        _second?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [NodeFact]
    public void On_the_stored_proof_and_its_changes()
    {
        var toy = Toys.Groups(11, 9, 10);
        var proof = Vectors.Bytes(Vectors.Json("proof.json").GetProperty("proof"));
        Assert.Equal(Outcome.Accepted, Ask(toy, Toys.Weak, proof));
        for (var i = 0; i < Flips; i++)
        {
            var random = SHA256.HashData(Encoding.ASCII.GetBytes($"flip {i}"));
            var changed = (byte[])proof.Clone();
            changed[(i < 40 ? i : BitConverter.ToUInt32(random)) % changed.Length] ^= (byte)(1 << (random[4] & 7));
            Assert.NotEqual(Outcome.Accepted, Ask(toy, Toys.Weak, changed));
        }

        foreach (var length in new[] { 0, 1, 5, 36, 1000, proof.Length - 1, proof.Length + 1, 2 * proof.Length })
        {
            var changed = new byte[length];
            proof.AsSpan(0, Math.Min(length, proof.Length)).CopyTo(changed);
            Assert.NotEqual(Outcome.Accepted, Ask(toy, Toys.Weak, changed));
        }

        foreach (var place in new[] { 5, 45, 150, 700, 5000, proof.Length - 200 })
        {
            var changed = (byte[])proof.Clone();
            changed.AsSpan(place, 100).Fill(0xFF);
            Assert.NotEqual(Outcome.Accepted, Ask(toy, Toys.Weak, changed));
        }

        Outcome[] expected = [Outcome.BadLength, Outcome.TrailingBytes, Outcome.BadEncoding, Outcome.MerkleMismatch];
        Assert.Superset(expected.ToHashSet(), _seen);
    }

    [NodeFact]
    public void On_other_claims()
    {
        var toy = Toys.Groups(11, 9, 10);
        var proof = Vectors.Bytes(Vectors.Json("proof.json").GetProperty("proof"));
        var claim = toy.Claim;
        uint[][] messages = [.. claim.PublicMessages];
        foreach (var other in new[]
        {
            claim with { PublicInputs = [21, claim.PublicInputs[1]] },
            claim with { PublicInputs = [20] },
            claim with { PublicInputs = [20, KoalaBear.Modulus] },
            claim with { PublicMessages = [messages[0]] },
            claim with { PublicMessages = [messages[0][3..], messages[1]] },
            claim with { PublicMessages = [[.. messages[0], 1], messages[1]] },
            claim with { PublicMessages = [[], []] },
            claim with { StatementDigest = new(new byte[32]) },
            claim with { PrescribedShape = [11, 9, 10, 9, 9] },
        })
            Assert.NotEqual(Outcome.Accepted, Ask(toy with { Claim = other }, Toys.Weak, proof));
        Assert.Equal(
            Outcome.Accepted,
            Ask(toy with { Claim = claim with { PrescribedShape = [11, 9, 10, 255, 255] } }, Toys.Weak, proof));
        Assert.NotEqual(Outcome.Accepted, Ask(toy, Toys.WeakWide, proof));
    }

    [NodeFact]
    public void On_proofs_of_all_shapes()
    {
        foreach (var height in new[] { 10, 11, 12 })
        {
            Accepted(Toys.RunningSum(height), Toys.Weak);
            Accepted(Toys.RunningSum(height), Toys.WeakWide);
        }

        foreach (var (items, range, totals, hands) in new[]
        {
            (9, 9, 9, -1), (12, 9, 9, -1), (10, 12, 11, 9), (9, 10, 9, 12), (11, 11, 9, 11), (12, 12, 12, 10),
        })
            Accepted(Toys.Groups(items, range, totals, hands < 0 ? null : hands), Toys.Weak);
        Accepted(Toys.Groups(12, 10, 11), Toys.WeakWide);
    }

    [NodeFact]
    public void On_forgeries()
    {
        var one = Quintic.One;
        Deviations[] forgeries =
        [
            new() { Terminals = values => [values[0] + one, .. values[1..]] },
            new() { Terminals = values => [values[0] + one, values[1] - one, .. values[2..]] },
            new() { Blinds = values => [values[0] + one, .. values[1..]] },
            new() { Quotient = (index, values) => index == 1 ? [values[0] + one, .. values[1..]] : values },
            new() { Mask = coefficients => [.. coefficients, one] },
            new() { Openings = values => [values[0] + one, .. values[1..]] },
            new() { Codeword = (index, values) => index == 0 ? [.. values.Select(value => value + value)] : values },
            new() { Codeword = (index, values) => index == 1 ? new Quintic[values.Length] : values },
            new() { Layer = (index, values) => index == 0 ? [.. values.Select(value => value + value)] : values },
            new() { Layer = (index, values) => index == 2 ? [.. values.Select(value => value + value)] : values },
            new() { Final = values => [values[0] + one, .. values[1..]] },
            new() { Final = values => [.. values[..32], values[32] + one] },
            .. Enum.GetValues<Label>().Where(label => (int)label is >= 0x10 and < 0x20)
                .Select(forgotten => new Deviations { Forgets = label => label == forgotten }),
        ];
        var toy = Toys.Groups(11, 9, 10);
        foreach (var forgery in forgeries)
        {
            var proof = ReferenceProver.Prove(toy.Key, Toys.Weak, toy.Claim, toy.Traces, 1, forgery);
            Assert.NotEqual(Outcome.Accepted, Ask(toy, Toys.Weak, proof));
        }

        Outcome[] expected =
        [
            Outcome.BusUnbalanced, Outcome.ConstraintMismatch, Outcome.QueryMismatch, Outcome.FriMismatch,
            Outcome.DegreeBound,
        ];
        Assert.Superset(expected.ToHashSet(), _seen);
    }

    void Accepted(Toy toy, Profile profile)
    {
        var options = new ProverOptions { Threads = 1, Seed = new byte[32] };
        var proof = StarkProver.Prove(toy.Key, profile, toy.Claim, Witness.Of(toy), options);
        Assert.Equal(Outcome.Accepted, Ask(toy, profile, proof));
    }

    /// <summary>The verdict of both.</summary>
    Outcome Ask(Toy toy, Profile profile, byte[] proof)
    {
        var paths = new[] { "key", "claim", "proof" }.ToDictionary(name => name, name => Path.Combine(_folder, name));
        var claim = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["statement"] = toy.Claim.StatementDigest.ToString(),
            ["publicInputs"] = toy.Claim.PublicInputs,
            ["publicMessages"] = toy.Claim.PublicMessages,
        };
        if (toy.Claim.PrescribedShape is { } shape) claim["shape"] = shape.Select(height => (int)height);
        File.WriteAllBytes(paths["key"], toy.Key.Bytes.ToArray());
        File.WriteAllText(paths["claim"], JsonSerializer.Serialize(claim));
        File.WriteAllBytes(paths["proof"], proof);

        var record = Convert.ToHexStringLower(profile.Record.Span);
        var (accepted, outcome) = _second!.Ask(
            "proof", paths["proof"], "--key", paths["key"], "--claim", paths["claim"], "--profile", record);
        var verdict = StarkVerifier.Verify(toy.Key, profile, toy.Claim, proof);
        Assert.Equal((verdict.IsAccepted, verdict.Outcome.ToString()), (accepted, outcome));
        _seen.Add(verdict.Outcome);
        return verdict.Outcome;
    }
}
