using ZkExchange.Ledger;
using ZkExchange.Matching;

namespace ZkExchange.Exchange;

/// <summary>
/// Commands as bytes: one form each, little-endian, the fields of the kind and no others (specs/70-exchange-core.md
/// section 8).
/// </summary>
public static class CommandCodec
{
    const int DataMax = 1 << 20;

    /// <summary>True if what <see cref="Write"/> makes of a command is one for <see cref="TryRead"/>.</summary>
    public static bool IsReadable(in Command c) => c.Kind switch
    {
        CommandKind.Tick or CommandKind.PlaceOrder or CommandKind.PlaceGroup => true,
        CommandKind.OpenAccount or CommandKind.Price or CommandKind.Govern =>
            (c.Data?.Length ?? 0) <= DataMax && (c.Signature?.Length ?? 0) <= DataMax,
        >= CommandKind.Deposit and <= CommandKind.MoveIsolated => true,
        >= CommandKind.CancelOrder and <= CommandKind.ScheduleCancel => true,
        _ => false,
    };

    /// <summary>Appends a command.</summary>
    public static void Write(StateWriter writer, in Command c)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.U8((byte)c.Kind);
        writer.I64(c.Time);
        switch (c.Kind)
        {
            case CommandKind.Tick:
                break;
            case CommandKind.OpenAccount:
                writer.I32(c.Other);
                writer.Block(c.Data);
                break;
            case CommandKind.PlaceOrder:
                writer.I32(c.Instrument);
                WriteOrder(writer, c.Order);
                break;
            case CommandKind.PlaceGroup:
                writer.I32(c.Instrument);
                writer.U8((byte)c.Group);
                WriteOrder(writer, c.Order);
                WriteOrder(writer, c.Second);
                if (c.Group == GroupKind.Bracket)
                    WriteOrder(writer, c.Third);
                break;
            case CommandKind.Price:
                writer.I32(c.Instrument);
                writer.I32(c.Other);
                writer.I64(c.Quantity);
                writer.U32(c.Price);
                writer.I64(c.SourceTime);
                writer.U64(c.OrderId);
                writer.Block(c.Signature);
                break;
            case CommandKind.Govern:
                writer.I32(c.Other);
                writer.Block(c.Data);
                writer.Block(c.Signature);
                break;
            case >= CommandKind.CancelOrder and <= CommandKind.ScheduleCancel:
                WriteOrderAct(writer, c);
                break;
            default:
                WriteMoney(writer, c);
                break;
        }
    }

    /// <summary>The command with these bytes; false if they are not exactly the encoding of one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Command c)
    {
        var reader = new StateReader(bytes);
        c = new Command { Kind = (CommandKind)reader.U8(), Time = reader.I64() };
        switch (c.Kind)
        {
            case CommandKind.Tick:
                break;
            case CommandKind.OpenAccount:
                c.Other = reader.I32();
                c.Data = ReadData(ref reader);
                break;
            case CommandKind.PlaceOrder:
                c.Instrument = reader.I32();
                c.Order = ReadOrder(ref reader);
                break;
            case CommandKind.PlaceGroup:
                c.Instrument = reader.I32();
                c.Group = (GroupKind)reader.U8();
                c.Order = ReadOrder(ref reader);
                c.Second = ReadOrder(ref reader);
                if (c.Group == GroupKind.Bracket)
                    c.Third = ReadOrder(ref reader);
                break;
            case CommandKind.Price:
                c.Instrument = reader.I32();
                c.Other = reader.I32();
                c.Quantity = reader.I64();
                c.Price = reader.U32();
                c.SourceTime = reader.I64();
                c.OrderId = reader.U64();
                c.Signature = ReadData(ref reader);
                break;
            case CommandKind.Govern:
                c.Other = reader.I32();
                c.Data = ReadData(ref reader);
                c.Signature = ReadData(ref reader);
                break;
            case >= CommandKind.CancelOrder and <= CommandKind.ScheduleCancel:
                ReadOrderAct(ref reader, ref c);
                break;
            case >= CommandKind.Deposit and <= CommandKind.MoveIsolated:
                ReadMoney(ref reader, ref c);
                break;
            default:
                return false;
        }
        return reader.IsComplete;
    }

    static void WriteMoney(StateWriter writer, in Command c)
    {
        writer.I32(c.Account);
        writer.I32(c.Other);
        writer.I32(c.Asset);
        writer.I32(c.Instrument);
        writer.Amount(c.Amount);
        writer.U64((ulong)(c.Key & ulong.MaxValue));
        writer.U64((ulong)(c.Key >> 64));
    }

    static void ReadMoney(ref StateReader reader, ref Command c)
    {
        c.Account = reader.I32();
        c.Other = reader.I32();
        c.Asset = reader.I32();
        c.Instrument = reader.I32();
        c.Amount = reader.Amount();
        c.Key = reader.U64();
        c.Key |= (UInt128)reader.U64() << 64;
    }

    static void WriteOrderAct(StateWriter writer, in Command c)
    {
        writer.I32(c.Account);
        writer.I32(c.Instrument);
        writer.U64(c.OrderId);
        writer.U64(c.ClientId);
        writer.U32(c.Price);
        writer.I64(c.Quantity);
        writer.U8(c.Sides);
    }

    static void ReadOrderAct(ref StateReader reader, ref Command c)
    {
        c.Account = reader.I32();
        c.Instrument = reader.I32();
        c.OrderId = reader.U64();
        c.ClientId = reader.U64();
        c.Price = reader.U32();
        c.Quantity = reader.I64();
        c.Sides = reader.U8();
    }

    static void WriteOrder(StateWriter writer, in OrderRequest r)
    {
        writer.I32(r.Account);
        writer.U8((byte)r.Side);
        writer.U8((byte)r.Type);
        writer.U8((byte)r.TimeInForce);
        writer.U8((byte)r.Flags);
        writer.U8((byte)r.SelfTrade);
        writer.U8((byte)r.SelfTradeScope);
        writer.U8((byte)r.TriggerSource);
        writer.U8((byte)r.Peg);
        writer.U32(r.Price);
        writer.U32(r.TriggerPrice);
        writer.U32(r.Trail);
        writer.I32(r.PegOffset);
        writer.I64(r.Quantity);
        writer.I64(r.Display);
        writer.I64(r.MinimumQuantity);
        writer.I64(r.Expiry);
        writer.U64(r.ClientId);
    }

    static OrderRequest ReadOrder(ref StateReader reader) => new()
    {
        Account = reader.I32(),
        Side = (Side)reader.U8(),
        Type = (OrderType)reader.U8(),
        TimeInForce = (TimeInForce)reader.U8(),
        Flags = (OrderConditions)reader.U8(),
        SelfTrade = (SelfTradePrevention)reader.U8(),
        SelfTradeScope = (SelfTradeScope)reader.U8(),
        TriggerSource = (PriceSource)reader.U8(),
        Peg = (PegReference)reader.U8(),
        Price = reader.U32(),
        TriggerPrice = reader.U32(),
        Trail = reader.U32(),
        PegOffset = reader.I32(),
        Quantity = reader.I64(),
        Display = reader.I64(),
        MinimumQuantity = reader.I64(),
        Expiry = reader.I64(),
        ClientId = reader.U64(),
    };

    static byte[] ReadData(ref StateReader reader)
    {
        var data = reader.Block();
        if (data.Length > DataMax)
            reader.Fail();
        return data.ToArray();
    }
}
