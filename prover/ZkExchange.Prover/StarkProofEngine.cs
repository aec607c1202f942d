using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;
using ZkExchange.Fields.Kernels;
using ZkExchange.Prover.Rpc.V1;
using ZkExchange.Stark;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Prover;

/// <summary>The engine of this version: the shard circuit and the top circuit over Stark.</summary>
/// <remarks>The claim is made from the statement alone, by the code that a verifier runs; what would not be admitted
/// there is refused here before any witness is read.</remarks>
/// <param name="seed">For tests only: a proof whose randomness is known hides nothing.</param>
sealed class StarkProofEngine(byte[]? seed = null) : IProofEngine
{
    public IReadOnlyList<(string Name, byte[] VerifyingKey)> Circuits { get; } =
        [("shard", ShardCircuit.Key.Hash.ToArray()), ("top", TopCircuit.Key.Hash.ToArray())];

    public IReadOnlyList<string> Profiles { get; } = [.. Profile.All.Select(profile => profile.Name)];

    public string Kernels => KernelChoice.Selected switch
    {
        KernelSet.Avx512 => "avx512",
        KernelSet.Avx2 => "avx2",
        _ => "scalar",
    };

    public IProofTask Begin(byte[] statement, ProveHeader header)
    {
        var (document, refusal) = Statement.Read(statement);
        if (document is null) throw Witnesses.Invalid($"statement: {refusal}");
        RequireKey("shard", document.Keys.Shard, ShardCircuit.Key);
        RequireKey("top", document.Keys.Top, TopCircuit.Key);
        var profile = Profile.Find(document.Profile)
            ?? throw Witnesses.Invalid($"statement: this prover has no profile {document.Profile}");
        return header.SubjectCase == ProveHeader.SubjectOneofCase.Shard
            ? BeginShard(document, profile, header.Shard)
            : BeginTop(document, profile, header.Top);
    }

    ShardProofTask BeginShard(Statement statement, Profile profile, ShardSubject subject)
    {
        var shards = statement.ShardNodes.Count;
        if (subject.Index >= (uint)shards)
            throw Witnesses.Invalid($"header.shard.index is {subject.Index}; the statement has {shards} shards");
        if (subject.Accounts > 1L << statement.ShardHeight)
            throw Witnesses.Invalid("header.shard.accounts: more than the shard has positions");
        var tables = ShardTables.Of(statement.Assets, statement.PoolNames);
        var claim = ShardClaim.Of(statement, (int)subject.Index, tables);
        var shape = Admit(ShardCircuit.Key, profile, claim, statement.ShardShape);

        // Two entries a row at most, and no two accounts in one.
        var blocks = Math.Max(subject.Accounts, AccountItems.Blocks((int)subject.Entries));
        var rows = ShardPlan.OtherRows(tables.Assets) + blocks;
        if (rows > 1L << statement.ShardShape[ShardCircuit.EntryTableIndex])
            throw Witnesses.Invalid("header.shard: more accounts or entries than the statement's shape has rows for");
        return new(statement, shape, claim, seed, tables, subject);
    }

    TopProofTask BeginTop(Statement statement, Profile profile, TopSubject subject)
    {
        var nodes = TopWitnessReader.NodesOf(statement.Tree);
        if (subject.Nodes != nodes)
            throw Witnesses.Invalid($"header.top.nodes is {subject.Nodes}; the statement's tree has {nodes}");
        var claim = TopClaim.Of(statement);
        return new(statement, Admit(TopCircuit.Key, profile, claim, statement.TopShape), claim, seed);
    }

    static void RequireKey(string name, FileDigest key, VerifyingKey own)
    {
        if (!key.ToString().Equals(own.Hash.ToString(), StringComparison.Ordinal))
            throw Witnesses.Invalid($"statement: vk.{name} is {key}; this prover has {own.Hash}");
    }

    static Stark.Shape Admit(VerifyingKey key, Profile profile, Claim claim, IReadOnlyList<byte> heights)
    {
        var verdict = StarkVerifier.Admit(key, profile, claim, [.. heights], out var shape);
        if (!verdict.IsAccepted || shape is null)
            throw Witnesses.Invalid($"statement: no verifier admits this claim: {verdict.Outcome} {verdict.Where}");
        return shape;
    }
}
