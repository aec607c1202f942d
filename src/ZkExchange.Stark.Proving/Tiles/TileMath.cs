using ZkExchange.Fields.Kernels;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>The tile kernels of this machine: sixteen lanes, eight lanes, or the definition.</summary>
/// <remarks>Results do not depend on the choice: all of it is exact.</remarks>
static unsafe class TileMath
{
    static readonly bool s_lanes = KernelChoice.Selected == KernelSet.Avx512;
    static readonly bool s_halves = KernelChoice.Selected == KernelSet.Avx2;

    /// <inheritdoc cref="TileScalar.Add"/>
    public static void Add(uint* sum, uint* left, uint* right, int count)
    {
        if (s_lanes) Tile512.Add(sum, left, right, count);
        else if (s_halves) Tile256.Add(sum, left, right, count);
        else TileScalar.Add(sum, left, right, count);
    }

    /// <inheritdoc cref="TileScalar.Subtract"/>
    public static void Subtract(uint* difference, uint* left, uint* right, int count)
    {
        if (s_lanes) Tile512.Subtract(difference, left, right, count);
        else if (s_halves) Tile256.Subtract(difference, left, right, count);
        else TileScalar.Subtract(difference, left, right, count);
    }

    /// <inheritdoc cref="TileScalar.Multiply"/>
    public static void Multiply(uint* product, uint* left, uint* right, int count)
    {
        if (s_lanes) Tile512.Multiply(product, left, right, count);
        else if (s_halves) Tile256.Multiply(product, left, right, count);
        else TileScalar.Multiply(product, left, right, count);
    }

    /// <inheritdoc cref="TileScalar.AddConstant"/>
    public static void AddConstant(uint* sum, uint* left, uint constant, int count)
    {
        if (s_lanes) Tile512.AddConstant(sum, left, constant, count);
        else if (s_halves) Tile256.AddConstant(sum, left, constant, count);
        else TileScalar.AddConstant(sum, left, constant, count);
    }

    /// <inheritdoc cref="TileScalar.SubtractFromConstant"/>
    public static void SubtractFromConstant(uint* difference, uint constant, uint* right, int count)
    {
        if (s_lanes) Tile512.SubtractFromConstant(difference, constant, right, count);
        else if (s_halves) Tile256.SubtractFromConstant(difference, constant, right, count);
        else TileScalar.SubtractFromConstant(difference, constant, right, count);
    }

    /// <inheritdoc cref="TileScalar.MultiplyConstant"/>
    public static void MultiplyConstant(uint* product, uint* left, uint constant, int count)
    {
        if (s_lanes) Tile512.MultiplyConstant(product, left, constant, count);
        else if (s_halves) Tile256.MultiplyConstant(product, left, constant, count);
        else TileScalar.MultiplyConstant(product, left, constant, count);
    }

    /// <inheritdoc cref="TileScalar.Cube"/>
    public static void Cube(uint* cube, uint* value, int count)
    {
        if (s_lanes) Tile512.Cube(cube, value, count);
        else if (s_halves) Tile256.Cube(cube, value, count);
        else TileScalar.Cube(cube, value, count);
    }

    /// <inheritdoc cref="TileScalar.CubeSum"/>
    public static void CubeSum(uint* cube, uint* value, uint constant, int count)
    {
        if (s_lanes) Tile512.CubeSum(cube, value, constant, count);
        else if (s_halves) Tile256.CubeSum(cube, value, constant, count);
        else TileScalar.CubeSum(cube, value, constant, count);
    }

    /// <inheritdoc cref="TileScalar.MultiplyAdd"/>
    public static void MultiplyAdd(uint* sum, uint* left, uint constant, uint* other, int count)
    {
        if (s_lanes) Tile512.MultiplyAdd(sum, left, constant, other, count);
        else if (s_halves) Tile256.MultiplyAdd(sum, left, constant, other, count);
        else TileScalar.MultiplyAdd(sum, left, constant, other, count);
    }

    /// <inheritdoc cref="TileScalar.Chain"/>
    public static void Chain(uint* sum, uint* first, int* planes, int terms, int count)
    {
        if (s_lanes) Tile512.Chain(sum, first, planes, terms, count);
        else if (s_halves) Tile256.Chain(sum, first, planes, terms, count);
        else TileScalar.Chain(sum, first, planes, terms, count);
    }

    /// <inheritdoc cref="TileScalar.Dot"/>
    public static void Dot(uint* sum, int stride, uint** planes, int terms, uint* coefficients, int count)
    {
        if (s_lanes) Tile512.Dot(sum, stride, planes, terms, coefficients, count);
        else if (s_halves) Tile256.Dot(sum, stride, planes, terms, coefficients, count);
        else TileScalar.Dot(sum, stride, planes, terms, coefficients, count);
    }

    /// <inheritdoc cref="TileScalar.MultiplyExtension"/>
    public static void MultiplyExtension(
        uint* product, int productStride, uint* left, int leftStride, uint* right, int rightStride, int count)
    {
        if (s_lanes)
        {
            Tile512.MultiplyExtension(product, productStride, left, leftStride, right, rightStride, count);
        }
        else if (s_halves)
        {
            Tile256.MultiplyExtension(product, productStride, left, leftStride, right, rightStride, count);
        }
        else
        {
            TileScalar.MultiplyExtension(product, productStride, left, leftStride, right, rightStride, count);
        }
    }

    /// <inheritdoc cref="TileScalar.Transpose"/>
    public static void Transpose(uint** rows, int column, uint* planes, int stride)
    {
        if (s_lanes) Tile512.Transpose(rows, column, planes, stride);
        else if (s_halves) Tile256.Transpose(rows, column, planes, stride);
        else TileScalar.Transpose(rows, column, planes, stride);
    }

    /// <inheritdoc cref="TileScalar.RowDot"/>
    public static void RowDot(uint* sums, uint** rows, int column, uint* weights, int count)
    {
        if (s_lanes) Tile512.RowDot(sums, rows, column, weights, count);
        else if (s_halves) Tile256.RowDot(sums, rows, column, weights, count);
        else TileScalar.RowDot(sums, rows, column, weights, count);
    }

    /// <summary>The same word everywhere.</summary>
    public static void Fill(uint* plane, uint value, int count) => new Span<uint>(plane, count).Fill(value);

    /// <summary>An element of E at every point.</summary>
    public static void Fill(uint* planes, int stride, Fields.Quintic value, int count)
    {
        for (var c = 0; c < Fields.Quintic.Degree; c++) Fill(planes + c * stride, value[c].Residue, count);
    }
}
