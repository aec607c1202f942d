using Xunit;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Commitments;
using ZkExchange.Stark;

namespace ZkExchange.Verifier.Tests;

/// <summary>What an epoch's folder must be (specs/40-statements.md section 5; corpus sections 5, 10, 16).</summary>
public class EpochTests
{
    static readonly Statement s_statement = ToyEpoch.Statement;

    [Fact]
    public void The_untouched_folder_is_accepted()
    {
        var verdict = Verify(ToyEpoch.Files, s_statement.Digest);
        Assert.Equal((EpochOutcome.Accepted, ""), (verdict.Outcome, verdict.Detail));
        Assert.True(verdict.IsAccepted && verdict.IsPinned);
        Assert.Equal(s_statement, verdict.Statement);
        Assert.Equal(EpochVerifier.FileNames(s_statement).Skip(3), verdict.Proofs.Select(proof => proof.File));
        Assert.All(verdict.Proofs, proof => Assert.True(proof.Verdict.IsAccepted));
    }

    [Fact]
    public void B14_An_accepted_epoch_is_told_with_its_flags()
    {
        EpochFlag[] expected =
        [
            new(EpochFlagKind.TestEnvironment, ""), new(EpochFlagKind.ExcludedRows, "2"),
            new(EpochFlagKind.BadDebt, ""), new(EpochFlagKind.NettingCap, "BTC"),
            new(EpochFlagKind.DebtExceedsEquity, "BTC"), new(EpochFlagKind.OwnAsset, "TOKEN"),
        ];
        Assert.Equal(expected, Verify(ToyEpoch.Files).Flags);
    }

    [Fact]
    public void H05_A_new_verdict_is_no_acceptance()
    {
        Assert.False(new EpochVerdict().IsAccepted);
        Assert.False(default(Verdict).IsAccepted);
        Assert.False(new InclusionVerdict().IsAccepted);
    }

    [Fact]
    public void B11_H13_Every_file_is_needed()
    {
        foreach (var name in ToyEpoch.Files.Keys)
        {
            var files = ToyEpoch.Files;
            files.Remove(name);
            Rejected(EpochOutcome.FileSet, files, name);
        }

        Rejected(EpochOutcome.FileSet, new Dictionary<string, byte[]>(StringComparer.Ordinal), Statement.FileName);
    }

    [Theory]
    [InlineData("readme.txt")]
    [InlineData("proofs/shard-000003.zkp")]
    [InlineData("proofs/shard-0000000.zkp")]
    [InlineData("proofs/shard-0.zkp")]
    [InlineData("proofs/TOP.zkp")]
    [InlineData("proofs/../statement.json")]
    [InlineData("../statement.json")]
    [InlineData("Statement.json")]
    [InlineData("empty/")]
    public void I05_Any_other_file_is_refused(string name)
    {
        var files = ToyEpoch.Files;
        files[name] = [];
        Rejected(EpochOutcome.FileSet, files, name);
    }

    [Fact]
    public void Names_of_foreign_files_are_told_without_control_characters()
    {
        var files = ToyEpoch.Files;
        files["\u001B[2JACCEPTED\n\u202E" + new string('x', 999)] = [];
        var verdict = Rejected(EpochOutcome.FileSet, files, "?[2JACCEPTED??xxx");
        Assert.InRange(verdict.Detail.Length, 1, 200);
    }

    [Fact]
    public void H12_A_folder_of_rubbish_is_given_up_after_sixteen_proofs()
    {
        var nodes = Enumerable.Range(0, 40).Select(i => ToyEpoch.Digest((uint)i));
        var statement = s_statement with { ShardNodes = [.. nodes], Reserves = null, Disclosed = null };
        var files = ToyEpoch.With(statement);
        foreach (var name in EpochVerifier.FileNames(statement)) files.TryAdd(name, new byte[1000]);
        Assert.Equal(16, Rejected(EpochOutcome.ProofRejected, files, "proofs/shard-000000.zkp").Proofs.Count);
    }

