using ZkExchange.Fields;

namespace ZkExchange.Stark.LogUp;

/// <summary>Many inverses for one inversion and three products each (Montgomery's trick).</summary>
public static class Inversion
{
    /// <summary>Replaces every element by its inverse; false, with the elements as they were, if one is zero.</summary>
    public static bool TryInvert(Span<Quintic> elements)
    {
        var prefixes = new Quintic[elements.Length];
        var product = Quintic.One;
        for (var i = 0; i < elements.Length; i++)
        {
            if (elements[i] == Quintic.Zero) return false;
            prefixes[i] = product;
            product *= elements[i];
        }

        var inverse = product.Inverse();
        for (var i = elements.Length - 1; i >= 0; i--)
        {
            var element = elements[i];
            elements[i] = inverse * prefixes[i];
            inverse *= element;
        }

        return true;
    }
}
