using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ZkExchange.Cli.Input;
using Xunit;

namespace ZkExchange.Cli.Tests.Input;

public class CsvReaderTests
{
    static List<(long Line, string[] Cells, CsvFault? Fault)> Read(byte[] bytes, int chunk = int.MaxValue)
    {
        var reader = new CsvReader(new DribbleStream(bytes, chunk));
        var records = new List<(long, string[], CsvFault?)>();
        while (reader.Read())
        {
            var cells = new string[reader.Count];
            for (var i = 0; i < cells.Length; i++) cells[i] = Encoding.UTF8.GetString(reader[i]);
            records.Add((reader.Line, cells, reader.Fault));
        }

        return records;
    }

    static List<(long Line, string[] Cells, CsvFault? Fault)> Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Lines_end_in_lf_or_crlf_and_the_last_may_end_in_nothing()
    {
        foreach (var text in (string[])["a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\n1,2", "\uFEFFa,b\r\n1,2"])
        {
            var records = Read(text);
            Assert.Equal(2, records.Count);
            Assert.Equal(["a", "b"], records[0].Cells);
            Assert.Equal(["1", "2"], records[1].Cells);
            Assert.Equal(2, records[1].Line);
        }
    }

    [Fact]
    public void Quoted_cells_hold_commas_and_quotes()
    {
        var records = Read("\"a,b\",\"say \"\"x\"\"\",\"\",c\n,,\n");
        Assert.Equal(["a,b", "say \"x\"", "", "c"], records[0].Cells);
        Assert.Equal(["", "", ""], records[1].Cells);
    }

    [Theory]
    [InlineData("a\nb\"c\n", 2, "a quote inside a field")]
    [InlineData("a\n\"b\"c\n", 2, "text after a closing quote")]
    [InlineData("a\n\"b\n", 2, "a quote is opened and never closed")]
    [InlineData("a\n\"b\nc\"\nd\n", 2, "a line break inside quotes")]
    [InlineData("a\nb\rc\n", 2, "a carriage return inside the line")]
    [InlineData("a\rb\rc", 1, "a carriage return inside the line")]
    [InlineData("a\nb\tc\n", 2, "a tabulator in the text")]
    [InlineData("a\nb\u0001\n", 2, "a control character in the text")]
    [InlineData("abc\nb\0\n", 2, "a NUL byte in the text")]
    [InlineData("PK\u0003\u0004", 1, "the file is a zip archive or a spreadsheet, not UTF-8 text")]
    public void A_record_that_is_no_text_is_a_fault_with_its_line(string text, long line, string message)
    {
        var broken = Assert.Single(Read(text), record => record.Fault is not null);
        Assert.Equal(line, broken.Line);
        Assert.Equal(message, broken.Fault!.Value.Message);
    }

    [Fact]
    public void Text_in_another_encoding_is_refused_at_once()
    {
        byte[][] files =
        [
            [0xFF, 0xFE, (byte)'a', 0], [0xFE, 0xFF, 0, (byte)'a'], [(byte)'a', 0, (byte)'b', 0], [0x1F, 0x8B, 8, 0],
        ];
        foreach (var file in files)
        {
            var record = Assert.Single(Read(file));
            Assert.True(record.Fault!.Value.IsFatal);
        }

        Assert.Equal("the line is not valid UTF-8", Read([(byte)'a', 0xC3, (byte)'\n'])[0].Fault!.Value.Message);
    }

    [Fact]
    public void Lines_count_on_after_a_line_break_in_quotes()
    {
        var records = Read("a\n\"b\nc\"\nd\n");
        Assert.Equal([1L, 2L, 4L], records.Select(record => record.Line));
    }

    [Fact]
    public void What_is_written_is_read_whatever_the_size_of_the_pieces()
    {
        var cell = Gen.Elements("", "a", "1.5", "x,y", "q\"q", "\"", ",", " ", "0123456789").ArrayOf(3);
        Prop.ForAll(cell.ArrayOf().ToArbitrary(), Gen.Choose(1, 7).ToArbitrary(), (rows, chunk) =>
        {
            var text = new StringBuilder();
            foreach (var row in rows)
            {
                text.AppendJoin(',', row.Select(value => value.AsSpan().ContainsAny(',', '"')
                    ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
                    : value));
                text.Append('\n');
            }

            var records = Read(Encoding.UTF8.GetBytes(text.ToString()), chunk);
            return records.Count == rows.Length
                && records.Zip(rows).All(pair => pair.First.Cells.SequenceEqual(pair.Second))
                && records.Select((record, i) => record.Line == i + 1 && record.Fault is null).All(holds => holds);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_bytes_are_read_without_an_exception()
    {
        var bytes = Gen.Elements("a,\"\n\r\0\u00C3\u00FF".Select(character => (byte)character));
        Prop.ForAll(bytes.ArrayOf().ToArbitrary(), file => Read(file, 2).Count >= 0).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_line_of_many_megabytes_is_refused()
    {
        var file = new byte[CsvReader.RecordBytesMax + (1 << 20)];
        file.AsSpan().Fill((byte)'a');
        Assert.Equal("the line is longer than 16 MiB", Assert.Single(Read(file)).Fault!.Value.Message);
    }

    sealed class DribbleStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(count, chunk));
    }
}