    [Fact]
    public void Files_that_the_statement_does_not_name_are_refused()
    {
        var files = ToyEpoch.With(s_statement with { Signer = null });
        files[StatementSignature.FileName] = ToyEpoch.Sign(s_statement);
        Rejected(EpochOutcome.FileSet, files, StatementSignature.FileName);

        files = ToyEpoch.With(s_statement with { Reserves = null });
        files[ReservesReport.FileName] = ToyEpoch.Report.Write();
        Rejected(EpochOutcome.FileSet, files, ReservesReport.FileName);
    }

    [Fact]
    public void The_pinned_digest_is_the_files()
    {
        var verdict = Verify(ToyEpoch.Files, FileDigest.Of("other"u8));
        Assert.Equal(EpochOutcome.StatementMismatch, verdict.Outcome);
        Assert.Null(verdict.Statement);
    }

    [Fact]
    public void Broken_rules_of_the_statement_are_told()
    {
        Expect(EpochOutcome.StatementInvalid, DocumentRule.Accounts, s_statement with { Accounts = 25 });
        Expect(
            EpochOutcome.TotalsInconsistent, DocumentRule.TotalsExceedReserves,
            s_statement with { Disclosed = new(0, [new(1050, 0), new(0, 0)]) });
        Expect(
            EpochOutcome.TotalsInconsistent, DocumentRule.BadDebtUncovered,
            s_statement with { Disclosed = new(65_000_000_001, [new(1, 0), new(0, 0)]) });
        var files = ToyEpoch.Files;
        var text = Text(files[Statement.FileName]);
        files[Statement.FileName] = Bytes(text + " ");
        Rejected(EpochOutcome.BadEncoding, files, Statement.FileName);
        files[Statement.FileName] = Bytes(text.Replace("statement-v1", "statement-v2", StringComparison.Ordinal));
        Rejected(EpochOutcome.UnknownVersion, files, Statement.FileName);
        files[Statement.FileName] = [];
        Rejected(EpochOutcome.LimitExceeded, files, Statement.FileName);

        static void Expect(EpochOutcome outcome, DocumentRule rule, Statement statement)
        {
            var verdict = Verify(ToyEpoch.With(statement));
            Assert.Equal((outcome, rule), (verdict.Outcome, verdict.Rule));
        }
    }

    [Fact]
    public void T24_G03_Another_profile_is_refused()
    {
        Rejected(EpochOutcome.UnknownProfile, ToyEpoch.With(s_statement with { Profile = "S80" }), "S80");

        // A known one is tried, and the proofs are not of it.
        foreach (var profile in new[] { "S100-fast", "S120", "S120-fast" })
        {
            var statement = s_statement with { Profile = profile, ShardShape = [14], TopShape = [14] };
            Rejected(EpochOutcome.ProofRejected, ToyEpoch.With(statement), "proofs/shard-000000.zkp");
        }
    }

    [Fact]
    public void G01_T22_Other_circuits_than_the_verifiers_are_refused()
    {
        var keys = s_statement.Keys;
        var shard = s_statement with { Keys = keys with { Shard = keys.Top } };
        var top = s_statement with { Keys = keys with { Top = keys.Shard } };
        Rejected(EpochOutcome.KeyMismatch, ToyEpoch.With(shard), "vk.shard");
        Rejected(EpochOutcome.KeyMismatch, ToyEpoch.With(top), "vk.top");
    }

    [Fact]
    public void T10_T11_The_prescribed_shape_is_possible_and_the_proofs()
    {
        foreach (var shape in new byte[][] { [12], [21], [255], [13, 13] })
        {
            Rejected(
                EpochOutcome.BadShape, ToyEpoch.With(s_statement with { ShardShape = shape }), "shardShape");
            Rejected(EpochOutcome.BadShape, ToyEpoch.With(s_statement with { TopShape = shape }), "topShape");
        }

        var verdict = Verify(ToyEpoch.With(s_statement with { ShardShape = [14] }));
        Assert.Equal(EpochOutcome.ProofRejected, verdict.Outcome);
        Assert.Equal(Outcome.StatementMismatch, verdict.Proofs[0].Verdict.Outcome);
    }

