using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Security.Cryptography;

namespace ZkExchange.Prover;

/// <summary>The command line of zkx-prover.</summary>
static class ProverProgram
{
    /// <summary>Serves until a signal, or says what is wrong.</summary>
    public static async Task<int> RunAsync(
        string[] arguments, TextWriter output, TextWriter error, CancellationToken stop = default)
    {
        var options = new CommandOptions();
        var root = new RootCommand(
            "Makes zero-knowledge proofs for zkx over gRPC: specs/65-prover-service.md. It sees the balances that it "
            + "proves; without TLS it serves this machine only.");
        foreach (var option in options.All) root.Add(option);
        root.SetAction((parsed, _) => ServeAsync(() => options.Read(parsed), output, error, stop));

        var result = root.Parse(arguments, new() { ResponseFileTokenReplacer = null });
        if (result.Errors.Count > 0 && result.Action is ParseErrorAction)
        {
            foreach (var mistake in result.Errors) await error.WriteLineAsync($"zkx-prover: {mistake.Message}");
            await error.WriteLineAsync("See: zkx-prover --help");
            return ExitCode.Usage;
        }

        // The host hears the signals, and lets a proof in progress finish.
        return await result.InvokeAsync(
            new()
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            },
            CancellationToken.None);
    }

    static async Task<int> ServeAsync(
        Func<ServiceOptions> read, TextWriter output, TextWriter error, CancellationToken stop)
    {
        try
        {
            var options = read();
            if (options.Refusal() is { } refusal)
            {
                await error.WriteLineAsync("zkx-prover: " + refusal);
                return ExitCode.Usage;
            }

            await using var app = ProverHost.Build(options, new StarkProofEngine(), LogTo);
            await app.StartAsync(stop);
            await output.WriteLineAsync(Greeting(options, ProverHost.Address(app, options)));
            await app.WaitForShutdownAsync(stop);
            return ExitCode.Success;
        }
        catch (Exception exception) when (exception is IOException or CryptographicException
            or UnauthorizedAccessException or InvalidDataException or System.Net.Sockets.SocketException)
        {
            await error.WriteLineAsync("zkx-prover: cannot start: " + exception.Message);
            return ExitCode.Input;
        }
    }

    static string Greeting(ServiceOptions options, Uri address) => string.Create(
        CultureInfo.InvariantCulture,
        $"zkx-prover listens on {address} ({options.Jobs} at a time, {options.ThreadsPerJob} threads and "
        + $"{options.MemoryBytesPerJob >> 20} MiB each)");

    static void LogTo(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // A start that fails is told in a sentence by Run, not as a stack of calls as well.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z '";
        });
    }

    /// <summary>The options as they are written on the command line.</summary>
    sealed class CommandOptions
    {
        const long Gibibyte = 1L << 30;

        readonly Option<string> _listen = Address(new Option<string>("--listen")
        {
            Description = "Where to listen: http on this machine's loopback addresses only, https anywhere.",
            DefaultValueFactory = _ => new ServiceOptions().Listen.OriginalString,
        });

        readonly Option<string?> _metrics = Address(new Option<string?>("--metrics")
        {
            Description = "Where to serve plain-text metrics, as in http://127.0.0.1:9464. [default: nowhere]",
        });

        readonly Option<string?> _certificate = new("--certificate")
        {
            Description = "A PEM file with the server's certificate and what leads to its root, for https.",
        };

        readonly Option<string?> _key = new("--key") { Description = "A PEM file with the certificate's private key." };

        readonly Option<string?> _token = new("--token-file")
        {
            Description = "A file with a token on its one line, which clients must send; needed where other machines "
                + "can reach the address.",
        };

        readonly Option<int> _threads = InRange(
            "--threads", "Threads of all proofs together.", new ServiceOptions().Threads, 1024);

        readonly Option<int> _memory = InRange(
            "--max-memory", "Gigabytes of all proofs together; a proof that needs more than its part is refused.",
            (int)Math.Max(1, new ServiceOptions().MemoryBytesMax / Gibibyte), 1 << 20);

        readonly Option<int> _jobs = InRange("--jobs", "Proofs at a time.", 1, 64);

        readonly Option<int> _waiting = InRange(
            "--waiting", "Calls that may wait for their turn; one more is sent away.", 8, 1000, least: 0);

        readonly Option<int> _idle = InRange(
            "--idle", "Seconds that a request may pause before it is given up.", 60, 3600);

        readonly Option<int> _drain = InRange(
            "--drain", "Seconds that a proof in progress may go on after the signal to stop.", 30, 86_400, least: 0);

        public IEnumerable<Option> All =>
            [_listen, _certificate, _key, _token, _threads, _memory, _jobs, _waiting, _idle, _drain, _metrics];

        public ServiceOptions Read(ParseResult parsed) => new()
        {
            Listen = new Uri(parsed.GetValue(_listen)!),
            Metrics = parsed.GetValue(_metrics) is { } metrics ? new Uri(metrics) : null,
            CertificateFile = parsed.GetValue(_certificate),
            KeyFile = parsed.GetValue(_key),
            Token = parsed.GetValue(_token) is { } file ? BearerToken.Read(file) : null,
            Threads = parsed.GetValue(_threads),
            MemoryBytesMax = parsed.GetValue(_memory) * Gibibyte,
            Jobs = parsed.GetValue(_jobs),
            WaitingMax = parsed.GetValue(_waiting),
            IdleTimeout = TimeSpan.FromSeconds(parsed.GetValue(_idle)),
            DrainTimeout = TimeSpan.FromSeconds(parsed.GetValue(_drain)),
        };

        static Option<T> Address<T>(Option<T> option)
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Count > 0 && !Uri.TryCreate(result.Tokens[^1].Value, UriKind.Absolute, out _))
                    result.AddError($"{option.Name} takes an address as in http://127.0.0.1:5080.");
            });
            return option;
        }

        static Option<int> InRange(string name, string description, int standard, int most, int least = 1)
        {
            var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard };
            option.Validators.Add(result =>
            {
                if (result.Tokens.Count == 0) return;
                var isNumber = int.TryParse(
                    result.Tokens[^1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
                if (!isNumber || value < least || value > most)
                    result.AddError($"{name} takes a whole number from {least} to {most}.");
            });
            return option;
        }
    }
}
