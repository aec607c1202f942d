using System.Globalization;
using System.Text.Json.Nodes;
using ZkExchange.Circuits.Proving;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Cli.Output;

/// <summary>The edge of the process: every way in which a command can fail becomes a sentence and an exit code.
/// </summary>
static class Failures
{
    /// <summary>Errors of input files that are shown in full.</summary>
    public const int Shown = 20;

    /// <summary>Runs a command.</summary>
    /// <param name="host">Where it speaks.</param>
    /// <param name="json">Failures are told as JSON on the output as well.</param>
    /// <param name="command">Returns an exit code.</param>
    public static async Task<int> CatchAsync(CommandHost host, bool json, Func<Task<int>> command)
    {
        try
        {
            return await command().ConfigureAwait(false);
        }
        catch (InputException error)
        {
            return Tell(host, json, error);
        }
        catch (CommandException error)
        {
            return Tell(host, json, error.ExitCode, error.Reason, error.Message);
        }
        catch (EpochRefusedException error)
        {
            return Tell(host, json, ExitCode.Input, error.Reason, error.Message);
        }
        catch (WitnessException error)
        {
            return Tell(host, json, ExitCode.Input, error.Reason.ToString(), error.Message);
        }
        catch (ProverException error)
        {
            return Tell(host, json, ExitCode.Proof, "Proof", error.Message);
        }
        catch (OperationCanceledException)
        {
            return Tell(host, json, ExitCode.Failure, "Cancelled", "Stopped. Nothing was written.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return Tell(host, json, ExitCode.Input, "HostResource", error.Message);
        }
        catch (TypeInitializationException error) when (error.GetBaseException() is DllNotFoundException)
        {
            return Tell(
                host, json, ExitCode.Failure, "HostResource",
                "A library that comes with zkx is missing: keep libe_sqlite3.so beside it.");
        }
        catch (OutOfMemoryException)
        {
            return Tell(host, json, ExitCode.Failure, "HostResource", "Out of memory; see --max-memory.");
        }
        catch (Exception error)
        {
            return Tell(host, json, ExitCode.Failure, "Internal", $"A mistake of the program. {error}");
        }
    }

    static int Tell(CommandHost host, bool json, int exitCode, string reason, string message)
    {
        host.Error.WriteLine($"zkx: {reason}: {message}");
        if (json) host.Output.WriteLine(Json.Of(new() { ["ok"] = false, ["reason"] = reason, ["message"] = message }));
        return exitCode;
    }

    static int Tell(CommandHost host, bool json, InputException failure)
    {
        var errors = failure.Errors;
        foreach (var error in errors.First.Take(Shown)) host.Error.WriteLine(error);
        var count = errors.Count.ToString("N0", CultureInfo.InvariantCulture);
        host.Error.WriteLine(errors.Count > Shown
            ? $"zkx: {count} errors, the first {Shown} are shown. Nothing was written."
            : $"zkx: {count} {(errors.Count == 1 ? "error" : "errors")}. Nothing was written.");
        if (json)
        {
            host.Output.WriteLine(Json.Of(new()
            {
                ["ok"] = false,
                ["reason"] = "Input",
                ["count"] = errors.Count,
                ["errors"] = new JsonArray([.. errors.First.Take(Shown).Select(error => (JsonNode)new JsonObject
                {
                    ["file"] = error.File,
                    ["line"] = error.Line,
                    ["column"] = error.Column,
                    ["columnName"] = error.ColumnName,
                    ["reason"] = error.Reason.ToString(),
                    ["message"] = error.Message,
                    ["remedy"] = error.Remedy,
                })]),
            }));
        }

        return ExitCode.Input;
    }
}