    [Fact]
    public void The_signature_is_the_signers()
    {
        var files = ToyEpoch.Files;
        files[StatementSignature.FileName] = ToyEpoch.Sign(s_statement with { Epoch = 13 });
        Rejected(EpochOutcome.SignatureInvalid, files, StatementSignature.FileName);
        files[StatementSignature.FileName] = new byte[StatementSignature.FileBytes + 1];
        Rejected(EpochOutcome.SignatureInvalid, files, StatementSignature.FileName);
    }

    [Fact]
    public void The_report_is_the_statements()
    {
        var files = ToyEpoch.Files;
        files[ReservesReport.FileName] = (ToyEpoch.Report with { Rows = [.. ToyEpoch.Report.Rows.Skip(1)] }).Write();
        Assert.Equal(DocumentRule.ReserveDigest, Rejected(EpochOutcome.ReservesInvalid, files, "reserves.json").Rule);
        files[ReservesReport.FileName] = Bytes("{}");
        Rejected(EpochOutcome.ReservesInvalid, files, "reserves.json");
    }

    [Fact]
    public void G15_T20_Proofs_of_another_statement_are_refused()
    {
        Statement[] others =
        [
            s_statement with { Epoch = 13 },
            s_statement with { Environment = ExchangeEnvironment.Production },
            s_statement with { Snapshot = "2026-11-20T00:00:01Z" },
            s_statement with { Accounts = 19 },
            s_statement with { Root = ToyEpoch.Digest(9) },
            s_statement with { Assets = [s_statement.Assets[0] with { Weight = 1 }, s_statement.Assets[1]] },
            s_statement with { ShardNodes = [.. s_statement.ShardNodes.Reverse()] },
        ];
        foreach (var other in others)
        {
            var files = ToyEpoch.With(other with { Reserves = null, Disclosed = null });
            var verdict = Rejected(EpochOutcome.ProofRejected, files, "proofs/shard-000000.zkp");
            Assert.All(verdict.Proofs, proof => Assert.False(proof.Verdict.IsAccepted));
        }
    }

    [Fact]
    public void B08_T21_Proofs_stand_for_their_own_shard()
    {
        var files = ToyEpoch.Files;
        (files["proofs/shard-000000.zkp"], files["proofs/shard-000001.zkp"]) =
            (files["proofs/shard-000001.zkp"], files["proofs/shard-000000.zkp"]);
        var verdict = Rejected(EpochOutcome.ProofRejected, files, "proofs/shard-000000.zkp");
        Assert.False(verdict.Proofs[1].Verdict.IsAccepted);
        Assert.True(verdict.Proofs[2].Verdict.IsAccepted);

        files = ToyEpoch.Files;
        files["proofs/shard-000002.zkp"] = files["proofs/shard-000001.zkp"];
        Rejected(EpochOutcome.ProofRejected, files, "proofs/shard-000002.zkp");
        files = ToyEpoch.Files;
        files[EpochFiles.TopProof] = files["proofs/shard-000001.zkp"];
        Rejected(EpochOutcome.ProofRejected, files, EpochFiles.TopProof);
    }

    [Fact]
    public void H01_One_bad_proof_is_enough_wherever_it_stands()
    {
        foreach (var name in ToyEpoch.Files.Keys.Where(name => name.EndsWith(".zkp", StringComparison.Ordinal)))
        {
            var files = ToyEpoch.Files;
            files[name][files[name].Length / 2] ^= 1;
            var verdict = Rejected(EpochOutcome.ProofRejected, files, name);
            Assert.Equal(4, verdict.Proofs.Count);
            Assert.Equal(1, verdict.Proofs.Count(proof => !proof.Verdict.IsAccepted));
        }
    }

    [Fact]
    public void Every_changed_byte_of_a_document_is_refused()
    {
        foreach (var name in new[] { Statement.FileName, StatementSignature.FileName, ReservesReport.FileName })
        {
            var files = ToyEpoch.Files;
            for (var i = 0; i < files[name].Length; i++)
            {
                files[name][i] ^= 1;
                var verdict = Verify(files);
                Assert.False(verdict.IsAccepted);
                Assert.NotEqual(EpochOutcome.Unchecked, verdict.Outcome);
                files[name][i] ^= 1;
            }
        }
    }

