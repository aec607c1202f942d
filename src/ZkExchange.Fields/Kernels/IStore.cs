namespace ZkExchange.Fields.Kernels;

/// <summary>How a kernel stores: a type, so that each kind is compiled for itself.</summary>
interface IStore;

/// <summary>Stores that stay in the caches.</summary>
readonly struct Cached : IStore;

/// <summary>Stores of rows that are not read again soon.</summary>
readonly struct Streamed : IStore;

/// <summary>What a kernel does with rows as it loads them.</summary>
interface IScale;

/// <summary>Nothing.</summary>
readonly struct Plain : IScale;

/// <summary>Multiplies each by a factor of its own.</summary>
readonly struct Scaled : IScale;
