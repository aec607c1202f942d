namespace ZkExchange.Matching.Tests.Twin;

/// <summary>
/// Numbers drawn beforehand in the place of a generator, so that a property can shrink them: fewer make a shorter flow,
/// smaller ones plainer commands.
/// </summary>
sealed class Choices(IReadOnlyList<int> drawn) : Random
{
    int _next;

    /// <summary>True when all have been used: zeros follow.</summary>
    public bool AreOver => _next >= drawn.Count;

    public override int Next(int maxValue) => AreOver ? 0 : (int)((uint)drawn[_next++] % (uint)maxValue);

    public override int Next(int minValue, int maxValue) => minValue + Next(maxValue - minValue);
}
