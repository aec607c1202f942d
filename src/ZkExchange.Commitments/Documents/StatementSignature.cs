using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace ZkExchange.Commitments;

/// <summary>The content of statement.sig: 128 hexadecimal digits r, s of an ECDSA signature over P-256 with SHA-256,
/// s in the lower half (specs/50-wire-formats.md section 6).</summary>
public static class StatementSignature
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "statement.sig";

    /// <summary>Bytes of the file.</summary>
    public const int FileBytes = 128;

    const int ScalarBytes = 32;

    static readonly BigInteger s_order = BigInteger.Parse(
        "0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
        System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What is signed.</summary>
    public static byte[] Message(FileDigest statement) => Encoding.ASCII.GetBytes($"{Statement.Format}:{statement}");

    /// <summary>True if the file signs the statement under the signer's key; a total function.</summary>
    /// <param name="file">The bytes of statement.sig.</param>
    /// <param name="statement">The statement's digest.</param>
    /// <param name="signer">130 hexadecimal digits of a point that a statement's rules have accepted.</param>
    public static bool IsValid(ReadOnlySpan<byte> file, FileDigest statement, string signer)
    {
        Span<byte> signature = stackalloc byte[2 * ScalarBytes];
        Span<byte> point = stackalloc byte[1 + (2 * ScalarBytes)];
        if (file.Length != FileBytes || !Hex.TryDecode(Encoding.Latin1.GetString(file), signature)) return false;
        if (!Hex.TryDecode(signer, point) || point[0] != 4) return false;
        if (Scalar(signature[ScalarBytes..]) > s_order / 2) return false;
        try
        {
            using var key = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new() { X = point[1..33].ToArray(), Y = point[33..].ToArray() },
            });
            return key.VerifyData(
                Message(statement), signature, HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            return false;                                      // not a point of the curve
        }
    }

    /// <summary>Signs a statement's digest: the content of statement.sig.</summary>
    public static byte[] Sign(FileDigest statement, ECDsa key)
    {
        var signature = key.SignData(
            Message(statement), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        var s = Scalar(signature.AsSpan(ScalarBytes));
        if (s > s_order / 2)
        {
            signature.AsSpan(ScalarBytes).Clear();
            var low = (s_order - s).ToByteArray(isUnsigned: true, isBigEndian: true);
            low.CopyTo(signature, signature.Length - low.Length);
        }

        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(signature));
    }

    static BigInteger Scalar(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
