return ZkExchange.Verifier.Commands.VerifierProgram.Run(args, Console.Out, Console.Error);
