using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using ZkExchange.Prover.Rpc.HealthV1;
using ZkExchange.Prover.Rpc.V1;

namespace ZkExchange.Prover;

/// <summary>The process around the service: listener, limits of HTTP/2, routes, shutdown.</summary>
static class ProverHost
{
    const int StreamWindowBytes = 1 << 20;

    /// <summary>A host ready to start. The options have been checked.</summary>
    public static WebApplication Build(
        ServiceOptions options, IProofEngine engine, Action<ILoggingBuilder> configureLogging)
    {
        Check.That(options.Refusal() is null);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        configureLogging(builder.Logging);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(engine);
        builder.Services.AddSingleton(new ProofQueue(options.Jobs, options.WaitingMax));
        builder.Services.AddSingleton(new ProverMetrics(TimeProvider.System));
        builder.Services.AddSingleton<ProverService>();
        builder.Services.AddSingleton<StandardHealth>();

        var app = builder.Build();
        Map(app, options.Token);
        app.Lifetime.ApplicationStopping.Register(app.Services.GetRequiredService<ProofQueue>().Close);
        return app;
    }

    /// <summary>Where the service listens, once it has started: the port is known then, even if 0 was asked
    /// for.</summary>
    public static Uri Address(WebApplication app, ServiceOptions options)
    {
        var bound = new Uri(app.Urls.First());               // the order is that of Configure
        return new UriBuilder(options.Listen) { Port = bound.Port }.Uri;
    }

    static void Map(WebApplication app, BearerToken? token)
    {
        var service = app.Services.GetRequiredService<ProverService>();
        var health = app.Services.GetRequiredService<StandardHealth>();
        app.MapDuplex<ProveRequest, ProveReply>(
            ProverLimits.Prove, ProveRequest.Parser, ProverLimits.RequestBytesMax, service.ProveAsync, token);
        app.MapUnary<DescribeRequest, DescribeReply>(
            ProverLimits.Describe, DescribeRequest.Parser, service.DescribeAsync, token);
        app.MapUnary<HealthRequest, HealthReply>(
            ProverLimits.Health, HealthRequest.Parser, service.HealthAsync, token);
        app.MapUnary<HealthCheckRequest, HealthCheckResponse>(
            ProverLimits.HealthCheck, HealthCheckRequest.Parser, health.CheckAsync);
        app.MapServerStream<HealthCheckRequest, HealthCheckResponse>(
            ProverLimits.HealthWatch, HealthCheckRequest.Parser, health.WatchAsync);
        app.MapGet("/metrics", (RequestDelegate)(http =>
        {
            http.Response.ContentType = "text/plain; version=0.0.4";
            var services = http.RequestServices;
            return http.Response.WriteAsync(
                services.GetRequiredService<ProverMetrics>().Write(services.GetRequiredService<ProofQueue>()),
                http.RequestAborted);
        }));
        app.MapUnknownMethods();
    }

    static void Configure(KestrelServerOptions kestrel, ServiceOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = 256;
        kestrel.Limits.MinRequestBodyDataRate = null;        // a call waits for its turn; pauses have a limit of ours
        var http2 = kestrel.Limits.Http2;
        http2.InitialStreamWindowSize = StreamWindowBytes;

        // A call in the line that sends before it is ready fills its own window; it must not fill that of the call
        // which runs on the same connection, or neither would move.
        http2.InitialConnectionWindowSize = StreamWindowBytes * Math.Min(64, options.Jobs + options.WaitingMax + 4);
        http2.KeepAlivePingDelay = TimeSpan.FromSeconds(10); // a client that vanished in mid-proof is noticed
        http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);

        Listen(kestrel, options.Listen, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (PlaintextRule.IsEncrypted(options.Listen)) listen.UseHttps(Certificate(options));
        });
        if (options.Metrics is { } metrics)
            Listen(kestrel, metrics, listen => listen.Protocols = HttpProtocols.Http1);
    }

    static void Listen(KestrelServerOptions kestrel, Uri address, Action<ListenOptions> configure)
    {
        if (IPAddress.TryParse(address.IdnHost, out var ip)) kestrel.Listen(ip, address.Port, configure);
        else if (address.Port == 0) kestrel.Listen(IPAddress.Loopback, 0, configure);
        else kestrel.ListenLocalhost(address.Port, configure);
    }

    static HttpsConnectionAdapterOptions Certificate(ServiceOptions options)
    {
        Check.That(options is { CertificateFile: not null, KeyFile: not null });
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(options.CertificateFile);
        return new()
        {
            ServerCertificate = X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile),
            ServerCertificateChain = chain,
        };
    }
}
