using ZkExchange.Circuits.Epoch;
using ZkExchange.Stark;
using ZkExchange.Stark.Soundness;

namespace ZkExchange.Verifier.Reports;

/// <summary>The proven level of an epoch's proofs: the weakest of them.</summary>
static class Level
{
    public static double Of(EpochVerdict verdict, EpochCircuits circuits) => Math.Min(
        Of(verdict.ShardShape!, circuits.ShardClaims(verdict.Statement!)(0)),
        Of(verdict.TopShape!, circuits.TopClaim(verdict.Statement!)));

    static double Of(Shape shape, Claim claim) =>
        SoundnessReport.Of(SoundnessParameters.Of(shape, claim)).Level;
}
