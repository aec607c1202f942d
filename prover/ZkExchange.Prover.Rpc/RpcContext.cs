using Microsoft.AspNetCore.Http;

namespace ZkExchange.Prover.Rpc;

/// <summary>What a handler may know of its call.</summary>
/// <param name="Http">The request and the response below.</param>
/// <param name="Cancellation">Ends with the client, at the deadline it set, or with the process.</param>
public sealed record RpcContext(HttpContext Http, CancellationToken Cancellation);
