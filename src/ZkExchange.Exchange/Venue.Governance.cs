using System.Security.Cryptography;
using ZkExchange.Ledger;
using ZkExchange.Matching;

namespace ZkExchange.Exchange;

// Acts of governance: the same bytes, signed by enough signers. New parameters wait for their timelock; a halt needs
// one signature and no wait.
public sealed partial class Venue
{
    readonly List<Proposal> _proposals = [];

    /// <summary>The act that replaces the parameter set.</summary>
    public static byte[] ParametersAct(VenueParameters next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return [(byte)GovernanceAct.Parameters, .. next.Encode()];
    }

    /// <summary>The act that changes the state of a book; with an end, the one that starts a call.</summary>
    /// <param name="instrument">Whose book.</param>
    /// <param name="state">What it shall take.</param>
    /// <param name="after">What <see cref="StateActsOf"/> says now: an act is good for one change.</param>
    /// <param name="end">Of the call.</param>
    public static byte[] StateAct(int instrument, BookState state, ulong after, long end = 0)
    {
        var writer = new StateWriter();
        writer.U8((byte)GovernanceAct.State);
        writer.I32(instrument);
        writer.U8((byte)state);
        writer.U64(after);
        writer.I64(end);
        return writer.Bytes.ToArray();
    }

    /// <summary>The bytes that a signer signs for an act, while a parameter version is in force.</summary>
    public static byte[] GovernanceMessage(int version, ReadOnlySpan<byte> act)
    {
        var writer = new StateWriter();
        writer.Raw("zkx-governance-v1"u8);
        writer.I32(version);
        writer.Raw(SHA256.HashData(act));
        return writer.Bytes.ToArray();
    }

    /// <summary>Acts that have changed the state of a book so far.</summary>
    public ulong StateActsOf(int instrument) => _markets[instrument].StateActs;

    RejectCode Govern(in Command c)
    {
        if (c.Other < 0 || c.Other >= Parameters.Signers.Count || c.Data is not { Length: > 0 } act)
            return RejectCode.NotAuthorised;
        if (!_signatures.Verify(Parameters.Signers[c.Other], GovernanceMessage(Parameters.Version, act), c.Signature))
            return RejectCode.InvalidSignature;
        var code = Understand(act, out var next, out var instrument, out var state, out var end);
        if (code != RejectCode.None)
            return code;
        if (next == null && state is BookState.Halted or BookState.PostOnly or BookState.ReduceOnly
            && state > MarketOf(instrument)!.Book.State)
            return ChangeState(instrument, state, end);          // towards safety one is enough
        var hash = SHA256.HashData(act);
        var proposal = _proposals.Find(p => p.Hash.AsSpan().SequenceEqual(hash));
        if (proposal is { Due: < long.MaxValue })
            return RejectCode.TimelockRunning;                   // it is agreed on
        if (proposal == null)
            _proposals.Add(proposal = new Proposal(hash, act));
        proposal.Signers |= 1u << c.Other;
        Say(new Notice(NoticeKind.Approved, -1, -1, 0, System.Numerics.BitOperations.PopCount(proposal.Signers)));
        if (System.Numerics.BitOperations.PopCount(proposal.Signers) < Parameters.Threshold)
            return RejectCode.None;
        if (next == null)
            return ChangeState(instrument, state, end);
        proposal.Due = _now + Parameters.Timelock;
        FindNextDue(_now);
        if (Parameters.Timelock == 0)
            RunGovernance(_now);
        return RejectCode.None;
    }

    RejectCode Understand(
        byte[] act, out VenueParameters? next, out int instrument, out BookState state, out long end)
    {
        (next, instrument, state, end) = (null, -1, BookState.Open, 0);
        if (act[0] == (byte)GovernanceAct.Parameters)
        {
            next = VenueParameters.TryDecode(act.AsSpan(1));
            return next != null && Parameters.MayBecome(next) ? RejectCode.None : RejectCode.ParameterOutOfRange;
        }
        var reader = new StateReader(act);
        if (reader.U8() != (byte)GovernanceAct.State)
            return RejectCode.MalformedCommand;
        instrument = reader.I32();
        state = (BookState)reader.U8();
        var after = reader.U64();
        end = reader.I64();
        if (!reader.IsComplete || state > BookState.Call || (state == BookState.Call) != (end > _now))
            return RejectCode.MalformedCommand;
        if (MarketOf(instrument) is not { } market)
            return RejectCode.UnknownInstrument;
        if (after != market.StateActs)
            return RejectCode.UnknownProposal;                   // it was for another hour
        return market.Book.State switch
        {
            >= BookState.Settling => RejectCode.InstrumentClosed,
            BookState.Call => RejectCode.MalformedCommand,       // it ends by itself
            _ => RejectCode.None,
        };
    }

    RejectCode ChangeState(int instrument, BookState state, long end)
    {
        var market = _markets[instrument];
        market.StateActs++;
        _proposals.RemoveAll(p => IsStateActOf(p.Act, instrument));
        market.Book.Advance(_now);
        var code = state == BookState.Call ? market.Book.StartCall(end, _now) : market.Book.SetState(state);
        Finish(market);
        return code;
    }

    static bool IsStateActOf(byte[] act, int instrument)
    {
        var reader = new StateReader(act);
        return reader.U8() == (byte)GovernanceAct.State && reader.I32() == instrument;
    }

    long NextGovernance()
    {
        var next = long.MaxValue;
        foreach (var proposal in _proposals)
            next = Math.Min(next, proposal.Due);
        return next;
    }

    // A set that was agreed on is taken into use when its time has come, unless another one has overtaken it.
    void RunGovernance(long due)
    {
        for (var i = 0; i < _proposals.Count; i++)
        {
            if (_proposals[i].Due > due)
                continue;
            var next = VenueParameters.TryDecode(_proposals[i].Act.AsSpan(1));
            _proposals.RemoveAt(i--);
            if (next == null || !Parameters.MayBecome(next))
                continue;
            Parameters = next;
            _parametersHash = next.Hash();
            Adopt(next);
            _proposals.Clear();                                  // signatures name the version they were given under
            Say(new Notice(NoticeKind.ParametersActivated, -1, -1, 0, next.Version));
            return;
        }
    }
}
