// The fractions of a table at the points of a tile (specs/30-proof-system.md section 7). For a group of interactions
// with fingerprints D_0, D_1 and signed numerators m_0, m_1 (receiving counts negative):
//
//   phi = m_0 / D_0 + m_1 / D_1 = (m_0 D_1 + m_1 D_0) / (D_0 D_1)
//
// The auxiliary trace divides. The quotient needs lambda times the constraint of the group; lambda goes into one of the
// two fingerprints and one numerator, where it costs nothing at a point:
//
//   lambda (phi D_0 - m_0)                           =  phi (lambda D_0) - lambda m_0
//   lambda (phi D_0 D_1 - m_0 D_1 - m_1 D_0)         = (phi (lambda D_0) - lambda m_0) D_1 - m_1 (lambda D_0)
//
// Two words sent on one bus, D = a + b w, which most groups are, need one product in E instead of two:
//
//   D_0 D_1 = a a + a b (w_0 + w_1) + b b w_0 w_1        m_0 D_1 + m_1 D_0 = a (m_0 + m_1) + b (m_0 w_1 + m_1 w_0)

using System.Runtime.InteropServices;
using ZkExchange.Fields;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.LogUp;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Proving;

/// <summary>A message of one word.</summary>
/// <param name="Word">Its plane.</param>
/// <param name="Weight">The plane of its multiplicity.</param>
readonly record struct SentWord(int Word, int Weight);

/// <summary>Numerators and denominators of one table's groups.</summary>
/// <remarks>Shared by threads: all state is in the tile.</remarks>
sealed unsafe class TableBuses
{
    /// <summary>Planes of work space: two results, second fingerprint, product, weight.</summary>
    public const int Planes = 5 * Quintic.Degree;

    readonly TableLayout _layout;
    readonly Linear[] _fingerprints;
    readonly Linear[] _weights;
    readonly Linear[] _scaledFingerprints;                   // lambda D_0 of each group
    readonly Linear[] _scaledNumerators;                     // - lambda m_0 of each group
    readonly PairOfWords?[] _pairs;                          // of each group, if it is one

    /// <summary>Reads where the program leaves messages and weights.</summary>
    /// <param name="layout">The table.</param>
    /// <param name="challenges">alpha, betas, deltas.</param>
    /// <param name="operands">What the nodes of <see cref="NodesOf"/> became.</param>
    /// <param name="lambdas">Of the groups, in order; none if no constraint is asked for.</param>
    public TableBuses(
        TableLayout layout, Fingerprint challenges, ReadOnlySpan<Operand> operands, ReadOnlySpan<Quintic> lambdas)
    {
        _layout = layout;
        var interactions = layout.Table.Interactions;
        _fingerprints = new Linear[interactions.Count];
        _weights = new Linear[interactions.Count];
        for (var i = 0; i < interactions.Count; i++)
        {
            var (weights, words) = (interactions[i].Weights.Count, interactions[i].Message.Count);
            var start = challenges.Start(interactions[i].Bus);
            _weights[i] = new(Quintic.Zero, operands[..weights], challenges.Deltas);
            _fingerprints[i] = new(start, operands.Slice(weights, words), challenges.Betas[1..]);
            operands = operands[(weights + words)..];
        }

        _scaledFingerprints = new Linear[lambdas.Length];
        _scaledNumerators = new Linear[lambdas.Length];
        _pairs = new PairOfWords?[lambdas.Length];
        for (var g = 0; g < lambdas.Length; g++)
        {
            var first = layout.Groups[g].First;
            var isSent = interactions[first].Direction == Direction.Send;
            _scaledFingerprints[g] = _fingerprints[first].Times(lambdas[g]);
            _scaledNumerators[g] = _weights[first].Times(isSent ? -lambdas[g] : lambdas[g]);
            if (IsPairOfWords(g, out var words, out var start, out var slope))
                _pairs[g] = new(words.Left, words.Right, start, slope, lambdas[g]);
        }
    }

    /// <summary>The nodes of all interactions: for each its weights, then its message.</summary>
    public static List<int> NodesOf(Table table)
    {
        var nodes = new List<int>();
        foreach (var interaction in table.Interactions)
        {
            nodes.AddRange(interaction.Weights);
            nodes.AddRange(interaction.Message);
        }

        return nodes;
    }

    /// <summary>True if the group's fraction is m / D + m' / D' of two words that are sent on one bus.</summary>
    /// <param name="group">Which.</param>
    /// <param name="words">The planes of the words and of m and m'.</param>
    /// <param name="start">D of the word 0.</param>
    /// <param name="slope">D of the word 1, less that.</param>
    public bool IsPairOfWords(
        int group, out (SentWord Left, SentWord Right) words, out Quintic start, out Quintic slope)
    {
        (words, start, slope) = (default, default, default);
        var (first, count) = (_layout.Groups[group].First, _layout.Groups[group].Count);
        return count == 2 && IsWord(first, out words.Left, out start, out slope)
            && IsWord(first + 1, out words.Right, out var start2, out var slope2)
            && (start, slope) == (start2, slope2);
    }

