Console.Error.WriteLine("zkx: no command yet"); return 2;
