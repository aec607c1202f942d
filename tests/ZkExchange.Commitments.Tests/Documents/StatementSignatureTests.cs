using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace ZkExchange.Commitments.Tests.Documents;

public class StatementSignatureTests
{
    static readonly BigInteger s_order = BigInteger.Parse(
        "0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", NumberStyles.AllowHexSpecifier,
        CultureInfo.InvariantCulture);

    static readonly FileDigest s_digest = Samples.Statement.Digest;

    [Fact]
    public void A_signature_holds_for_its_statement_and_signer_only()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        for (var i = 0; i < 8; i++)
        {
            var file = StatementSignature.Sign(s_digest, key);
            Assert.Equal(StatementSignature.FileBytes, file.Length);
            Assert.True(StatementSignature.IsValid(file, s_digest, PointOf(key)));
            Assert.False(StatementSignature.IsValid(file, s_digest, PointOf(other)));
            Assert.False(StatementSignature.IsValid(file, FileDigest.Of("other"u8), PointOf(key)));
        }

        var statement = Samples.Statement with { Signer = PointOf(key) };
        Assert.Equal(default, statement.Validate());
    }

    [Fact]
    public void The_other_half_of_s_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var file = Encoding.ASCII.GetString(StatementSignature.Sign(s_digest, key));
        var s = BigInteger.Parse("0" + file[64..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var high = (s_order - s).ToString("x64", CultureInfo.InvariantCulture);
        Assert.False(StatementSignature.IsValid(
            Encoding.ASCII.GetBytes(file[..64] + high[^64..]), s_digest, PointOf(key)));
    }

    [Fact]
    public void Another_form_of_the_file_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var file = StatementSignature.Sign(s_digest, key);
        var text = Encoding.ASCII.GetString(file);
        Assert.False(StatementSignature.IsValid([.. file, (byte)'\n'], s_digest, PointOf(key)));
        Assert.False(StatementSignature.IsValid(file.AsSpan(1), s_digest, PointOf(key)));
        Assert.False(StatementSignature.IsValid([], s_digest, PointOf(key)));
        Assert.False(StatementSignature.IsValid(Of(text.ToUpperInvariant()), s_digest, PointOf(key)));
        Assert.False(StatementSignature.IsValid(Of(new string('0', 128)), s_digest, PointOf(key)));
        Assert.False(StatementSignature.IsValid(Of(new string('f', 64) + text[64..]), s_digest, PointOf(key)));
        Assert.False(StatementSignature.IsValid(file, s_digest, "04" + new string('0', 128)));
        Assert.False(StatementSignature.IsValid(file, s_digest, ""));
    }

    static byte[] Of(string text) => Encoding.ASCII.GetBytes(text);

    static string PointOf(ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        return "04" + Convert.ToHexStringLower(point.X!) + Convert.ToHexStringLower(point.Y!);
    }
}
