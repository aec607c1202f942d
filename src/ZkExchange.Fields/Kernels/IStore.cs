namespace ZkExchange.Fields.Kernels;

/// <summary>How a kernel stores: a type, so that each kind is compiled for itself.</summary>
interface IStore;

/// <summary>Stores that stay in the caches.</summary>
readonly struct Cached : IStore;

/// <summary>Stores of rows that are not read again soon.</summary>
readonly struct Streamed : IStore;
