using System.Net;
using System.Net.Sockets;

namespace ZkExchange.Prover.Tests;

/// <summary>A wire between a client and a prover that can be cut.</summary>
sealed class Relay : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly TcpClient _far = new();
    TcpClient? _near;
    volatile bool _isFrozen;

    Relay()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
    }

    public Uri Address { get; }

    /// <summary>A relay for the one connection that comes first.</summary>
    public static Relay To(Uri server)
    {
        var relay = new Relay();
        _ = relay.CarryAsync(server);
        return relay;
    }

    /// <summary>Carries nothing more, and closes nothing: the peer is gone without a word.</summary>
    public void Freeze() => _isFrozen = true;

    public void Dispose()
    {
        _listener.Dispose();
        _near?.Dispose();
        _far.Dispose();
    }

    async Task CarryAsync(Uri server)
    {
        try
        {
            _near = await _listener.AcceptTcpClientAsync();
            await _far.ConnectAsync(server.Host, server.Port);
            await Task.WhenAll(
                CopyAsync(_near.GetStream(), _far.GetStream()), CopyAsync(_far.GetStream(), _near.GetStream()));
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
        {
            // The wire was cut, which is what it is for.
        }
    }

    async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 << 10];
        while (await from.ReadAsync(buffer) is var length and > 0)
        {
            if (!_isFrozen) await to.WriteAsync(buffer.AsMemory(0, length));
        }
    }
}
