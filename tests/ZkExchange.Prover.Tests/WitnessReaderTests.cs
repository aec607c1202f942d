using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Cli.Remote;
using ZkExchange.Commitments;
using ZkExchange.Prover.Rpc;
using ZkExchange.Prover.Rpc.V1;

namespace ZkExchange.Prover.Tests;

public class WitnessReaderTests
{
    [Fact]
    public void Every_shard_witness_arrives_as_it_was_sent() =>
        Prop.ForAll(Gen.Choose(0, 40).ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (count, seed) =>
        {
            var sent = Witness(count, new System.Random(seed));
            var read = Read(sent, WitnessParts.Of(sent));
            Assert.Equal((sent.Height, sent.Blind, count), (read.Height, read.Blind, read.Accounts.Count));
            for (var i = 0; i < count; i++)
            {
                var (left, right) = (sent.Accounts[i], read.Accounts[i]);
                Assert.Equal(left.Entries, right.Entries);
                Assert.Equal(left with { Entries = right.Entries }, right);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_account_with_every_key_there_can_be_fits_a_message()
    {
        var entries = new AccountEntry[EntryKey.AssetsMax * (EntryKey.PoolMax + 1)];
        for (var i = 0; i < entries.Length; i++)
        {
            var key = EntryKey.Of(i % EntryKey.AssetsMax, i / EntryKey.AssetsMax);
            entries[i] = new(key, Amount.Limit - 1, Amount.Limit - 1);
        }

        var witness = new ShardWitness(0, [new(0, NodeDigest.Empty, default, entries)], default);
        var part = Assert.Single(WitnessParts.Of(witness));
        Assert.True(part.CalculateSize() < ProverLimits.RequestBytesMax);
    }

    [Fact]
    public void Every_column_is_checked()
    {
        (string Reason, Action<AccountBatch> Edit)[] cases =
        [
            ("without accounts", batch => batch.Positions.Clear()),
            ("more accounts", batch => batch.Positions.Add(3)),
            ("entry_counts", batch => batch.EntryCounts.Add(1)),
            ("entry_counts", batch => batch.EntryCounts[0] = 0),
            ("keys", batch => batch.EntryCounts[0]++),
            ("keys", batch => batch.EntryCounts[0] = uint.MaxValue),
            ("keys", batch => batch.Keys.RemoveAt(0)),
            ("tags", batch => batch.Tags = Cut(batch.Tags)),
            ("tags", batch => batch.Tags = With(batch.Tags, 3, 0x7F)),
            ("salts", batch => batch.Salts = Cut(batch.Salts)),
            ("salts", batch => batch.Salts = With(batch.Salts, 3, 0x80)),
            ("equities", batch => batch.Equities = Cut(batch.Equities)),
            ("equities", batch => batch.Equities = With(batch.Equities, 11, 4)),
            ("debts", batch => batch.Debts = ByteString.Empty),
            ("debts", batch => batch.Debts = With(batch.Debts, 11, 0xFF)),
            ("outside", batch => batch.Positions[0] = 1 << 10),
            ("outside", batch => batch.Positions[1] = uint.MaxValue),
            ("bad_debts", batch => batch.BadDebts = ByteString.Empty),
            ("bad_debts", batch => batch.BadDebts = With(batch.BadDebts, 31, 1)),
            ("bad_debt_rows", batch => batch.BadDebtRows[0] = 3),
            ("bad_debt_rows", batch => (batch.BadDebtRows[0], batch.BadDebtRows[1]) = (1, 0)),
            ("bad_debt_rows", batch => batch.BadDebtRows[1] = 0),
        ];
        foreach (var (reason, edit) in cases)
        {
            var witness = Witness(3, new System.Random(1)) with { Height = 10 };
            witness = witness with
            {
                Accounts = [.. witness.Accounts.Select((account, i) => account with { BadDebt = i < 2 ? 5 : 0 })],
            };
            var parts = WitnessParts.Of(witness).ToList();
            edit(parts[0].Accounts);
            var failure = Assert.Throws<RpcException>(() => Read(witness, parts));
            Assert.Equal(GrpcStatus.InvalidArgument, failure.Status);
            Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nodes_come_in_order_and_all_of_them()
    {
        var shard = new ShardSummary(NodeDigest.Empty, NodeTotals.Zero(2));
        Salt blind = default;
        var witness = new TopWitness(3, [shard, shard, shard], [[blind, blind, blind], [blind, blind], [blind]]);
        var tree = new TreeShape(3, 3);
        Assert.Equal(6, TopWitnessReader.NodesOf(tree));
        Assert.Equal(3, Read(tree, WitnessParts.Of(witness)).Blinds.Count);

        (string Reason, Func<List<ProveRequest>, IEnumerable<ProveRequest>> Edit)[] cases =
        [
            ("nodes", parts => parts.SkipLast(1)),
            ("more nodes", parts => parts.Append(parts[5])),
            ("is due", parts => parts.Skip(1)),
            ("is due", parts => parts.Where((_, i) => i != 4)),
            ("blind", parts => Edited(parts, 0, node => node.Blind = ByteString.Empty)),
            ("totals", parts => Edited(parts, 0, node => node.Totals = null)),
            ("totals", parts => Edited(parts, 5, node => node.Totals = parts[0].Node.Totals)),
            ("accounts", parts => Edited(parts, 1, node => node.Totals.Accounts = 1 << 30)),
            ("equities", parts => Edited(parts, 1, node => node.Totals.Equities = Cut(node.Totals.Equities))),
            ("debts", parts => Edited(parts, 1, node => node.Totals.Debts = With(node.Totals.Debts, 23, 4))),
            ("bad_debt", parts => Edited(parts, 1, node => node.Totals.BadDebt = ByteString.Empty)),
            ("root", parts => Edited(parts, 2, node => node.Totals.Root = With(node.Totals.Root, 31, 0xFF))),
        ];
        foreach (var (reason, edit) in cases)
        {
            var parts = WitnessParts.Of(witness).ToList();
            var failure = Assert.Throws<RpcException>(() => Read(tree, edit(parts)));
            Assert.Equal(GrpcStatus.InvalidArgument, failure.Status);
            Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        }
    }

    static ShardWitness Witness(int count, System.Random random)
    {
        var accounts = new List<ShardAccount>();
        for (var i = 0; i < count; i++)
        {
            var entries = new AccountEntry[random.Next(1, 5)];
            for (var e = 0; e < entries.Length; e++)
                entries[e] = new((uint)random.Next(), RandomAmount(random), e == 0 ? 0 : RandomAmount(random));
            var word = (uint)random.Next(1 << 30);
            accounts.Add(new(
                i, NodeDigest.Of(word, (uint)i), Salt.Of(1, 2, (uint)i, word), entries,
                random.Next(3) == 0 ? (BigInteger)RandomAmount(random) << random.Next(151) : 0));
        }

        return new(6, accounts, Salt.Of(9, 8, 7, 6));
    }

    static UInt128 RandomAmount(System.Random random) =>
        (((UInt128)(ulong)random.NextInt64() << 63) | (ulong)random.NextInt64()) >> random.Next(36, 126);

    static ShardWitness Read(ShardWitness witness, IEnumerable<ProveRequest> parts)
    {
        var reader = new ShardWitnessReader(witness.Height, new()
        {
            Accounts = (uint)witness.Accounts.Count,
            Entries = (uint)witness.Accounts.Sum(account => account.Entries.Length),
            Blind = WitnessParts.Bytes(witness.Blind),
        });
        foreach (var part in parts) reader.Add(part.Accounts);
        return reader.Complete();
    }

    static TopWitness Read(TreeShape tree, IEnumerable<ProveRequest> parts)
    {
        var reader = new TopWitnessReader(tree, 2);
        foreach (var part in parts) reader.Add(part.Node);
        return reader.Complete();
    }

    static List<ProveRequest> Edited(List<ProveRequest> parts, int index, Action<TopNode> edit)
    {
        edit(parts[index].Node);
        return parts;
    }

    static ByteString Cut(ByteString bytes) => ByteString.CopyFrom(bytes.Span[..^1]);

    static ByteString With(ByteString bytes, int index, byte value)
    {
        var copy = bytes.ToByteArray();
        copy[index] = value;
        return ByteString.CopyFrom(copy);
    }
}
