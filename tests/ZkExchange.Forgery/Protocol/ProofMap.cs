using ZkExchange.Fields;
using ZkExchange.Stark;

namespace ZkExchange.Forgery.Protocol;

/// <summary>A field of a proof: its first byte and its length.</summary>
readonly record struct ProofField(string Name, int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>Where the fields of a proof stand, counted from the specification (30-proof-system, section 9).</summary>
sealed class ProofMap
{
    readonly List<ProofField> _fields = [];
    int _at;

    /// <summary>The map of a shape with interactions; the query section is its last field.</summary>
    public ProofMap(Shape shape, int proofLength)
    {
        var profile = shape.Profile;
        Add("shape", shape.Heights.Length);
        Add("main root", Digest32.Bytes);
        Nonce("nonce lookup", profile.GrindLookup);
        Add("auxiliary root", Digest32.Bytes);
        Add("terminals", shape.Terminals * Canonical.ElementBytes);
        Add("quotient root", Digest32.Bytes);
        Add("openings", shape.Openings * Canonical.ElementBytes);
        for (var i = 0; i < shape.Fri.Layers.Count; i++) Add($"layer {i}", Digest32.Bytes);
        Add("final", Profile.FinalCoefficients * Canonical.ElementBytes);
        Nonce("nonce query", profile.GrindQueries);
        Check.That(_at == shape.HeadBytes);
        Add("queries", proofLength - _at);
    }

    /// <summary>In order, without gaps.</summary>
    public IReadOnlyList<ProofField> Fields => _fields;

    /// <summary>A field by its name.</summary>
    public ProofField this[string name] =>
        _fields.Single(field => string.Equals(field.Name, name, StringComparison.Ordinal));

    void Nonce(string name, int bits)
    {
        if (bits > 0) Add(name, sizeof(ulong));
    }

    void Add(string name, int length)
    {
        _fields.Add(new(name, _at, length));
        _at += length;
    }
}
