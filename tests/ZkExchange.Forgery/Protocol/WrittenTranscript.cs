using System.Buffers.Binary;
using System.Security.Cryptography;
using ZkExchange.Fields;
using ZkExchange.Stark;
using ZkExchange.Stark.Air;

namespace ZkExchange.Forgery.Protocol;

/// <summary>The transcript of a proof as specs/20-transcript.md writes it down: labels as numbers, SHA-256, and nothing
/// of the library's transcript.</summary>
sealed class WrittenTranscript
{
    readonly Profile _profile;
    readonly VerifyingKey _key;
    readonly Claim _claim;
    byte[] _state = SHA256.HashData("zkexchange-stark-v1"u8);

    /// <summary>Everything known before the first commitment but the shape, which a proof begins with.</summary>
    public WrittenTranscript(VerifyingKey key, Profile profile, Claim claim) =>
        (_key, _profile, _claim) = (key, profile, claim);

    /// <summary>The positions of the queries, whether nonces are good or not.</summary>
    /// <param name="proof">A proof of a key with interactions and public messages.</param>
    /// <param name="map">Its fields.</param>
    public int[] PositionsOf(byte[] proof, ProofMap map)
    {
        Absorb(0x01, _claim.StatementDigest.ToArray());
        Absorb(0x02, _profile.Record.ToArray());
        Absorb(0x03, _key.Hash.ToArray());
        Absorb(0x04, Field("shape"));
        Absorb(0x05, Words(_claim.PublicInputs));
        Absorb(0x06, [.. _claim.PublicMessages.SelectMany((words, i) =>
            Words([(uint)(words.Length / _key.PublicMessages[i].Bus.Width)]).Concat(Words(words)))]);
        Absorb(0x10, Field("main root"));
        Grind(0x30, Field("nonce lookup"));
        var buses = _key.Circuit.Buses;
        Squeeze(0x20, 1 + (1 + buses.Max(bus => bus.Width)) + (buses.Max(bus => bus.Weights) - 1));
        Absorb(0x11, Field("auxiliary root"));
        Absorb(0x16, Field("terminals"));
        Squeeze(0x21, Market.Shape.Lambdas);
        Absorb(0x12, Field("quotient root"));
        Squeeze(0x22, 1);
        Absorb(0x13, Field("openings"));
        Squeeze(0x23, Market.Shape.Openings);
        for (var layer = 0; layer < Market.Shape.Fri.Layers.Count; layer++)
        {
            Absorb(0x14, Field($"layer {layer}"));
            Squeeze(0x24, 1);
        }

        Absorb(0x15, Field("final"));
        Grind(0x35, Field("nonce query"));
        var domain = 1u << Market.Shape.DomainLog2;
        return [.. Stream(0x25).Take(_profile.Queries).Select(word => (int)(word % domain))];

        byte[] Field(string name) => proof.AsSpan(map[name].Start, map[name].Length).ToArray();
    }

    void Absorb(byte label, byte[] bytes) => _state = SHA256.HashData(
        (byte[])[.. _state, 1, label, .. BitConverter.GetBytes((ulong)bytes.Length), .. bytes]);

    void Grind(byte label, byte[] nonce) => _state = SHA256.HashData((byte[])[.. _state, 4, label, .. nonce]);

    // Elements of E: five words below p each, of which the stream gives as many as are needed.
    void Squeeze(byte label, int elements)
    {
        var (words, taken) = (0, 0);
        foreach (var word in Stream(label))
        {
            if (taken == Quintic.Degree * elements) break;
            words++;
            if ((word & 0x7FFF_FFFF) < KoalaBear.Modulus) taken++;
        }

        var blocks = (words + 7) / 8;
        _state = SHA256.HashData((byte[])[.. _state, 3, label, .. BitConverter.GetBytes(blocks)]);
    }

    IEnumerable<uint> Stream(byte label)
    {
        for (var block = 0; ; block++)
        {
            var bytes = SHA256.HashData((byte[])[.. _state, 2, label, .. BitConverter.GetBytes(block)]);
            for (var at = 0; at < bytes.Length; at += 4)
                yield return BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
        }
    }

    static byte[] Words(IEnumerable<uint> words) => [.. words.SelectMany(BitConverter.GetBytes)];
}
