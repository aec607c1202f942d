namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>Runs a block of steps at all points of a tile.</summary>
/// <param name="planes">Plane 0.</param>
/// <param name="slots">Offsets in bytes of the planes that the block reads and writes.</param>
/// <param name="constants">What its steps take in turn.</param>
unsafe delegate void TileBlock(byte* planes, nint* slots, uint* constants);