    bool IsWord(int interaction, out SentWord word, out Quintic start, out Quintic slope)
    {
        var isWord = _fingerprints[interaction].IsOfOneWord(out var plane, out start, out slope);
        var isWeight = _weights[interaction].IsPlane(out var weight);
        word = new(plane, weight);
        return isWord && isWeight && _layout.Table.Interactions[interaction].Direction == Direction.Send;
    }

    /// <summary>The group's fraction: five planes of numerator, then five of denominator, at the start of the work
    /// space.</summary>
    /// <param name="group">Which.</param>
    /// <param name="values">The planes of the program.</param>
    /// <param name="work"><see cref="Planes"/> planes.</param>
    public void Fraction(int group, uint* values, uint* work)
    {
        var numerator = work;
        var denominator = numerator + Tile.Extension;
        var second = denominator + Tile.Extension;
        var (first, count) = (_layout.Groups[group].First, _layout.Groups[group].Count);

        var product = second + Tile.Extension;
        _fingerprints[first].Evaluate(values, denominator);
        TileMath.Fill(numerator, 0, Tile.Extension);
        if (count == 1)
        {
            TileMath.Fill(second, Tile.Points, Quintic.One, Tile.Points);
            AddWeighted(first, values, second, numerator, product, isNegative: false);
            return;
        }

        _fingerprints[first + 1].Evaluate(values, second);
        AddWeighted(first, values, second, numerator, product, isNegative: false);
        AddWeighted(first + 1, values, denominator, numerator, product, isNegative: false);
        Multiply(denominator, denominator, second);
    }

    /// <summary>lambda times the group's constraint: five planes at the start of the work space.</summary>
    /// <param name="group">Which.</param>
    /// <param name="values">The planes of the program.</param>
    /// <param name="phi">The planes of phi.</param>
    /// <param name="work"><see cref="Planes"/> planes.</param>
    public void Constraint(int group, uint* values, uint* phi, uint* work)
    {
        if (_pairs[group] is { } pair)
        {
            pair.Constraint(values, phi, work);
            return;
        }

        var fingerprint = work + Tile.Extension;
        var second = fingerprint + Tile.Extension;
        var product = second + Tile.Extension;
        var (first, count) = (_layout.Groups[group].First, _layout.Groups[group].Count);

        _scaledFingerprints[group].Evaluate(values, fingerprint);
        _scaledNumerators[group].Evaluate(values, work);
        Multiply(product, phi, fingerprint);
        TileMath.Add(work, work, product, Tile.Extension);
        if (count == 1) return;

        _fingerprints[first + 1].Evaluate(values, second);
        Multiply(work, work, second);
        AddWeighted(first + 1, values, fingerprint, work, product, isNegative: true);
    }

    /// <summary>sum += m factor, with the sign of the interaction, or the other.</summary>
    /// <remarks>The planes of the product, and five more behind them, are work space.</remarks>
    void AddWeighted(int interaction, uint* values, uint* factor, uint* sum, uint* product, bool isNegative)
    {
        var weight = _weights[interaction];
        if (weight.IsPlane(out var plane))
        {
            var multiplicity = values + (long)plane * Tile.Points;
            for (var c = 0; c < Quintic.Degree; c++)
            {
                TileMath.Multiply(
                    product + c * Tile.Points, factor + c * Tile.Points, multiplicity, Tile.Points);
            }
        }
        else if (weight.IsConstant(out var constant))
        {
            TileMath.MultiplyConstant(product, factor, constant.Residue, Tile.Extension);
        }
        else
        {
            var general = product + Tile.Extension;
            weight.Evaluate(values, general);
            Multiply(product, general, factor);
        }

        var isSent = _layout.Table.Interactions[interaction].Direction == Direction.Send;
        if (isSent != isNegative) TileMath.Add(sum, sum, product, Tile.Extension);
        else TileMath.Subtract(sum, sum, product, Tile.Extension);
    }

    static void Multiply(uint* product, uint* left, uint* right) =>
        TileMath.MultiplyExtension(product, Tile.Points, left, Tile.Points, right, Tile.Points, Tile.Points);

    /// <summary>The constraint of a group of two words sent on one bus.</summary>
    sealed class PairOfWords(SentWord left, SentWord right, Quintic start, Quintic slope, Quintic lambda)
    {
        // Planes of the work space, behind the result and the denominator.
        const int Sum = 2 * Quintic.Degree;                    // w_0 + w_1
        const int Product = Sum + 1;                           // w_0 w_1
        const int Weights = Sum + 2;                           // m_0 + m_1
        const int Crossed = Sum + 3;                           // m_0 w_1 + m_1 w_0

