// The verifier's coins, taken from everything the prover has said so far (specs/20-transcript.md): a SHA-256 chain with
// four kinds of message, told apart by byte 32.
//
//   absorb(label, bytes)   S <- H(S || 1 || label || u64 length || bytes)
//   squeeze(label)         block_c = H(S || 2 || label || u32 c), c = 0, 1, ..; afterwards S <- H(S || 3 || label ||
//                          u32 blocks begun)
//   grind(label, g)        the digest H(S || 4 || label || u64 nonce) must start with g zero bits; it becomes S

using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using ZkExchange.Fields;

namespace ZkExchange.Stark;

/// <summary>The state that both sides carry through the protocol.</summary>
public sealed class Transcript
{
    /// <summary>Bytes before the nonce in a grinding message.</summary>
    public const int GrindingPrefixBytes = Digest32.Bytes + 2;

    const byte Absorbing = 1;
    const byte Squeezing = 2;
    const byte Closing = 3;
    const byte Grinding = 4;

    readonly byte[] _state = new byte[Digest32.Bytes];

    public Transcript() => SHA256.HashData("zkexchange-stark-v1"u8, _state);

    /// <summary>The state between two messages.</summary>
    public Digest32 State => new(_state);

    /// <summary>Binds a message of the prover, or something both sides know.</summary>
    public void Absorb(Label label, ReadOnlySpan<byte> bytes)
    {
        Span<byte> header = stackalloc byte[Digest32.Bytes + 10];
        WriteHeader(header, Absorbing, label);
        BinaryPrimitives.WriteUInt64LittleEndian(header[(Digest32.Bytes + 2)..], (ulong)bytes.Length);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(bytes);
        hash.GetHashAndReset(_state);
    }

    /// <summary>Binds a root.</summary>
    public void Absorb(Label label, Digest32 digest)
    {
        Span<byte> bytes = stackalloc byte[Digest32.Bytes];
        digest.CopyTo(bytes);
        Absorb(label, bytes);
    }

    /// <summary>Draws independent elements of E, uniform without bias.</summary>
    public Quintic[] SqueezeElements(Label label, int count)
    {
        var stream = new Stream(_state, label);
        var elements = new Quintic[count];
        for (var i = 0; i < count; i++) elements[i] = stream.NextElement();
        stream.Close(_state);
        return elements;
    }

    /// <summary>Draws one element of E.</summary>
    public Quintic SqueezeElement(Label label) => SqueezeElements(label, 1)[0];

    /// <summary>Draws an element of E that is not in F, hence in no domain.</summary>
    public Quintic SqueezePoint(Label label)
    {
        var stream = new Stream(_state, label);
        var point = FirstOutsideF(stream.Elements());
        stream.Close(_state);
        return point;
    }

    /// <summary>The first element that is not in F; those behind it are not drawn.</summary>
    internal static Quintic FirstOutsideF(IEnumerable<Quintic> elements) => elements.First(element => !element.IsBase);

    /// <summary>Draws positions below 2^<paramref name="log2"/>, with replacement.</summary>
    public int[] SqueezeIndices(Label label, int count, int log2)
    {
        Check.That(log2 is >= 0 and <= KoalaBear.TwoAdicity);
        var stream = new Stream(_state, label);
        var indices = new int[count];
        for (var i = 0; i < count; i++) indices[i] = (int)(stream.NextWord() & ((1u << log2) - 1));
        stream.Close(_state);
        return indices;
    }

    /// <summary>What comes before the nonce, for the prover's search.</summary>
    /// <param name="label">The round.</param>
    /// <param name="prefix">Receives <see cref="GrindingPrefixBytes"/> bytes.</param>
    public void WriteGrindingPrefix(Label label, Span<byte> prefix) => WriteHeader(prefix, Grinding, label);

    /// <summary>Takes a nonce if it is good; the state is unchanged if it is not. Zero bits have no nonce: nothing
    /// happens.</summary>
    public bool TryGrind(Label label, int bits, ulong nonce)
    {
        if (bits == 0) return true;

        Span<byte> message = stackalloc byte[GrindingPrefixBytes + 8];
        WriteHeader(message, Grinding, label);
        BinaryPrimitives.WriteUInt64LittleEndian(message[GrindingPrefixBytes..], nonce);

        Span<byte> digest = stackalloc byte[Digest32.Bytes];
        SHA256.HashData(message, digest);
        if (LeadingZeros(digest) < bits) return false;

        digest.CopyTo(_state);
        return true;
    }

    /// <summary>The zero bits at the start of a digest, the most significant bit of byte 0 first.</summary>
    public static int LeadingZeros(ReadOnlySpan<byte> digest)
    {
        var zeros = 0;
        foreach (var octet in digest)
        {
            if (octet != 0) return zeros + BitOperations.LeadingZeroCount((uint)octet) - 24;
            zeros += 8;
        }

        return zeros;
    }

    void WriteHeader(Span<byte> header, byte kind, Label label)
    {
        _state.CopyTo(header);
        header[Digest32.Bytes] = kind;
        header[Digest32.Bytes + 1] = (byte)label;
    }

    /// <summary>The blocks of one squeeze.</summary>
    sealed class Stream
    {
        readonly byte[] _message = new byte[Digest32.Bytes + 6];
        readonly byte[] _block = new byte[Digest32.Bytes];
        int _taken = Digest32.Bytes;
        uint _blocks;

        public Stream(ReadOnlySpan<byte> state, Label label)
        {
            state.CopyTo(_message);
            _message[Digest32.Bytes] = Squeezing;
            _message[Digest32.Bytes + 1] = (byte)label;
        }

        public uint NextWord()
        {
            if (_taken == Digest32.Bytes)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(_message.AsSpan(Digest32.Bytes + 2), _blocks++);
                SHA256.HashData(_message, _block);
                _taken = 0;
            }

            var word = BinaryPrimitives.ReadUInt32LittleEndian(_block.AsSpan(_taken));
            _taken += 4;
            return word;
        }

        public IEnumerable<Quintic> Elements()
        {
            while (true) yield return NextElement();
        }

        public Quintic NextElement() => new(NextBase(), NextBase(), NextBase(), NextBase(), NextBase());

        public void Close(Span<byte> state)
        {
            _message[Digest32.Bytes] = Closing;
            BinaryPrimitives.WriteUInt32LittleEndian(_message.AsSpan(Digest32.Bytes + 2), _blocks);
            SHA256.HashData(_message, state);
        }

        // 31 bits, again if they are not below p: no element is likelier than another.
        KoalaBear NextBase()
        {
            var word = NextWord() & 0x7FFF_FFFF;
            while (word >= KoalaBear.Modulus) word = NextWord() & 0x7FFF_FFFF;
            return KoalaBear.From(word);
        }
    }
}
