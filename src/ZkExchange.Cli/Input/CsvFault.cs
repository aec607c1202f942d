namespace ZkExchange.Cli.Input;

/// <summary>What is wrong with a record as text.</summary>
/// <param name="Column">The column from 1, or 0 for the whole line.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="IsFatal">Nothing after it can be read.</param>
readonly record struct CsvFault(int Column, string Message, string Remedy, bool IsFatal = false);
