using ZkExchange.Fields;
using ZkExchange.Stark;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Forgery.Protocol;

/// <summary>Changes a span in place.</summary>
delegate void Change<T>(Span<T> values);

/// <summary>A prover that departs from the protocol at one place and goes on honestly from there: challenges, work and
/// openings follow from what it said.</summary>
sealed class Departure : Tampering
{
    /// <summary>Declared columns, by table.</summary>
    public Action<int, Matrix>? AtTrace { get; init; }

    /// <summary>The heights that the proof states.</summary>
    public Change<byte>? AtHeights { get; init; }

    /// <summary>Main rows with their blinds, by class.</summary>
    public Action<int, Matrix>? AtMain { get; init; }

    /// <summary>Masks of the main columns, by class.</summary>
    public Action<int, Matrix>? AtMask { get; init; }

    /// <summary>Auxiliary rows, by class.</summary>
    public Action<int, Matrix>? AtAuxiliary { get; init; }

    /// <summary>Terminals.</summary>
    public Change<Quintic>? AtTerminals { get; init; }

    /// <summary>Coefficients of the chunks and of R, by class: those below n, and those from n on.</summary>
    public Action<int, Matrix, Matrix>? AtQuotient { get; init; }

    /// <summary>A root, by label.</summary>
    public Func<Label, Digest32, Digest32>? AtRoot { get; init; }

    /// <summary>Opened values.</summary>
    public Change<Quintic>? AtOpenings { get; init; }

    /// <summary>The codeword of a class: five planes.</summary>
    public Action<int, Matrix>? AtCodeword { get; init; }

    /// <summary>A layer: five planes.</summary>
    public Action<int, Matrix>? AtLayer { get; init; }

    /// <summary>The final polynomial.</summary>
    public Change<Quintic>? AtFinal { get; init; }

    /// <summary>A nonce, by label.</summary>
    public Func<Label, ulong, ulong>? AtNonce { get; init; }

    /// <summary>The positions that are opened.</summary>
    public Change<int>? AtPositions { get; init; }

    /// <summary>The finished bytes.</summary>
    public Func<byte[], byte[]>? AtProof { get; init; }

    public override void Trace(int table, Matrix trace) => AtTrace?.Invoke(table, trace);

    public override void Heights(Span<byte> heights) => AtHeights?.Invoke(heights);

    public override void Main(int index, Matrix rows) => AtMain?.Invoke(index, rows);

    public override void MainMask(int index, Matrix mask) => AtMask?.Invoke(index, mask);

    public override void Auxiliary(int index, Matrix rows) => AtAuxiliary?.Invoke(index, rows);

    public override void Terminals(Span<Quintic> terminals) => AtTerminals?.Invoke(terminals);

    public override void Quotient(int index, Matrix low, Matrix high) => AtQuotient?.Invoke(index, low, high);

    public override void Root(Label label, ref Digest32 root) => root = AtRoot?.Invoke(label, root) ?? root;

    public override void Openings(Span<Quintic> openings) => AtOpenings?.Invoke(openings);

    public override void Codeword(int index, Matrix planes) => AtCodeword?.Invoke(index, planes);

    public override void Layer(int index, Matrix planes) => AtLayer?.Invoke(index, planes);

    public override void FinalPolynomial(Span<Quintic> coefficients) => AtFinal?.Invoke(coefficients);

    public override void Nonce(Label label, ref ulong nonce) => nonce = AtNonce?.Invoke(label, nonce) ?? nonce;

    public override void Positions(Span<int> positions) => AtPositions?.Invoke(positions);

    public override void Proof(ref byte[] proof) => proof = AtProof?.Invoke(proof) ?? proof;
}
