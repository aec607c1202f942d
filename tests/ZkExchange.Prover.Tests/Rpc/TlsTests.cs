using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ZkExchange.Prover.Rpc;

namespace ZkExchange.Prover.Tests.Rpc;

public sealed class TlsTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("zkx-tls").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_proof_travels_encrypted_to_a_prover_that_is_who_it_says()
    {
        using var certificate = WriteCertificate("127.0.0.1");
        await using var prover = await RunningProver.StartAsync(Options(), new() { TrustedRoot = certificate });
        Assert.Equal("https", prover.Address.Scheme);
        Assert.Equal(FakeEngine.Proof(1000), await prover.ProveAsync("ok 1000"));
    }

    [Fact]
    public async Task A_prover_that_nobody_vouches_for_gets_no_witness()
    {
        using var certificate = WriteCertificate("127.0.0.1");
        await using var prover = await RunningProver.StartAsync(Options());
        var failure = await Assert.ThrowsAsync<RpcException>(() => prover.ProveAsync("ok 1"));
        Assert.Equal(GrpcStatus.Unavailable, failure.Status);
        Assert.Empty(prover.Engine.Ends);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused()
    {
        using var certificate = WriteCertificate("192.0.2.1");
        await using var prover = await RunningProver.StartAsync(Options(), new() { TrustedRoot = certificate });
        var failure = await Assert.ThrowsAsync<RpcException>(() => prover.ProveAsync("ok 1"));
        Assert.Equal(GrpcStatus.Unavailable, failure.Status);
        Assert.Empty(prover.Engine.Ends);
    }

    ServiceOptions Options() => new()
    {
        Listen = new("https://127.0.0.1:0"),
        CertificateFile = Path.Combine(_folder, "certificate.pem"),
        KeyFile = Path.Combine(_folder, "key.pem"),
    };

    X509Certificate2 WriteCertificate(string address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=prover", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var start = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(start.AddDays(-1), start.AddDays(1));
        File.WriteAllText(Path.Combine(_folder, "certificate.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }
}
