// A circuit in canonical bytes (specs/30-proof-system.md section 6). Nothing is stored that follows from something
// else: degrees, groups, next-row columns, blinds and auxiliary widths are derived, by one rule, on both sides. All
// numbers little-endian:
//
//   ASCII "zkexchange-stark-v1/key"
//   u16 buses            { u16 id, u8 kind, u16 width, u16 weights }
//   u16 public inputs
//   u8 public messages   { u16 bus id, u8 direction }
//   u8 tables            { u8 length, ASCII name; u16 width; u8 lg height min, max; u8 optional
//                          u32 nodes          { u8 opcode; u32 constant | u16 column, u8 offset | u16 public input
//                                               | u32 node, u32 node | u32 node }
//                          u32 constraints    { u8 rows, u32 node }
//                          u32 interactions   { u16 bus id, u8 direction, u32 bound, u16 weights { u32 node },
//                                               u32 node for each word of the message } }

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Air;

/// <summary>A circuit, its canonical bytes and what both sides derive from it. One key serves every profile.</summary>
public sealed class VerifyingKey
{
    VerifyingKey(Circuit circuit)
    {
        CircuitRules.Check(circuit);
        Circuit = circuit;
        HasInteractions = circuit.Tables.Any(table => table.Interactions.Count > 0);
        HasBlinds = circuit.Tables.Count(table => table.Interactions.Count > 0) >= 2;
        MessageWidthMax = circuit.Buses.Select(bus => bus.Width).DefaultIfEmpty(0).Max();
        WeightsMax = circuit.Buses.Select(bus => bus.Weights).DefaultIfEmpty(1).Max();
        Tables = [.. circuit.Tables.Select((table, index) => new TableLayout(index, table, HasBlinds))];
        var bytes = KeyWriter.Write(circuit);
        Bytes = bytes;
        Hash = new(SHA256.HashData(bytes));
    }

    /// <summary>The key of a circuit.</summary>
    /// <exception cref="CircuitException">The circuit breaks a rule of the language.</exception>
    public static VerifyingKey Of(Circuit circuit) => new(circuit);

    public Circuit Circuit { get; }

    /// <summary>In key order.</summary>
    public IReadOnlyList<TableLayout> Tables { get; }

    public int PublicInputs => Circuit.PublicInputs;

    /// <summary>In key order.</summary>
    public IReadOnlyList<PublicMessages> PublicMessages => Circuit.PublicMessages;

    /// <summary>False: the proof has no auxiliary tree and no terminals.</summary>
    public bool HasInteractions { get; }

    /// <summary>True if two or more tables of the key have interactions, whatever the shape of a proof.</summary>
    public bool HasBlinds { get; }

    /// <summary>W: words of the widest message.</summary>
    public int MessageWidthMax { get; }

    /// <summary>V: weights of the widest weight vector.</summary>
    public int WeightsMax { get; }

    /// <summary>The canonical form.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>SHA-256 of the canonical form.</summary>
    public Digest32 Hash { get; }
}

/// <summary>Writes the canonical form.</summary>
static class KeyWriter
{
    public static byte[] Write(Circuit circuit)
    {
        var bytes = new List<byte>();
        bytes.AddRange("zkexchange-stark-v1/key"u8);

        Put16(bytes, circuit.Buses.Count);
        foreach (var bus in circuit.Buses)
        {
            Put16(bytes, bus.Id);
            bytes.Add((byte)bus.Kind);
            Put16(bytes, bus.Width);
            Put16(bytes, bus.Weights);
        }

        Put16(bytes, circuit.PublicInputs);
        bytes.Add((byte)circuit.PublicMessages.Count);
        foreach (var messages in circuit.PublicMessages)
        {
            Put16(bytes, messages.Bus.Id);
            bytes.Add((byte)messages.Direction);
        }

        bytes.Add((byte)circuit.Tables.Count);
        foreach (var table in circuit.Tables) Write(bytes, table);
        return [.. bytes];
    }

    static void Write(List<byte> bytes, Table table)
    {
        bytes.Add((byte)table.Name.Length);
        bytes.AddRange(Encoding.ASCII.GetBytes(table.Name));
        Put16(bytes, table.Width);
        bytes.Add((byte)table.HeightLog2Min);
        bytes.Add((byte)table.HeightLog2Max);
        bytes.Add(table.IsOptional ? (byte)1 : (byte)0);

        Put32(bytes, (uint)table.Graph.Entries.Count);
        foreach (var entry in table.Graph.Entries) Write(bytes, entry);

        Put32(bytes, (uint)table.Constraints.Count);
        foreach (var constraint in table.Constraints)
        {
            bytes.Add((byte)constraint.Rows);
            Put32(bytes, (uint)constraint.Node);
        }

        Put32(bytes, (uint)table.Interactions.Count);
        foreach (var interaction in table.Interactions)
        {
            Put16(bytes, interaction.Bus.Id);
            bytes.Add((byte)interaction.Direction);
            Put32(bytes, interaction.Bound);
            Put16(bytes, interaction.Weights.Count);
            foreach (var node in interaction.Weights) Put32(bytes, (uint)node);
            foreach (var node in interaction.Message) Put32(bytes, (uint)node);
        }
    }

    static void Write(List<byte> bytes, Entry entry)
    {
        bytes.Add((byte)entry.Operation);
        switch (entry.Operation)
        {
            case Operation.Constant:
            case Operation.Negate:
                Put32(bytes, entry.Left);
                break;
            case Operation.Column:
                Put16(bytes, (int)entry.Left);
                bytes.Add((byte)entry.Right);
                break;
            case Operation.Public:
                Put16(bytes, (int)entry.Left);
                break;
            default:
                Put32(bytes, entry.Left);
                Put32(bytes, entry.Right);
                break;
        }
    }

    static void Put16(List<byte> bytes, int value)
    {
        Check.That(value is >= 0 and <= ushort.MaxValue);
        Span<byte> buffer = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(buffer, (ushort)value);
        bytes.AddRange(buffer);
    }

    static void Put32(List<byte> bytes, uint value)
    {
        Span<byte> buffer = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(buffer, value);
        bytes.AddRange(buffer);
    }
}
