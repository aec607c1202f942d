using System.Runtime.InteropServices;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Tests.Proving.Laws;

/// <summary>Aligned words for kernels, and residues with edges among them.</summary>
sealed unsafe class Planes : IDisposable
{
    static readonly uint[] s_edges = [0, 1, KoalaBear.Modulus - 1, KoalaBear.Modulus / 2, 0x01FFFFFE, 2];

    readonly uint* _words;
    readonly int _count;

    public Planes(int words, Random random)
    {
        _count = words;
        _words = (uint*)NativeMemory.AlignedAlloc((nuint)words * sizeof(uint), 64);
        for (var i = 0; i < words; i++)
        {
            _words[i] = random.Next(4) == 0
                ? s_edges[random.Next(s_edges.Length)]
                : (uint)random.NextInt64(KoalaBear.Modulus);
        }
    }

    public uint* this[int word] => _words + word;

    public uint[] ToArray() => new Span<uint>(_words, _count).ToArray();

    public void CopyFrom(Planes other) => other.ToArray().CopyTo(new Span<uint>(_words, _count));

    public void Dispose() => NativeMemory.AlignedFree(_words);
}
