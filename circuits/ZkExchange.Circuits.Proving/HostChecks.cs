namespace ZkExchange.Circuits.Proving;

/// <summary>Whether a writer refuses false witnesses or writes down what it is told.</summary>
public enum HostChecks
{
    /// <summary>The honest prover.</summary>
    On = 0,

    /// <summary>For forgeries: then the constraints are all that stands in the way.</summary>
    Off = 1,
}
