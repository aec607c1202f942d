using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Commitments;
using ZkExchange.Prover.Rpc;
using ZkExchange.Prover.Rpc.V1;

namespace ZkExchange.Cli.Remote;

/// <summary>Witnesses as they travel: specs/65-prover-service.md section 4.</summary>
static class WitnessParts
{
    /// <summary>The accounts of a shard in messages of about a megabyte, made while they are sent.</summary>
    public static IEnumerable<ProveRequest> Of(ShardWitness witness)
    {
        var writer = new AccountBatchWriter();
        foreach (var account in witness.Accounts)
        {
            Add(writer, account);
            if (writer.IsFull) yield return writer.Take();
        }

        if (writer.HasAccounts) yield return writer.Take();
    }

    /// <summary>The nodes of the upper tree, one a message, level by level.</summary>
    public static IEnumerable<ProveRequest> Of(TopWitness witness)
    {
        for (var up = 0; up < witness.Blinds.Count; up++)
        {
            for (var index = 0; index < witness.Blinds[up].Count; index++)
            {
                yield return new()
                {
                    Node = new()
                    {
                        Level = (uint)(witness.ShardHeight + up),
                        Index = (uint)index,
                        Blind = Bytes(witness.Blinds[up][index]),
                        Totals = up == 0 ? Totals(witness.Shards[index]) : null,
                    },
                };
            }
        }
    }

    /// <summary>Four words of four bytes.</summary>
    public static ByteString Bytes(Salt salt)
    {
        var bytes = new byte[Salt.Bytes];
        Write(salt, bytes);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    static void Add(AccountBatchWriter writer, ShardAccount account)
    {
        Span<byte> tag = stackalloc byte[NodeDigest.Bytes];
        Span<byte> salt = stackalloc byte[Salt.Bytes];
        account.Tag.WriteBytes(tag);
        Write(account.Salt, salt);
        writer.Add((uint)account.Position, tag, salt, account.BadDebt.IsZero ? [] : Bytes(account.BadDebt));
        for (var i = 0; i < account.Entries.Length; i++)
        {
            var entry = account.Entries[i];
            writer.AddEntry(entry.Key, entry.Equity, entry.Debt);
        }
    }

    static ShardTotals Totals(ShardSummary shard)
    {
        var equities = new ArrayBufferWriter<byte>();
        var debts = new ArrayBufferWriter<byte>();
        foreach (var asset in shard.Totals.Assets)
        {
            AccountBatchWriter.WriteAmount(equities, asset.Equity);
            AccountBatchWriter.WriteAmount(debts, asset.Debt);
        }

        return new()
        {
            Root = ByteString.CopyFrom(shard.PlainRoot.ToBytes()),
            Accounts = shard.Totals.Accounts,
            BadDebt = ByteString.CopyFrom(Bytes(shard.Totals.BadDebt)),
            Equities = ByteString.CopyFrom(equities.WrittenSpan),
            Debts = ByteString.CopyFrom(debts.WrittenSpan),
        };
    }

    // Wider than what may be declared: the prover refuses such a witness, with its reason.
    static byte[] Bytes(BigInteger badDebt)
    {
        var bytes = new byte[AccountBatchWriter.BadDebtBytes];
        if (!badDebt.TryWriteBytes(bytes, out _, isUnsigned: true))
            throw new ArgumentOutOfRangeException(nameof(badDebt), "bad debt of 2^256 or more");
        return bytes;
    }

    static void Write(Salt salt, Span<byte> bytes)
    {
        for (var i = 0; i < Salt.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[(4 * i)..], salt[i].ToUInt32());
    }
}
