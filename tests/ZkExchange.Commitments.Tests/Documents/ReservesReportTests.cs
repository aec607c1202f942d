using Xunit;

namespace ZkExchange.Commitments.Tests.Documents;

public class ReservesReportTests
{
    static readonly ReservesReport s_report = new()
    {
        Environment = ExchangeEnvironment.Test,
        Epoch = 12,
        Exchange = "Example Exchange",
        Rows =
        [
            new("bc1-one", 400, "BTC", "bitcoin", ""),
            new("bc1-two", 600, "BTC", "bitcoin", "c2ln"),
            new("0x01", 5000, "USDT", "ethereum", ""),
        ],
        Time = "2026-11-20T00:00:00Z",
    };

    static Statement Statement => Samples.Statement with
    {
        Reserves = Samples.Statement.Reserves! with { Report = FileDigest.Of(s_report.Write()) },
    };

    [Fact]
    public void What_is_written_is_read_again_and_fits_its_statement()
    {
        var bytes = s_report.Write();
        var (read, refusal) = ReservesReport.Read(bytes);
        Assert.Equal(default, refusal);
        Assert.Equal(bytes, read!.Write());
        Assert.Equal(default, read.CheckAgainst(Statement, bytes));
    }

    [Fact]
    public void Rows_ascend_strictly_and_are_well_formed()
    {
        Refused(DocumentRule.ReserveOrder, "rows[1]", s_report with { Rows = [s_report.Rows[1], s_report.Rows[0]] });
        Refused(DocumentRule.ReserveOrder, "rows[1]", s_report with { Rows = [s_report.Rows[0], s_report.Rows[0]] });
        Refused(DocumentRule.Name, "rows[0].asset", s_report with { Rows = [s_report.Rows[0] with { Asset = "" }] });
        Refused(
            DocumentRule.FreeText, "rows[0].address",
            s_report with { Rows = [s_report.Rows[0] with { Address = "" }] });
        Refused(
            DocumentRule.FreeText, "rows[0].chain",
            s_report with { Rows = [s_report.Rows[0] with { Chain = " " }] });
        Refused(
            DocumentRule.FreeText, "rows[0].signature",
            s_report with { Rows = [s_report.Rows[0] with { Signature = " " }] });
        Refused(DocumentRule.Time, "time", s_report with { Time = "today" });
        Refused(DocumentRule.FreeText, "exchange", s_report with { Exchange = "" });
    }

    [Fact]
    public void The_report_is_about_the_statement()
    {
        Assert.Equal(DocumentRule.ReserveSubject, Against(s_report with { Epoch = 11 }).Rule);
        Assert.Equal(DocumentRule.ReserveSubject, Against(s_report with { Exchange = "Another" }).Rule);
        Assert.Equal(
            DocumentRule.ReserveSubject, Against(s_report with { Environment = ExchangeEnvironment.Production }).Rule);
        Assert.Equal(DocumentRule.ReserveSubject, Against(s_report with { Time = "2026-11-19T00:00:00Z" }).Rule);
        Assert.Equal(DocumentRule.ReserveSum, Against(s_report with { Rows = [.. s_report.Rows.Take(2)] }).Rule);
        Assert.Equal(DocumentRule.ReserveSum, Against(s_report with { Rows = [.. s_report.Rows.Skip(1)] }).Rule);
        ReserveRow[] foreign = [.. s_report.Rows, new("0x02", 1, "XYZ", "ethereum", "")];
        Assert.Equal(new(DocumentRule.ReserveAsset, "rows[3].asset"), Against(s_report with { Rows = foreign }));
    }

    [Fact]
    public void Another_report_than_the_statements_is_refused()
    {
        var other = s_report with { Rows = [s_report.Rows[0] with { Amount = 401 }, .. s_report.Rows.Skip(1)] };
        Assert.Equal(DocumentRule.ReserveDigest, other.CheckAgainst(Statement, other.Write()).Rule);
    }

    [Fact]
    public void Amounts_that_sum_beyond_an_amount_are_no_accident_of_arithmetic()
    {
        // 2^90 - 1 twice, against an amount equal to their sum modulo 2^90: compared as integers.
        ReserveRow[] rows = [new("a", Amount.Limit - 1, "BTC", "x", ""), new("b", Amount.Limit - 1, "BTC", "x", "")];
        var report = s_report with { Rows = [.. rows, s_report.Rows[2]] };
        var statement = Statement with
        {
            Disclosed = null,
            Reserves = new(
                [new(Amount.Limit - 2, 0, 0), new(5000, 0, 0)], FileDigest.Of(report.Write()), report.Time),
        };
        Assert.Equal(DocumentRule.ReserveSum, report.CheckAgainst(statement, report.Write()).Rule);
    }

    [Fact]
    public void Every_changed_byte_is_refused_or_another_report()
    {
        var bytes = s_report.Write();
        for (var i = 0; i < bytes.Length; i++)
        {
            var was = bytes[i];
            bytes[i] ^= 1;
            var (read, _) = ReservesReport.Read(bytes);
            if (read is not null) Assert.Equal(DocumentRule.ReserveDigest, read.CheckAgainst(Statement, bytes).Rule);
            bytes[i] = was;
        }
    }

    static void Refused(DocumentRule rule, string where, ReservesReport report)
    {
        Assert.Equal(new(rule, where), report.Validate());
        Assert.Equal(new(rule, where), ReservesReport.Read(report.Write()).Refusal);
    }

    static Refusal Against(ReservesReport report)
    {
        var statement = Statement with
        {
            Reserves = Statement.Reserves! with { Report = FileDigest.Of(report.Write()) },
        };
        return report.CheckAgainst(statement, report.Write());
    }
}
