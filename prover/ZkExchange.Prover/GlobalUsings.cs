global using ZkExchange.Fields;
global using ZkExchange.Prover.Rpc;
