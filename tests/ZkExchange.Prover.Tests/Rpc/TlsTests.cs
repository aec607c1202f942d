using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ZkExchange.Cli.Commands;
using ZkExchange.Cli.Output;
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

    // What zkx takes from its two options: the root in its file, the token in its.
    [Fact]
    public async Task The_clients_files_are_a_root_and_a_token()
    {
        using var certificate = WriteCertificate("127.0.0.1");
        var (root, token) = (Path.Combine(_folder, "certificate.pem"), Path.Combine(_folder, "token"));
        File.WriteAllText(token, new string('t', BearerToken.LengthMin) + "\n");
        await using var prover = await RunningProver.StartAsync(
            Options() with { Token = BearerToken.Read(token) },
            new()
            {
                TrustedRoot = X509CertificateLoader.LoadCertificateFromFile(root),
                Token = BearerToken.Read(token),
            });
        Assert.Equal(FakeEngine.Proof(10), await prover.ProveAsync("ok 10"));

        using var client = (IDisposable)ShardProvers.Of(prover.Address.ToString(), token, root, 1);
        foreach (var (url, tokenFile, rootFile, code) in new (string?, string?, string?, int)[]
        {
            (null, token, null, ExitCode.Usage), (null, null, root, ExitCode.Usage),
            ("http://127.0.0.1:1", null, root, ExitCode.Usage), ("https://127.0.0.1:1", null, token, ExitCode.Input),
            ("https://127.0.0.1:1", root, null, ExitCode.Input),
            ("https://127.0.0.1:1", Path.Combine(_folder, "none"), null, ExitCode.Input),
            ("https://127.0.0.1:1", null, Path.Combine(_folder, "none"), ExitCode.Input),
        })
        {
            var refused = Assert.Throws<CommandException>(() => ShardProvers.Of(url, tokenFile, rootFile, 1));
            Assert.Equal(code, refused.ExitCode);
            Assert.StartsWith("--prover-", refused.Message, StringComparison.Ordinal);
        }
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