        readonly Linear _denominator = new(
            lambda * start * start, [new(Sum, default), new(Product, default)],
            [lambda * start * slope, lambda * slope * slope]);

        readonly Linear _numerator = new(
            Quintic.Zero, [new(Weights, default), new(Crossed, default)], [-lambda * start, -lambda * slope]);

        public void Constraint(uint* values, uint* phi, uint* work)
        {
            const int count = Tile.Points;
            var first = values + (long)left.Word * count;
            var second = values + (long)right.Word * count;
            var firstWeight = values + (long)left.Weight * count;
            var secondWeight = values + (long)right.Weight * count;
            var sum = work + Sum * count;
            var crossed = work + Crossed * count;

            TileMath.Multiply(sum, secondWeight, first, count);
            TileMath.Multiply(crossed, firstWeight, second, count);
            TileMath.Add(crossed, crossed, sum, count);
            TileMath.Add(work + Weights * count, firstWeight, secondWeight, count);
            TileMath.Multiply(work + Product * count, first, second, count);
            TileMath.Add(sum, first, second, count);

            var denominator = work + Tile.Extension;
            _denominator.Evaluate(work, denominator);
            Multiply(work, phi, denominator);
            _numerator.AddTerms(work, work);
        }
    }

    /// <summary>A constant of E plus planes times coefficients in E.</summary>
    sealed class Linear
    {
        readonly Quintic _constant;
        readonly int[] _planes;
        readonly uint[] _coefficients;
        readonly bool _hasPlainWeight;

        Linear(Quintic constant, int[] planes, uint[] coefficients) =>
            (_constant, _planes, _coefficients) = (constant, planes, coefficients);

        public Linear(Quintic constant, ReadOnlySpan<Operand> operands, ReadOnlySpan<Quintic> coefficients)
        {
            var planes = new List<int>();
            var words = new List<uint>();
            for (var j = 0; j < operands.Length; j++)
            {
                if (operands[j].IsConstant)
                {
                    constant += coefficients[j] * operands[j].Constant;
                    continue;
                }

                planes.Add(operands[j].Plane);
                for (var c = 0; c < Quintic.Degree; c++) words.Add(coefficients[j][c].Residue);
            }

            _constant = constant;
            _planes = [.. planes];
            _coefficients = [.. words];
            _hasPlainWeight = operands.Length == 1 && coefficients[0] == Quintic.One;
        }

        /// <summary>The same, multiplied.</summary>
        public Linear Times(Quintic factor)
        {
            var words = new uint[_coefficients.Length];
            for (var k = 0; k < words.Length; k += Quintic.Degree)
            {
                var product = factor * Quintic.From(MemoryMarshal.Cast<uint, KoalaBear>(_coefficients.AsSpan(k)));
                for (var c = 0; c < Quintic.Degree; c++) words[k + c] = product[c].Residue;
            }

            return new(factor * _constant, _planes, words);
        }

        /// <summary>True if the value is a plane of the base field as it stands.</summary>
        public bool IsPlane(out int plane)
        {
            plane = _planes.Length == 1 ? _planes[0] : 0;
            return _hasPlainWeight && _planes.Length == 1;
        }

        /// <summary>True if the value is a constant and one plane with its coefficient.</summary>
        public bool IsOfOneWord(out int plane, out Quintic constant, out Quintic coefficient)
        {
            var isOne = _planes.Length == 1;
            plane = isOne ? _planes[0] : 0;
            constant = _constant;
            coefficient = isOne ? Quintic.From(MemoryMarshal.Cast<uint, KoalaBear>(_coefficients)) : default;
            return isOne;
        }

        /// <summary>True if the value is a constant of the base field.</summary>
        public bool IsConstant(out KoalaBear constant)
        {
            constant = _constant.C0;
            return _planes.Length == 0 && _constant.IsBase;
        }

        /// <summary>Its value at every point.</summary>
        public void Evaluate(uint* values, uint* target)
        {
            TileMath.Fill(target, Tile.Points, _constant, Tile.Points);
            if (_planes.Length > 0) AddTerms(values, target);
        }

        /// <summary>Adds all but the constant.</summary>
        public void AddTerms(uint* values, uint* target)
        {
            var terms = stackalloc uint*[_planes.Length];
            for (var j = 0; j < _planes.Length; j++) terms[j] = values + (long)_planes[j] * Tile.Points;
            fixed (uint* coefficients = _coefficients)
            {
                TileMath.Dot(target, Tile.Points, terms, _planes.Length, coefficients, Tile.Points);
            }
        }
    }
}
