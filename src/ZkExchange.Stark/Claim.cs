using ZkExchange.Fields;

namespace ZkExchange.Stark;

/// <summary>What a proof is about, apart from key and profile. The verifier computes it from the statement.</summary>
/// <param name="StatementDigest">The statement in 32 bytes, bound before anything else.</param>
/// <param name="PublicInputs">As many words as the key has public inputs, each below p.</param>
/// <param name="PublicMessages">For each entry of the key the words of its messages, one message after the other;
/// each below p.</param>
/// <param name="PrescribedShape">Where the statement names the heights: for each table of the key lg of its height,
/// or <see cref="Shape.Absent"/>.</param>
public sealed record Claim(
    Digest32 StatementDigest,
    IReadOnlyList<uint> PublicInputs,
    IReadOnlyList<uint[]> PublicMessages,
    byte[]? PrescribedShape = null)
{
    /// <summary>Counts and words: <see cref="Outcome.PublicValueMismatch"/> unless they are as the key wants them.
    /// </summary>
    public Verdict Check(Air.VerifyingKey key)
    {
        if (PublicInputs.Count != key.PublicInputs) return Reject(0);
        if (PublicMessages.Count != key.PublicMessages.Count) return Reject(1);

        foreach (var word in PublicInputs)
        {
            if (word >= KoalaBear.Modulus) return Reject(2);
        }

        for (var i = 0; i < PublicMessages.Count; i++)
        {
            if (PublicMessages[i].Length % key.PublicMessages[i].Bus.Width != 0) return Reject(3 + i);

            foreach (var word in PublicMessages[i])
            {
                if (word >= KoalaBear.Modulus) return Reject(3 + i);
            }
        }

        return Verdict.Accepted;
    }

    /// <summary>How many messages the verifier itself puts on buses.</summary>
    public long CountMessages(Air.VerifyingKey key)
    {
        var count = 0L;
        for (var i = 0; i < PublicMessages.Count; i++)
        {
            count += PublicMessages[i].Length / key.PublicMessages[i].Bus.Width;
        }

        return count;
    }

    static Verdict Reject(int where) => Verdict.Reject(Outcome.PublicValueMismatch, where);
}
