using System.Text.Json;
using Xunit;

namespace ZkExchange.Fields.Tests.Golden;

/// <summary>specs/vectors/field.json, which a program of its own wrote from the definitions.</summary>
public sealed class FieldVectorTests
{
    static readonly JsonElement s_vectors = Read();

    [Fact]
    public void The_modulus_is_the_one_of_the_specification() =>
        Assert.Equal(KoalaBear.Modulus, s_vectors.GetProperty("modulus").GetUInt32());

    [Fact]
    public void Base_products_sums_and_inverses_agree()
    {
        foreach (var vector in s_vectors.GetProperty("products").EnumerateArray())
        {
            var (a, b) = (Element(vector, "a"), Element(vector, "b"));
            Assert.Equal(Element(vector, "sum"), a + b);
            Assert.Equal(Element(vector, "difference"), a - b);
            Assert.Equal(Element(vector, "product"), a * b);
        }

        foreach (var vector in s_vectors.GetProperty("inverses").EnumerateArray())
        {
            Assert.Equal(Element(vector, "inverse"), Element(vector, "a").Inverse());
        }
    }

    [Fact]
    public void Extension_products_inverses_and_conjugates_agree()
    {
        foreach (var vector in s_vectors.GetProperty("extensionProducts").EnumerateArray())
        {
            Assert.Equal(Extension(vector, "product"), Extension(vector, "a") * Extension(vector, "b"));
        }

        foreach (var vector in s_vectors.GetProperty("extensionInverses").EnumerateArray())
        {
            Assert.Equal(Extension(vector, "inverse"), Extension(vector, "a").Inverse());
        }

        foreach (var vector in s_vectors.GetProperty("frobenius").EnumerateArray())
        {
            Assert.Equal(Extension(vector, "image"), Extension(vector, "a").Frobenius());
        }
    }

    [Fact]
    public void Roots_of_unity_agree()
    {
        var roots = s_vectors.GetProperty("roots").EnumerateArray().Select(root => root.GetUInt32()).ToArray();
        Assert.Equal(KoalaBear.TwoAdicity + 1, roots.Length);
        for (var k = 0; k < roots.Length; k++) Assert.Equal(roots[k], KoalaBear.RootOfUnity(k).ToUInt32());
    }

    [Fact]
    public void A_transform_agrees()
    {
        var vector = s_vectors.GetProperty("transform");
        var values = Elements(vector.GetProperty("coefficients"));
        Ntt.Forward(values, Element(vector, "shift"));
        Assert.Equal(Elements(vector.GetProperty("values")), values);
    }

    static KoalaBear Element(JsonElement vector, string name) => KoalaBear.From(vector.GetProperty(name).GetUInt32());

    static Quintic Extension(JsonElement vector, string name) => Quintic.From(Elements(vector.GetProperty(name)));

    static KoalaBear[] Elements(JsonElement list) =>
        [.. list.EnumerateArray().Select(word => KoalaBear.From(word.GetUInt32()))];

    static JsonElement Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "field.json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }
}
