using System.Buffers.Binary;
using System.Numerics;
using ZkExchange.Commitments;

namespace ZkExchange.Prover;

/// <summary>The words of a witness as they travel: specs/65-prover-service.md section 4. Each has one form.</summary>
static class Witnesses
{
    public static RpcException Invalid(string detail) => new(GrpcStatus.InvalidArgument, detail);

    /// <summary>Refuses a column whose length is not that of its count.</summary>
    public static void RequireLength(string column, long length, long expected)
    {
        if (length != expected) throw Invalid($"{column}: {length} where {expected} are due");
    }

    public static NodeDigest Digest(string column, ReadOnlySpan<byte> bytes) =>
        NodeDigest.TryRead(bytes, out var digest) ? digest : throw Invalid($"{column}: not eight words below p");

    public static Salt Salt(string column, ReadOnlySpan<byte> bytes)
    {
        RequireLength(column, bytes.Length, Commitments.Salt.Bytes);
        Span<uint> words = stackalloc uint[Commitments.Salt.Length];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * i)..]);
            if (words[i] >= KoalaBear.Modulus) throw Invalid($"{column}: a word is p or more");
        }

        return Commitments.Salt.Of(words[0], words[1], words[2], words[3]);
    }

    public static UInt128 Amount(string column, ReadOnlySpan<byte> bytes)
    {
        Check.That(bytes.Length == AccountBatchWriter.AmountBytes);
        Span<byte> wide = stackalloc byte[16];
        wide.Clear();
        bytes.CopyTo(wide);
        var amount = BinaryPrimitives.ReadUInt128LittleEndian(wide);
        return Commitments.Amount.IsValid(amount) ? amount : throw Invalid($"{column}: an amount is 2^90 or more");
    }

    public static BigInteger BadDebt(string column, ReadOnlySpan<byte> bytes)
    {
        RequireLength(column, bytes.Length, AccountBatchWriter.BadDebtBytes);
        var badDebt = new BigInteger(bytes, isUnsigned: true);
        return badDebt.GetBitLength() <= NodeTotals.BadDebtBits ? badDebt : throw Invalid($"{column}: 2^240 or more");
    }
}
