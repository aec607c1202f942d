using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving;

/// <summary>The places at which a malicious prover departs from the protocol. Whatever it changes goes into the
/// transcript as if it were honest, so that only the check under test can stop it.</summary>
class Tampering
{
    /// <summary>Declared columns of a table, before anything is committed.</summary>
    public virtual void Trace(int table, Matrix trace)
    {
    }

    /// <summary>The heights as the proof states them, after the shape was made of the traces.</summary>
    public virtual void Heights(Span<byte> heights)
    {
    }

    /// <summary>Main rows of a class with blinds, before they are extended.</summary>
    public virtual void Main(int index, Matrix rows)
    {
    }

    /// <summary>Masks of the main columns of a class.</summary>
    public virtual void MainMask(int index, Matrix mask)
    {
    }

    /// <summary>Auxiliary rows of a class, before they are extended.</summary>
    public virtual void Auxiliary(int index, Matrix rows)
    {
    }

    /// <summary>Terminals, before they are absorbed.</summary>
    public virtual void Terminals(Span<Quintic> terminals)
    {
    }

    /// <summary>Coefficients of the quotient chunks of a class and, at the tallest, of R.</summary>
    public virtual void Quotient(int index, Matrix low, Matrix high)
    {
    }

    /// <summary>A root, before it is absorbed.</summary>
    public virtual void Root(Label label, ref Digest32 root)
    {
    }

    /// <summary>Opened values, before they are absorbed.</summary>
    public virtual void Openings(Span<Quintic> openings)
    {
    }

    /// <summary>The codeword of a class as a layer, before it enters.</summary>
    public virtual void Codeword(int index, Matrix planes)
    {
    }

    /// <summary>A layer, before it is committed.</summary>
    public virtual void Layer(int index, Matrix planes)
    {
    }

    /// <summary>The final polynomial, before it is absorbed.</summary>
    public virtual void FinalPolynomial(Span<Quintic> coefficients)
    {
    }

    /// <summary>A nonce, before it is used; a wrong one is written down all the same.</summary>
    public virtual void Nonce(Label label, ref ulong nonce)
    {
    }

    /// <summary>The positions that the prover opens.</summary>
    public virtual void Positions(Span<int> positions)
    {
    }

    /// <summary>The finished bytes.</summary>
    public virtual void Proof(ref byte[] proof)
    {
    }
}
