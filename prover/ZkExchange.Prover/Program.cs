return await ZkExchange.Prover.ProverProgram.RunAsync(args, Console.Out, Console.Error);