    [Fact]
    public void T01_T02_Bytes_all_over_a_proof_count_and_so_does_its_length()
    {
        var files = ToyEpoch.Files;
        var proof = files[EpochFiles.TopProof];
        for (var i = 0; i < proof.Length; i += 1 + (proof.Length / 30))
        {
            proof[i] ^= 1;
            Rejected(EpochOutcome.ProofRejected, files, EpochFiles.TopProof);
            proof[i] ^= 1;
            files[EpochFiles.TopProof] = proof[..i];
            Rejected(EpochOutcome.ProofRejected, files, EpochFiles.TopProof);
            files[EpochFiles.TopProof] = proof;
        }

        Assert.True(Verify(files).IsAccepted);
    }

    [Fact]
    public void H02_T07_Proofs_that_are_none_are_refused()
    {
        foreach (var bytes in new[] { [], new byte[1], [.. ToyEpoch.Files[EpochFiles.TopProof], 0] })
        {
            var files = ToyEpoch.Files;
            files[EpochFiles.TopProof] = bytes;
            Rejected(EpochOutcome.ProofRejected, files, EpochFiles.TopProof);
        }
    }

    [Fact]
    public void H12_A_file_beyond_its_limit_is_not_read()
    {
        foreach (var (name, limit) in new[]
        {
            (Statement.FileName, 64L << 20), (ReservesReport.FileName, 64L << 20),
            ("proofs/shard-000001.zkp", 3L << 20), (EpochFiles.TopProof, 3L << 20),
        })
        {
            var folder = new SwollenFiles(new EpochFiles(ToyEpoch.Files), name, limit + 1);
            var verdict = EpochVerifier.Verify(folder, ToyEpoch.Circuits);
            Assert.Equal(EpochOutcome.LimitExceeded, verdict.Outcome);
            Assert.StartsWith(name, verdict.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_refused()
    {
        foreach (var name in new[] { Statement.FileName, ReservesReport.FileName, EpochFiles.TopProof })
        {
            var folder = new SwollenFiles(new EpochFiles(ToyEpoch.Files), name, 999);
            var verdict = EpochVerifier.Verify(folder, ToyEpoch.Circuits);
            Assert.Equal((EpochOutcome.FileUnreadable, name), (verdict.Outcome, verdict.Detail));
        }
    }

    [Fact]
    public void Without_reserves_the_verdict_says_liabilities_only()
    {
        var statement = s_statement with { Reserves = null, Disclosed = null, Signer = null, Excluded = null };
        var verdict = Verify(ToyEpoch.Make(statement));
        Assert.Equal((EpochOutcome.Accepted, ""), (verdict.Outcome, verdict.Detail));
        EpochFlagKind[] kinds =
        [
            EpochFlagKind.TestEnvironment, EpochFlagKind.LiabilitiesOnly, EpochFlagKind.NotSigned,
            EpochFlagKind.OwnAsset,
        ];
        Assert.Equal(kinds, verdict.Flags.Select(flag => flag.Kind));
    }

    static EpochVerdict Verify(IReadOnlyDictionary<string, byte[]> files, FileDigest? pinned = null) =>
        EpochVerifier.Verify(new EpochFiles(files), ToyEpoch.Circuits, pinned);

    static EpochVerdict Rejected(EpochOutcome outcome, IReadOnlyDictionary<string, byte[]> files, string where)
    {
        var verdict = Verify(files);
        Assert.Equal(outcome, verdict.Outcome);
        Assert.StartsWith(where, verdict.Detail, StringComparison.Ordinal);
        Assert.Empty(verdict.Flags);
        return verdict;
    }

    static string Text(byte[] bytes) => System.Text.Encoding.Latin1.GetString(bytes);

    static byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);

    /// <summary>A folder in which one file claims another length than it has.</summary>
    sealed class SwollenFiles(IEpochFiles files, string name, long length) : IEpochFiles
    {
        public IReadOnlyList<EpochFile> List() =>
            [.. files.List().Select(file => IsSwollen(file) ? file with { Length = length } : file)];

        public byte[]? Read(EpochFile file)
        {
            Assert.False(IsSwollen(file) && length > 1 << 20, "A file beyond its limit is not to be read.");
            return files.Read(file);
        }

        bool IsSwollen(EpochFile file) => string.Equals(file.Name, name, StringComparison.Ordinal);
    }
}
