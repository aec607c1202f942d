using ZkExchange.Cli.Commands;
using ZkExchange.Cli.Output;

return await Zkx.RunAsync(args, CommandHost.OfProcess()).ConfigureAwait(false);
