using ZkExchange.Ledger;

namespace ZkExchange.Matching;

// Amending: a smaller total keeps its place, anything else is a new order under the old name.
public sealed partial class OrderBook
{
    /// <summary>
    /// What an amendment comes to, without doing it: the request of the replacing order, if one is needed.
    /// </summary>
    /// <param name="id">The order.</param>
    /// <param name="account">Who asks.</param>
    /// <param name="price">New limit in ticks.</param>
    /// <param name="total">New total in lots, what is filled included: a racing fill cannot add to the
    /// exposure.</param>
    /// <param name="now">Time of the command.</param>
    /// <param name="plan">What to pass to <see cref="Amend(in AmendPlan)"/>.</param>
    public RejectCode ValidateAmend(ulong id, int account, uint price, long total, long now, out AmendPlan plan)
    {
        plan = default;
        var slot = _slots.Find(id);
        if (slot < 0)
            return Fate(id);
        ref var o = ref _orders[slot];
        if (o.Account != account)
            return RejectCode.NotOwner;
        if (o.Phase != OrderPhase.Resting || o.Type != OrderType.Limit || o.Sibling >= 0 || o.Parent >= 0
            || o.Child >= 0)
            return RejectCode.NotAmendable;
        if (_state is BookState.Halted or >= BookState.Settling)
            return RejectCode.InstrumentHalted;
        if (total < 0 || price == 0)
            return RejectCode.MalformedCommand;
        if (total % _rules.LotStep != 0)
            return RejectCode.QuantityOffLot;
        var leaves = total - o.Filled;
        if (leaves <= 0)
        {
            plan = new AmendPlan(id, AmendEffect.Cancel, default, default, o.Leaves);
            return RejectCode.None;
        }
        if (price == o.Limit && leaves <= o.Leaves)
        {
            plan = new AmendPlan(id, AmendEffect.Shrink, default, default, o.Leaves - leaves);
            return RejectCode.None;
        }
        var request = ReplacementOf(o, price, leaves);
        var code = ValidateReplacement(slot, request, now, out var terms);
        plan = new AmendPlan(id, AmendEffect.Replace, request, terms, 0);
        return code;
    }

    /// <summary>Does what <see cref="ValidateAmend"/> has just allowed.</summary>
    public void Amend(in AmendPlan plan)
    {
        var slot = _slots.Find(plan.Id);
        Invariant.Holds(slot >= 0);
        switch (plan.Effect)
        {
            case AmendEffect.Cancel:
                End(slot, EndReason.Cancelled);
                break;
            case AmendEffect.Shrink when plan.Lots > 0:
                ShrinkLeaves(slot, plan.Lots, EndReason.Amended);
                break;
            case AmendEffect.Shrink:
                break;
            default:
                Replace(slot, plan);
                break;
        }
        AfterCommand();
    }

    /// <summary>Amends in one step.</summary>
    public RejectCode Amend(ulong id, int account, uint price, long total, long now)
    {
        var code = ValidateAmend(id, account, price, total, now, out var plan);
        if (code == RejectCode.None)
            Amend(plan);
        return code;
    }

    void Replace(int slot, in AmendPlan plan)
    {
        ref var o = ref _orders[slot];
        ref var e = ref NewEvent(MatchEventKind.Reduced, o);
        e.Quantity = o.Leaves;
        e.Leaves = 0;
        e.Reason = EndReason.Replaced;
        e.WasLive = true;
        Unlink(slot);
        o.Leaves = plan.Request.Quantity;
        o.Visible = 0;
        o.Limit = plan.Request.Price;
        o.Price = plan.Request.Price;
        Take(slot, plan.Terms.Quantity);
    }

    static OrderRequest ReplacementOf(in Order o, uint price, long leaves) => new()
    {
        Account = o.Account,
        Master = o.Master,
        Side = o.Side,
        Type = o.Type,
        TimeInForce = o.TimeInForce,
        Flags = o.Flags,
        SelfTrade = o.SelfTrade,
        SelfTradeScope = o.SelfTradeScope,
        Price = price,
        Quantity = leaves,
        Display = Math.Min(o.Display, leaves),
        Expiry = o.Expiry,
        ClientId = o.ClientId,
    };

    // The checks of a new order, as if the old one were gone: its own reduce-only lots do not stand in its way.
    RejectCode ValidateReplacement(int slot, in OrderRequest request, long now, out OrderTerms terms)
    {
        ref var o = ref _orders[slot];
        ref var account = ref _accounts[o.Account];
        CountReduceOnly(o, -o.Leaves);
        account.Orders--;
        var code = Validate(request, now, out terms);
        account.Orders++;
        CountReduceOnly(o, o.Leaves);
        return code;
    }
}
