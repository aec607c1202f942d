// The identity at zeta (specs/30-proof-system.md section 9, step 4), class by class:
//
//   sum lambda c(openings) selector(zeta) = Z_H(zeta) sum_k zeta^(k K') Q_k(zeta)
//
// Selectors: 1 on every row; Z_H / (x - 1) on the first; x - g^-1 on all but the last; Z_H / (x - g^-1) on the last.

using ZkExchange.Fields;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.LogUp;
using ZkExchange.Stark.Merkle;

namespace ZkExchange.Stark.Verifying;

/// <summary>The values that a prover opened, and the challenges they must satisfy.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Claim">The claim; its words are below p.</param>
/// <param name="Fingerprint">Null without interactions.</param>
/// <param name="Terminals">T of each present table with interactions.</param>
/// <param name="Lambdas">One for each constraint.</param>
/// <param name="Zeta">Outside F.</param>
/// <param name="Openings">All classes in one, as the shape counts them.</param>
sealed record OutOfDomain(
    Shape Shape, Claim Claim, Fingerprint? Fingerprint, Quintic[] Terminals, Quintic[] Lambdas, Quintic Zeta,
    Quintic[] Openings)
{
    /// <summary>True if the identity of a class holds.</summary>
    public bool Holds(HeightClass rows)
    {
        var openings = Openings.AsSpan(rows.OpeningsOffset, rows.Openings);
        var main = openings[..rows.MainWidth];
        var auxiliary = openings.Slice(rows.MainWidth, rows.AuxiliaryWidth);
        var chunks = openings.Slice(rows.MainWidth + rows.AuxiliaryWidth, HeightClass.ChunkWords);

        var mainNext = new Quintic[rows.MainWidth];
        var auxiliaryNext = new Quintic[rows.AuxiliaryWidth];
        for (var i = 0; i < rows.NextOpenings.Count; i++)
        {
            var (tree, word) = rows.NextOpenings[i];
            (tree == TreeKind.Main ? mainNext : auxiliaryNext)[word] = openings[rows.OpeningsAtPoint + i];
        }

        var selectors = SelectorsAt(rows.HeightLog2, out var vanishing);
        var sum = Quintic.Zero;
        foreach (var table in rows.Tables)
        {
            var layout = table.Layout;
            var here = main.Slice(table.MainOffset, layout.MainWidth);
            var next = mainNext.AsSpan(table.MainOffset, layout.MainWidth);
            var values = GraphEvaluator.Evaluate(layout.Table.Graph, here, next, Claim.PublicInputs);
            var sums = Declared(table, values);
            if (layout.HasInteractions)
            {
                Buses(table, values, here,
                    auxiliary.Slice(table.AuxiliaryOffset, layout.AuxiliaryWidth),
                    auxiliaryNext.AsSpan(table.AuxiliaryOffset, layout.AuxiliaryWidth), sums);
            }

            for (var kind = 0; kind < sums.Length; kind++) sum += sums[kind] * selectors[kind];
        }

        return sum == vanishing * Quotient(rows.HeightLog2, chunks);
    }

    /// <summary>The value of an E-column from those of its five columns over F.</summary>
    static Quintic Compose(ReadOnlySpan<Quintic> columns)
    {
        var value = columns[Quintic.Degree - 1];
        for (var k = Quintic.Degree - 2; k >= 0; k--) value = value * Quintic.X + columns[k];
        return value;
    }

    /// <summary>sum lambda c over the table's own constraints, by the rows they hold on.</summary>
    Quintic[] Declared(TablePlacement table, ReadOnlySpan<Quintic> values)
    {
        var sums = new Quintic[4];
        var constraints = table.Layout.Table.Constraints;
        for (var i = 0; i < constraints.Count; i++)
        {
            sums[(int)constraints[i].Rows] += Lambdas[table.LambdaOffset + i] * values[constraints[i].Node];
        }

        return sums;
    }

    /// <summary>Adds the constraints that follow from the table's interactions.</summary>
    void Buses(
        TablePlacement table, ReadOnlySpan<Quintic> values, ReadOnlySpan<Quintic> main, ReadOnlySpan<Quintic> auxiliary,
        ReadOnlySpan<Quintic> auxiliaryNext, Span<Quintic> sums)
    {
        var layout = table.Layout;
        var lambda = table.LambdaOffset + layout.Table.Constraints.Count;
        var fractions = Quintic.Zero;
        foreach (var group in layout.Groups)
        {
            // phi D_0 D_1 = m_0 D_1 + m_1 D_0, or phi D = m for one alone.
            var phi = Compose(auxiliary.Slice((group.First / 2) * Quintic.Degree, Quintic.Degree));
            var first = layout.Table.Interactions[group.First];
            var product = phi * Denominator(first, values);
            var numerator = Numerator(first, values);
            if (group.Count == 2)
            {
                var second = layout.Table.Interactions[group.First + 1];
                var denominator = Denominator(second, values);
                product *= denominator;
                numerator = numerator * denominator + Numerator(second, values) * Denominator(first, values);
            }

            sums[(int)Rows.Every] += Lambdas[lambda++] * (product - numerator);
            fractions += phi;
        }

        // acc = b first; acc' = acc + sum phi on the way; acc + sum phi = T last.
        var word = layout.AccumulatorWord;
        var here = Compose(auxiliary.Slice(word, Quintic.Degree));
        var next = Compose(auxiliaryNext.Slice(word, Quintic.Degree));
        var blind = layout.HasBlind ? Compose(main.Slice(layout.BlindColumn, Quintic.Degree)) : Quintic.Zero;
        sums[(int)Rows.First] += Lambdas[lambda] * (here - blind);
        sums[(int)Rows.Transition] += Lambdas[lambda + 1] * (next - here - fractions);
        sums[(int)Rows.Last] += Lambdas[lambda + 2] * (here + fractions - Terminals[table.Terminal]);
    }

    Quintic Denominator(Interaction interaction, ReadOnlySpan<Quintic> values)
    {
        var sum = Fingerprint!.Start(interaction.Bus);
        for (var j = 0; j < interaction.Message.Count; j++)
        {
            sum += Fingerprint.Betas[j + 1] * values[interaction.Message[j]];
        }

        return sum;
    }

    Quintic Numerator(Interaction interaction, ReadOnlySpan<Quintic> values)
    {
        var sum = Quintic.Zero;
        for (var j = 0; j < interaction.Weights.Count; j++)
        {
            sum += Fingerprint!.Deltas[j] * values[interaction.Weights[j]];
        }

        return interaction.Direction == Direction.Send ? sum : -sum;
    }

    /// <summary>Selectors in the order of <see cref="Rows"/>, and Z_H(zeta).</summary>
    Quintic[] SelectorsAt(int heightLog2, out Quintic vanishing)
    {
        vanishing = Zeta.Power(1UL << heightLog2) - Quintic.One;
        var last = Zeta - Quintic.From(KoalaBear.RootOfUnity(heightLog2).Inverse());      // zeta is not in F
        return [Quintic.One, vanishing * (Zeta - Quintic.One).Inverse(), last, vanishing * last.Inverse()];
    }

    Quintic Quotient(int heightLog2, ReadOnlySpan<Quintic> chunks)
    {
        var stride = Zeta.Power((ulong)Shape.Profile.ChunkStride(heightLog2));
        var value = Quintic.Zero;
        for (var k = Profile.QuotientChunks - 1; k >= 0; k--)
        {
            value = value * stride + Compose(chunks.Slice(k * Quintic.Degree, Quintic.Degree));
        }

        return value;
    }
}
