using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Commitments;
using ZkExchange.Prover.Rpc.V1;

namespace ZkExchange.Prover;

/// <summary>Gathers the nodes of the upper tree: level by level, from left to right.</summary>
sealed class TopWitnessReader
{
    readonly TreeShape _tree;
    readonly int _assets;
    readonly List<ShardSummary> _shards = [];
    readonly List<List<Salt>> _blinds = [[]];
    int _level;

    /// <param name="tree">g and k of the statement.</param>
    /// <param name="assets">A.</param>
    public TopWitnessReader(TreeShape tree, int assets)
    {
        _tree = tree;
        _assets = assets;
        _level = tree.ShardHeight;
    }

    /// <summary>How many nodes there are: those above at least one shard.</summary>
    public static int NodesOf(TreeShape tree)
    {
        var nodes = 0;
        for (var level = tree.ShardHeight; level <= tree.Height; level++) nodes += tree.NodesAt(level);
        return nodes;
    }

    public void Add(TopNode node)
    {
        if (_blinds[^1].Count == _tree.NodesAt(_level))
        {
            if (_level == _tree.Height) throw Witnesses.Invalid("more nodes than the tree has");
            _level++;
            _blinds.Add([]);
        }

        var index = _blinds[^1].Count;
        if (node.Level != _level || node.Index != index)
            throw Witnesses.Invalid($"node {node.Index} of level {node.Level} where {index} of {_level} is due");
        _blinds[^1].Add(Witnesses.Salt("node.blind", node.Blind.Span));
        if ((node.Totals is not null) != (_level == _tree.ShardHeight))
            throw Witnesses.Invalid("node.totals: at the shards' level, and only there");
        if (node.Totals is { } totals) _shards.Add(Summary(totals));
    }

    /// <exception cref="RpcException">InvalidArgument: a node is missing.</exception>
    public TopWitness Complete()
    {
        Witnesses.RequireLength("nodes", _blinds.Sum(level => level.Count), NodesOf(_tree));
        return new(_tree.ShardHeight, _shards, _blinds);
    }

    ShardSummary Summary(ShardTotals totals)
    {
        if (totals.Accounts >= 1u << NodeTotals.AccountsBits) throw Witnesses.Invalid("totals.accounts: 2^30 or more");
        const int Length = AccountBatchWriter.AmountBytes;
        Witnesses.RequireLength("totals.equities", totals.Equities.Length, (long)Length * _assets);
        Witnesses.RequireLength("totals.debts", totals.Debts.Length, (long)Length * _assets);
        var assets = new AssetTotals[_assets];
        for (var i = 0; i < assets.Length; i++)
        {
            assets[i] = new(
                Witnesses.Amount("totals.equities", totals.Equities.Span.Slice(Length * i, Length)),
                Witnesses.Amount("totals.debts", totals.Debts.Span.Slice(Length * i, Length)));
        }

        var badDebt = Witnesses.BadDebt("totals.bad_debt", totals.BadDebt.Span);
        return new(Witnesses.Digest("totals.root", totals.Root.Span), new(totals.Accounts, badDebt, assets));
    }
}
