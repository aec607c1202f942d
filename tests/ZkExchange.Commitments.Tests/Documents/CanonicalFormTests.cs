using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit;

namespace ZkExchange.Commitments.Tests.Documents;

/// <summary>One form for each statement, and every other refused (corpus H10, H11, H12).</summary>
public class CanonicalFormTests
{
    static readonly string s_text = Bytes.Text(Samples.Statement.Bytes.Span);

    public static TheoryData<string, string, DocumentRule> Edits => new()
    {
        { "{\"accounts\"", "{ \"accounts\"", DocumentRule.Canonical },
        { "\"epoch\":12", "\"epoch\": 12", DocumentRule.Canonical },
        { "\"epoch\":12", "\"epoch\":12 ", DocumentRule.Canonical },
        { "\"epoch\":12", "\"epoch\":\"12\"", DocumentRule.Canonical },
        { "\"epoch\":12", "\"epoch\":012", DocumentRule.Number },
        { "\"epoch\":12", "\"epoch\":12.0", DocumentRule.Number },
        { "\"epoch\":12", "\"epoch\":1e1", DocumentRule.Number },
        { "\"epoch\":12", "\"epoch\":+12", DocumentRule.Number },
        { "\"epoch\":12", "\"epoch\":-12", DocumentRule.Number },
        { "\"epoch\":12", "\"epoch\":true", DocumentRule.Canonical },
        { "\"epoch\":12", "\"epoch\":null", DocumentRule.Canonical },
        { "\"epoch\":12", "\"epoch\":9007199254740992", DocumentRule.Number },
        { "\"epoch\":12", "\"epoch\":99999999999999999999999", DocumentRule.Number },
        { "\"epoch\":12,", "", DocumentRule.Field },
        { "\"epoch\":12,", "\"epoch\":12,\"epoch\":12,", DocumentRule.Field },
        { "\"epoch\":12,", "\"epoch\":12,\"epochs\":1,", DocumentRule.Field },
        { "\"epoch\":12,", "\"Epoch\":12,", DocumentRule.Field },
        { "\"accounts\":3,", "\"aaa\":1,\"accounts\":3,", DocumentRule.Field },
        { "\"rows\":2}", "\"rows\":2,\"why\":\"\"}", DocumentRule.Field },
        { "\"commitment\":", "\"rows\":2,\"commitment\":", DocumentRule.Field },
        { "Example Exchange", "Ex\\u0061mple Exchange", DocumentRule.Text },
        { "Example Exchange", "Ex\u00E4mple Exchange", DocumentRule.Text },
        { "Example Exchange", "Ex\tmple Exchange", DocumentRule.Text },
        { "Example Exchange", "Ex\u007Fmple Exchange", DocumentRule.Text },
        { "\"Example Exchange\"", "'Example Exchange'", DocumentRule.Canonical },
        { "\"environment\":\"test\",\"epoch\":12", "\"epoch\":12,\"environment\":\"test\"", DocumentRule.Field },
        { "\"pools\":[", "\"pools\":[,", DocumentRule.Canonical },
        { "255,15]", "255,15,]", DocumentRule.Canonical },
        { "\"beacon\":{", "\"beacon\":[{", DocumentRule.Canonical },
        { "\"tiers\":[]", "\"tiers\":[[[[[[[[[[]]]]]]]]]]", DocumentRule.Canonical },
    };

    [Theory, MemberData(nameof(Edits))]
    public void Another_form_of_the_same_text_is_refused(string part, string by, DocumentRule rule)
    {
        var (read, refusal) = Statement.Read(Bytes.Of(s_text.Replace(part, by)));
        Assert.Null(read);
        Assert.Equal(rule, refusal.Rule);
    }

    [Fact]
    public void Bytes_around_the_document_are_refused()
    {
        Assert.Equal(DocumentRule.Canonical, Refusal("\u00EF\u00BB\u00BF" + s_text).Rule);
        Assert.Equal(DocumentRule.Canonical, Refusal(s_text + "\n").Rule);
        Assert.Equal(DocumentRule.Canonical, Refusal(s_text + s_text).Rule);
        Assert.Equal(DocumentRule.Length, Refusal("").Rule);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var bytes = Bytes.Of(s_text);
        for (var length = 0; length < bytes.Length; length++)
            Assert.True(Statement.Read(bytes.AsSpan(0, length)).Refusal.IsRefused);
    }

    [Fact]
    public void Every_changed_byte_is_refused_or_makes_another_statement_of_the_same_bytes()
    {
        var bytes = Bytes.Of(s_text);
        for (var i = 0; i < bytes.Length; i++)
        {
            var was = bytes[i];
            foreach (var by in "0a \"\\,}]\u0000\u00FF"u8)
            {
                if (by == was) continue;
                bytes[i] = by;
                var (read, refusal) = Statement.Read(bytes);
                Assert.Equal(read is null, refusal.IsRefused);
                if (read is null) continue;
                Assert.True(read.Bytes.Span.SequenceEqual(bytes));
                Assert.NotEqual(Samples.Statement.Digest, read.Digest);
            }

            bytes[i] = was;
        }
    }

    [Fact]
    public void Bombs_are_refused_at_once()
    {
        var watch = Stopwatch.StartNew();
        var deep = new byte[32 << 20];
        Array.Fill(deep, (byte)'[');
        Assert.Equal(DocumentRule.Canonical, Statement.Read(deep).Refusal.Rule);

        var tooLong = new byte[(64 << 20) + 1];
        Assert.Equal(DocumentRule.Length, Statement.Read(tooLong).Refusal.Rule);

        // As many shard nodes as there may be, and one more.
        var nodes = new StringBuilder();
        for (var i = 0; i <= TreeShape.ShardsMax; i++)
            nodes.Append(CultureInfo.InvariantCulture, $"\"{Samples.Statement.Root}\",");
        var many = s_text.Replace("\"shardNodes\":[", "\"shardNodes\":[" + nodes);
        Assert.Equal(new(DocumentRule.ShardCount, "shardNodes[65536]"), Refusal(many));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }

    static Refusal Refusal(string text) => Statement.Read(Bytes.Of(text)).Refusal;
}
