using ZkExchange.Exchange.Simulation;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>A line of a recorded market and where it stands.</summary>
/// <param name="Path">The file.</param>
/// <param name="Number">The line, from 1.</param>
/// <param name="Price">What it says.</param>
readonly record struct RecordedLine(string Path, int Number, RecordedPrice Price);
