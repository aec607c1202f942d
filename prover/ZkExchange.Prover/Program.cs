Console.Error.WriteLine("zkx-prover: no service yet"); return 2;
