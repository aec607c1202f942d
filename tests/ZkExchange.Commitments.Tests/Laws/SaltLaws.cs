using System.Security.Cryptography;
using System.Text;
using Xunit;
using ZkExchange.Fields;

namespace ZkExchange.Commitments.Tests.Laws;

public class SaltLaws
{
    static readonly byte[] s_secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    static readonly Salts s_salts = new(s_secret);

    [Fact]
    public void A_nonce_is_the_platforms_derivation()
    {
        byte[] info = [.. "zkexchange-v1/nonce"u8, 0, 2, 0, .. "id"u8];
        Assert.Equal(HKDF.DeriveKey(HashAlgorithmName.SHA256, s_secret, 32, null, info), s_salts.Nonce("id"));
    }

    [Fact]
    public void A_salt_is_the_platforms_derivation()
    {
        byte[] info = [.. "zkexchange-v1/salt"u8, 0, 7, 0, 0, 0, 0, 0, 0, 0, 9, 1, 0, 0, 0, 0, 0, 0];
        var bytes = HKDF.DeriveKey(HashAlgorithmName.SHA256, s_secret, 64, null, info);
        var salt = s_salts.Leaf(7, 265);
        for (var i = 0; i < Salt.Length; i++)
        {
            var integer = new System.Numerics.BigInteger(bytes.AsSpan(16 * i, 16), isUnsigned: true);
            Assert.Equal(KoalaBear.From((uint)(integer % KoalaBear.Modulus)), salt[i]);
        }
    }

    [Fact]
    public void C05_C06_Salts_and_blinds_differ_by_secret_epoch_and_place()
    {
        var other = new Salts(SHA256.HashData(s_secret));
        var salts = new List<Salt> { other.Leaf(1, 1), s_salts.Leaf(2, 1), other.Blind(1, 1, 1) };
        for (var position = 0UL; position < 50; position++) salts.Add(s_salts.Leaf(1, position));
        for (var index = 0UL; index < 50; index++) salts.Add(s_salts.Blind(1, index % 5, index));
        Assert.Equal(salts.Count, salts.Distinct().Count());
    }

    [Fact]
    public void D10_Positions_are_a_random_choice_without_repeats()
    {
        var positions = s_salts.Positions(3, 700, 1024);
        Assert.Equal(700, positions.Distinct().Count());
        Assert.All(positions, position => Assert.InRange(position, 0, 1023));
        Assert.Equal(positions, new Salts(s_secret).Positions(3, 700, 1024));
        Assert.NotEqual(positions, s_salts.Positions(4, 700, 1024));
        Assert.Equal(Enumerable.Range(0, 64), s_salts.Positions(3, 64, 64).Order());
    }

    [Fact]
    public void Positions_favour_no_place()
    {
        // 2000 draws of one position out of eight: each place 250 times, deviation 15; seven deviations allowed.
        var counts = new int[8];
        for (var epoch = 0UL; epoch < 2000; epoch++) counts[s_salts.Positions(epoch, 1, 8)[0]]++;
        Assert.All(counts, count => Assert.InRange(count, 150, 350));
    }

    [Fact]
    public void Secrets_are_fresh_and_of_full_length()
    {
        Assert.Equal(Salts.SecretBytes, Salts.NewSecret().Length);
        Assert.NotEqual(Salts.NewSecret(), Salts.NewSecret());
        Assert.Throws<InvalidOperationException>(() => new Salts(Encoding.ASCII.GetBytes("too short")));
    }

    [Fact]
    public void Salts_have_one_form()
    {
        var salt = s_salts.Leaf(1, 2);
        Assert.True(Salt.TryParse(salt.ToString(), out var read));
        Assert.Equal(salt, read);
        Assert.False(Salt.TryParse("0100007f" + salt.ToString()[8..], out _));
        Assert.False(Salt.TryParse(salt.ToString().AsSpan(1), out _));
    }
}
