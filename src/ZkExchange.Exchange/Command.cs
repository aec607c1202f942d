using ZkExchange.Matching;

namespace ZkExchange.Exchange;

/// <summary>One input of the venue. Which fields count follows from the kind; the codec writes those alone.</summary>
public struct Command
{
    public CommandKind Kind { get; set; }

    /// <summary>Stamped once by the sequencer, in nanoseconds; never falls.</summary>
    public long Time { get; set; }

    public int Account { get; set; }

    /// <summary>
    /// The other account of a transfer; the master of a new one; the source of a price; the signer of an act of
    /// governance.
    /// </summary>
    public int Other { get; set; }

    public int Asset { get; set; }

    /// <summary>-1 in a mass cancel: all instruments.</summary>
    public int Instrument { get; set; }

    public Int128 Amount { get; set; }

    /// <summary>Names a movement of money once and for all.</summary>
    public UInt128 Key { get; set; }

    public ulong OrderId { get; set; }

    /// <summary>Instead of the order id.</summary>
    public ulong ClientId { get; set; }

    /// <summary>New limit of an amendment in ticks.</summary>
    public uint Price { get; set; }

    /// <summary>New total of an amendment; price of a source in 32.16 ticks; when a scheduled cancel is due.</summary>
    public long Quantity { get; set; }

    /// <summary>When a source made its price.</summary>
    public long SourceTime { get; set; }

    /// <summary>0 both, 1 buys, 2 sells.</summary>
    public byte Sides { get; set; }

    public GroupKind Group { get; set; }

    public OrderRequest Order { get; set; }

    public OrderRequest Second { get; set; }

    public OrderRequest Third { get; set; }

    /// <summary>Name of a new account; act of governance.</summary>
    public byte[]? Data { get; set; }

    public byte[]? Signature { get; set; }
}
