using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;
using ZkExchange.Prover.Rpc.V1;

namespace ZkExchange.Prover.Rpc;

/// <summary>Gathers accounts into messages of about <see cref="ProverLimits.ChunkBytes"/>.</summary>
public sealed class AccountBatchWriter
{
    /// <summary>Bytes of a digest, a salt, an amount and a declared bad debt on the wire.</summary>
    public const int DigestBytes = 32;
    public const int SaltBytes = 16;
    public const int AmountBytes = 12;
    public const int BadDebtBytes = 32;

    readonly ArrayBufferWriter<byte> _tags = new();
    readonly ArrayBufferWriter<byte> _salts = new();
    readonly ArrayBufferWriter<byte> _equities = new();
    readonly ArrayBufferWriter<byte> _debts = new();
    readonly ArrayBufferWriter<byte> _badDebts = new();
    AccountBatch _batch = new();

    /// <summary>True when there is anything to take.</summary>
    public bool HasAccounts => _batch.Positions.Count > 0;

    /// <summary>True when the batch should be taken before more is added to it.</summary>
    public bool IsFull =>
        (10 * _batch.Positions.Count) + (4 * _batch.Keys.Count) + _tags.WrittenCount + _salts.WrittenCount
        + _equities.WrittenCount + _debts.WrittenCount + _badDebts.WrittenCount >= ProverLimits.ChunkBytes;

    /// <summary>Begins an account. Its entries follow.</summary>
    /// <param name="position">The position in the shard.</param>
    /// <param name="tag">32 bytes.</param>
    /// <param name="salt">16 bytes.</param>
    /// <param name="badDebt">32 bytes, little-endian, or empty where none is declared.</param>
    public void Add(uint position, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> badDebt)
    {
        RequireLength(tag, DigestBytes);
        RequireLength(salt, SaltBytes);
        if (!badDebt.IsEmpty)
        {
            RequireLength(badDebt, BadDebtBytes);
            _batch.BadDebtRows.Add((uint)_batch.Positions.Count);
            _badDebts.Write(badDebt);
        }

        _batch.Positions.Add(position);
        _batch.EntryCounts.Add(0);
        _tags.Write(tag);
        _salts.Write(salt);
    }

    /// <summary>Adds an entry to the account begun last.</summary>
    /// <param name="key">The entry's key.</param>
    /// <param name="equity">Below 2^96, so that it fits; the prover asks for less.</param>
    /// <param name="debt">The same.</param>
    public void AddEntry(uint key, UInt128 equity, UInt128 debt)
    {
        _batch.EntryCounts[^1]++;
        _batch.Keys.Add(key);
        WriteAmount(_equities, equity);
        WriteAmount(_debts, debt);
    }

    /// <summary>The message with what was added since the last.</summary>
    public ProveRequest Take()
    {
        var batch = _batch;
        batch.Tags = Drain(_tags);
        batch.Salts = Drain(_salts);
        batch.Equities = Drain(_equities);
        batch.Debts = Drain(_debts);
        batch.BadDebts = Drain(_badDebts);
        _batch = new AccountBatch();
        return new ProveRequest { Accounts = batch };
    }

    /// <summary>Appends an amount in 12 bytes.</summary>
    public static void WriteAmount(IBufferWriter<byte> bytes, UInt128 amount)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(amount, UInt128.One << (8 * AmountBytes));
        Span<byte> wide = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(wide, amount);
        bytes.Write(wide[..AmountBytes]);
    }

    static ByteString Drain(ArrayBufferWriter<byte> bytes)
    {
        var drained = ByteString.CopyFrom(bytes.WrittenSpan);
        bytes.ResetWrittenCount();
        return drained;
    }

    static void RequireLength(ReadOnlySpan<byte> bytes, int length)
    {
        if (bytes.Length == length) return;
        throw new ArgumentException($"{length} bytes are needed, not {bytes.Length}", nameof(bytes));
    }
}
