namespace ZkExchange.Circuits.Parts;

/// <summary>The heights that the keys allow; a profile narrows them.</summary>
static class Heights
{
    /// <summary>The least that the proof system can do; every profile asks for more.</summary>
    public const int Min = 5;

    /// <summary>The tallest table of any profile. Arguments by counting rows use that 2^23 is far below p.</summary>
    public const int Max = 23;
}
