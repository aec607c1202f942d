// The challenges of the buses (specs/30-proof-system.md section 7). A message m on bus b is the linear form
//
//   fp = alpha + beta_0 (b + 1) + sum_j beta_j m_j
//
// and its multiplicity or weights are the numerator sum_j delta_j w_j with delta_0 = 1. Every coefficient is an
// independent element of E, so distinct messages have linearly independent fractions.

using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Stark.LogUp;

/// <summary>alpha, the betas and the deltas of a proof.</summary>
public sealed class Fingerprint
{
    readonly Quintic[] _betas;
    readonly Quintic[] _deltas;
    readonly uint[] _betaWords;

    Fingerprint(Quintic alpha, Quintic[] betas, Quintic[] deltas)
    {
        Alpha = alpha;
        _betas = betas;
        _deltas = deltas;
        _betaWords = WordSum.Words(betas.AsSpan(1));
    }

    public Quintic Alpha { get; }

    /// <summary>beta_0 .. beta_W.</summary>
    public ReadOnlySpan<Quintic> Betas => _betas;

    /// <summary>delta_0 = 1, delta_1 .. delta_(V-1).</summary>
    public ReadOnlySpan<Quintic> Deltas => _deltas;

    /// <summary>Draws them in one squeeze: alpha, the betas, then the deltas but the first.</summary>
    public static Fingerprint Squeeze(Transcript transcript, VerifyingKey key)
    {
        var (width, weights) = (key.MessageWidthMax, key.WeightsMax);
        var drawn = transcript.SqueezeElements(Label.Fingerprint, 1 + width + weights);
        return new(drawn[0], drawn[1..(2 + width)], [Quintic.One, .. drawn.AsSpan(2 + width)]);
    }

    /// <summary>alpha + beta_0 (b + 1): the part of a fingerprint that is the same for a whole bus.</summary>
    public Quintic Start(Bus bus) => Alpha + _betas[0] * KoalaBear.From((uint)bus.Id + 1);

    /// <summary>The fingerprint of a message.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="message">Words below p, as many as the bus is wide.</param>
    public Quintic Of(Bus bus, ReadOnlySpan<uint> message)
    {
        Check.That(message.Length == bus.Width);
        var sum = new WordSum();
        sum.Add(message, _betaWords);
        return Start(bus) + sum.Value;
    }

    /// <summary>S_pub: the signed fractions of the public messages. False if a fingerprint is zero.</summary>
    /// <param name="key">The key.</param>
    /// <param name="claim">A claim that <see cref="Claim.Check"/> accepts.</param>
    /// <param name="sum">The sum.</param>
    public bool TrySumPublic(VerifyingKey key, Claim claim, out Quintic sum)
    {
        sum = Quintic.Zero;
        for (var i = 0; i < claim.PublicMessages.Count; i++)
        {
            var (bus, direction) = (key.PublicMessages[i].Bus, key.PublicMessages[i].Direction);
            var words = claim.PublicMessages[i].AsSpan();
            var inverses = new Quintic[words.Length / bus.Width];
            for (var j = 0; j < inverses.Length; j++) inverses[j] = Of(bus, words.Slice(j * bus.Width, bus.Width));
            if (!Inversion.TryInvert(inverses)) return false;

            foreach (var inverse in inverses) sum = direction == Direction.Send ? sum + inverse : sum - inverse;
        }

        return true;
    }
}
