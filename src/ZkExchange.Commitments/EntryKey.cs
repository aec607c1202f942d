using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>The key of an entry: assetIndex + 2^16 * pool.</summary>
public static class EntryKey
{
    /// <summary>Pools 1 .. 7 hold pledged collateral; pool 0 is the free balance.</summary>
    public const int PoolMax = 7;

    /// <summary>An asset table has 1 .. 65535 assets.</summary>
    public const int AssetsMax = 65535;

    /// <summary>The key of an asset in a pool.</summary>
    public static uint Of(int asset, int pool)
    {
        Check.That(asset is >= 0 and < AssetsMax && pool is >= 0 and <= PoolMax);
        return (uint)asset + ((uint)pool << 16);
    }

    /// <summary>The index into the asset table.</summary>
    public static int Asset(uint key) => (int)(key & 0xFFFF);

    /// <summary>The pool; above 7 the key is not valid.</summary>
    public static int Pool(uint key) => (int)(key >> 16);
}
