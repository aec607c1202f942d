namespace ZkExchange.Stark.Proving;

/// <summary>The parts of a proof's work, in order.</summary>
public enum ProverPhase
{
    MainExtension,
    MainTree,
    AuxiliaryTrace,
    AuxiliaryExtension,
    AuxiliaryTree,
    Constraints,
    QuotientExtension,
    QuotientTree,
    Openings,
    Codewords,
    Folding,
    Grinding,
    Queries,
    Verification,
}
