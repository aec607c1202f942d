using System.Text;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>How a product with a constant is computed. Most constants of linear layers are small, or inverses of small
/// powers of two: x / 2^k = (x >> k) - 127 * 2^(24-k) (x mod 2^k), because 2^-24 = -127 (mod p).</summary>
/// <param name="Multiple">1 to 4: that many times the value; 0: a product.</param>
/// <param name="Shift">k of x / 2^k, 0 if none; the multiple is 1.</param>
/// <param name="IsNegative">The negative of that.</param>
readonly record struct ConstantForm(int Multiple, int Shift, bool IsNegative)
{
    const int MultipleMax = 4;
    const int ShiftMax = 24;

    /// <summary>The form of a constant.</summary>
    public static ConstantForm Of(KoalaBear constant)
    {
        var negative = -constant;
        for (var multiple = 1; multiple <= MultipleMax; multiple++)
        {
            if (constant == KoalaBear.From(multiple)) return new(multiple, 0, false);
            if (negative == KoalaBear.From(multiple)) return new(multiple, 0, true);
        }

        for (var shift = 1; shift <= ShiftMax; shift++)
        {
            var power = KoalaBear.From(1 << shift);
            if (constant * power == KoalaBear.One) return new(1, shift, false);
            if (negative * power == KoalaBear.One) return new(1, shift, true);
        }

        return default;
    }

    /// <summary>127 * 2^(24-k).</summary>
    public static uint ShiftFactor(int shift) => (KoalaBear.Modulus - 1) >> shift;
}

/// <summary>A step of a block.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Slot">The slot to which its value is stored, or -1 if it does not outlive the block.</param>
/// <param name="Form">Of its constant, where it multiplies with one.</param>
/// <param name="Operands">Earlier steps of the block, or complements of slots.</param>
sealed record BlockStep(StepKind Kind, int Slot, ConstantForm Form, int[] Operands);

/// <summary>What a block does, planes and constants left open: runs of steps with equal keys share their code.
/// </summary>
sealed class BlockForm
{
    /// <param name="steps">The steps.</param>
    public BlockForm(BlockStep[] steps)
    {
        Steps = steps;
        var key = new StringBuilder();
        foreach (var step in steps)
        {
            var (multiple, shift, isNegative) = step.Form;
            key.Append((int)step.Kind).Append(' ').Append(step.Slot).Append(' ').Append(multiple).Append(' ')
                .Append(shift).Append(isNegative ? '-' : '+');
            foreach (var operand in step.Operands) key.Append(' ').Append(operand);
            key.Append(';');
        }

        Key = key.ToString();
    }

    public BlockStep[] Steps { get; }

    /// <summary>All there is to it.</summary>
    public string Key { get; }
}
