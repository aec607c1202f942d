using ZkExchange.Fields;

namespace ZkExchange.Stark.Fri;

/// <summary>One committed layer u_i and the fold that follows it.</summary>
/// <param name="HeightLog2">lg of the height before the fold.</param>
/// <param name="DomainLog2">lg N_i, the points of the layer.</param>
/// <param name="ArityLog2">lg a, 1 to 3.</param>
/// <param name="EnteringClass">The class whose codeword joins after the fold, with factor beta^a, or -1.</param>
public readonly record struct FriLayer(int HeightLog2, int DomainLog2, int ArityLog2, int EnteringClass)
{
    /// <summary>a: points that become one.</summary>
    public int Arity => 1 << ArityLog2;

    /// <summary>lg of the number of leaves, which is that of the points after the fold.</summary>
    public int LeavesLog2 => DomainLog2 - ArityLog2;
}

/// <summary>How the codewords of all classes become one short polynomial: a function of the heights alone, never read
/// from a proof (specs/30-proof-system.md section 9, step 5).</summary>
public sealed class FriSchedule
{
    /// <summary>The schedule of classes of falling height.</summary>
    public FriSchedule(IReadOnlyList<int> heightLog2s, int blowupLog2)
    {
        Check.That(heightLog2s.Count > 0);
        var layers = new List<FriLayer>();
        var current = heightLog2s[0];
        var entering = 1;
        while (current > Profile.FinalHeightLog2)
        {
            var next = entering < heightLog2s.Count ? heightLog2s[entering] : Profile.FinalHeightLog2;
            var arityLog2 = Math.Min(Profile.FoldArityLog2Max, current - next);
            Check.That(arityLog2 > 0);

            var enters = current - arityLog2 == next && entering < heightLog2s.Count;
            layers.Add(new(current, current + blowupLog2, arityLog2, enters ? entering++ : -1));
            current -= arityLog2;
        }

        Check.That(entering == heightLog2s.Count);
        Layers = layers;
        FinalDomainLog2 = current + blowupLog2;
    }

    public IReadOnlyList<FriLayer> Layers { get; }

    /// <summary>lg of the points on which the final polynomial stands for the last fold.</summary>
    public int FinalDomainLog2 { get; }
}
