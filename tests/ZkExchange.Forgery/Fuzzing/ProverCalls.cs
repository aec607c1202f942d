using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Remote;
using ZkExchange.Forgery.Books;
using ZkExchange.Prover;
using ZkExchange.Prover.Rpc;
using ZkExchange.Prover.Rpc.V1;
using ZkExchange.Stark;

namespace ZkExchange.Forgery.Fuzzing;

/// <summary>What may come over the network to a prover that runs with its real engine: frames, lengths, messages and
/// headers of one good call, changed. Each call ends with a status that blames the caller.</summary>
sealed class ProverCalls : ITarget
{
    const int PrefixBytes = 5;

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Statuses that a wrong request may meet; neither Unknown nor Internal are among them.</summary>
    static readonly GrpcStatus[] s_expected =
    [
        GrpcStatus.Ok, GrpcStatus.InvalidArgument, GrpcStatus.DeadlineExceeded, GrpcStatus.ResourceExhausted,
        GrpcStatus.Unimplemented, GrpcStatus.Unauthenticated,
    ];

    readonly Random _random;
    readonly Mutator _mutator;
    readonly BearerToken _token = BearerToken.TryCreate(new string('t', BearerToken.LengthMin))!;
    readonly WebApplication _app;
    readonly HttpClient _http = new() { Timeout = s_patience };
    readonly Uri _address;
    readonly byte[][] _frames;

    public ProverCalls(Random random, Mutator mutator)
    {
        (_random, _mutator) = (random, mutator);
        var options = new ServiceOptions { Listen = new("http://127.0.0.1:0"), Token = _token };
        _app = ProverHost.Build(options, new StarkProofEngine(), _ => { });
        _app.StartAsync().GetAwaiter().GetResult();
        _address = ProverHost.Address(_app, options);
        _frames = [.. Requests().Select(Frame)];
    }

    public byte[] Input { get; private set; } = [];

    public string? Try()
    {
        var (path, timeout, contentType, token) =
            (ProverLimits.Prove, (string?)null, GrpcText.ContentType, _token.HeaderValue);
        var frames = _frames.ToList();
        switch (_random.Next(10))
        {
            case 0:
                token = Text(token);
                break;
            case 1:
                timeout = Text("100m");
                break;
            case 2:
                contentType = Text(contentType);
                break;
            case 3:
                path = new[]
                {
                    ProverLimits.Describe, ProverLimits.Health, ProverLimits.HealthCheck, "/" + _random.Next(9),
                }[_random.Next(4)];
                break;
            case 4:
                frames.RemoveAt(_random.Next(frames.Count));
                break;
            case 5:
                frames.Insert(_random.Next(frames.Count + 1), frames[_random.Next(frames.Count)]);
                break;
            default:
                // A message of another content in a frame of the right length.
                var place = _random.Next(frames.Count);
                frames[place] = Frame(_mutator.Change(frames[place][PrefixBytes..], isText: false));
                break;
        }

        Input = [.. frames.SelectMany(frame => frame)];
        if (_random.Next(4) == 0) Input = _mutator.Change(Input, isText: false);
        var status = Send(path, timeout, contentType, token);
        return status is null || s_expected.Contains(status.Value) ? null : $"{path}: {status}";
    }

    public void Dispose()
    {
        _http.Dispose();
        _app.StopAsync().GetAwaiter().GetResult();
        ((IAsyncDisposable)_app).DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    // Null: refused as no gRPC call at all.
    GrpcStatus? Send(string path, string? timeout, string contentType, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_address, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Input),
        };
        request.Content.Headers.TryAddWithoutValidation("content-type", contentType);
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Headers.TryAddWithoutValidation(BearerToken.Header, token);
        if (timeout is not null) request.Headers.TryAddWithoutValidation(GrpcText.Timeout, timeout);
        using var response = _http.SendAsync(request).GetAwaiter().GetResult();
        response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
        if (response.StatusCode is HttpStatusCode.UnsupportedMediaType or HttpStatusCode.NotFound) return null;
        if (response.StatusCode != HttpStatusCode.OK) return GrpcStatus.Unknown;
        return response.TrailingHeaders.TryGetValues(GrpcText.Status, out var values)
            ? (GrpcStatus)int.Parse(values.Single(), NumberStyles.None, CultureInfo.InvariantCulture)
            : GrpcStatus.Unknown;
    }

    // Printable: what else a client may not even send.
    string Text(string good) => string.Concat(
        _mutator.Change(Encoding.ASCII.GetBytes(good), isText: true)
            .Select(octet => octet is > 0x20 and < 0x7F ? (char)octet : 'x'));

    static byte[] Frame(IMessage message) => Frame(message.ToByteArray());

    static byte[] Frame(byte[] payload)
    {
        var frame = new byte[PrefixBytes + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), payload.Length);
        payload.CopyTo(frame, PrefixBytes);
        return frame;
    }

    static IEnumerable<ProveRequest> Requests()
    {
        var draft = EpochBuilder.Build(
            new()
            {
                Book = new(Encoding.ASCII.GetBytes("alicebob"), [0, 5, 8], [SmallBook.Free(0, 7), SmallBook.Free(2, 5)],
                    [0, 1, 2]),
                Table = new(SmallBook.Assets, SmallBook.Pools, 6, "USD"),
                Exchange = "Forgery",
                Epoch = 1,
                Snapshot = "2026-11-20T00:00:00Z",
                Profile = Profile.S100,
                Threads = 1,
            },
            EpochSecrets.New(), EpochCircuits.Standard);
        var witness = draft.Books.WitnessOf(0);
        yield return new()
        {
            Header = new()
            {
                Format = ProverLimits.Format,
                StatementBytes = (uint)draft.Statement.Bytes.Length,
                Shard = new()
                {
                    Accounts = (uint)witness.Accounts.Count,
                    Entries = (uint)witness.Accounts.Sum(account => account.Entries.Length),
                    Blind = WitnessParts.Bytes(witness.Blind),
                },
            },
        };
        yield return new() { Statement = ByteString.CopyFrom(draft.Statement.Bytes.Span) };
        foreach (var part in WitnessParts.Of(witness)) yield return part;
    }
}
