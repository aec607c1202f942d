using System.Text.Json;
using Xunit;

namespace ZkExchange.Stark.Tests.Golden;

public sealed class TranscriptVectors
{
    [Fact]
    public void Every_step_leads_to_the_same_state()
    {
        var transcript = new Transcript();
        foreach (var step in Vectors.Json("transcript.json").GetProperty("steps").EnumerateArray())
        {
            Replay(transcript, step);
            Assert.Equal(step.GetProperty("state").GetString(), transcript.State.ToString());
        }
    }

    static void Replay(Transcript transcript, JsonElement step)
    {
        var label = step.TryGetProperty("label", out var value) ? (Label)value.GetByte() : default;
        switch (step.GetProperty("verb").GetString())
        {
            case "start":
                break;
            case "absorb":
                transcript.Absorb(label, Vectors.Bytes(step.GetProperty("data")));
                break;
            case "elements":
                var elements = Vectors.Elements(step.GetProperty("elements"));
                Assert.Equal(elements, transcript.SqueezeElements(label, elements.Length));
                break;
            case "point":
                Assert.Equal(Vectors.Element(step.GetProperty("element")), transcript.SqueezePoint(label));
                break;
            case "indices":
                var indices = Vectors.Integers(step.GetProperty("indices"));
                var log2 = step.GetProperty("log2").GetInt32();
                Assert.Equal(indices, transcript.SqueezeIndices(label, indices.Length, log2));
                break;
            default:
                Grind(transcript, label, step.GetProperty("bits").GetInt32(), step.GetProperty("nonce").GetUInt64());
                break;
        }
    }

    // The vector's nonce is the smallest, so all before it are refused and leave the state alone.
    static void Grind(Transcript transcript, Label label, int bits, ulong nonce)
    {
        var before = transcript.State;
        for (var wrong = 0UL; wrong < nonce; wrong++) Assert.False(transcript.TryGrind(label, bits, wrong));
        Assert.Equal(before, transcript.State);
        Assert.True(transcript.TryGrind(label, bits, nonce));
    }
}
