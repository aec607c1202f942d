using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>The two secrets of an exchange (specs/40-statements.md section 9), 32 bytes each.</summary>
/// <param name="Account">For the life of the accounts: nonces follow from it.</param>
/// <param name="Epoch">For one statement, drawn anew for every one: positions, salts and blinds follow from it.</param>
public sealed record EpochSecrets(byte[] Account, byte[] Epoch)
{
    /// <summary>Fresh secrets from the platform's generator.</summary>
    public static EpochSecrets New() => new(Salts.NewSecret(), Salts.NewSecret());

    /// <summary>The same accounts, another statement.</summary>
    public static EpochSecrets For(byte[] account)
    {
        Check.That(account.Length == Salts.SecretBytes);
        return new(account, Salts.NewSecret());
    }

    /// <summary>True if both have their length and differ.</summary>
    public bool IsValid =>
        Account.Length == Salts.SecretBytes && Epoch.Length == Salts.SecretBytes
        && !Account.AsSpan().SequenceEqual(Epoch);
}
