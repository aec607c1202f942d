using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ZkExchange.Commitments.Tests.Documents;

/// <summary>A customer's check, and what must not pass it (corpus sections 2 and 3).</summary>
public class InclusionTests
{
    const string Customer = "user-00000007";

    static readonly SmallBook s_book = SmallBook.Of(shardHeight: 2, shards: 3, accounts: 9);

    static readonly InclusionFile s_file = s_book.FileOf(4);

    static Statement Statement => s_book.Statement;

    [Fact]
    public void Every_customer_of_every_shard_is_included()
    {
        for (var account = 0; account < s_book.Accounts.Count; account++)
        {
            var file = s_book.FileOf(account);
            var verdict = Check(file.Write(), customer: file.Customer, pinned: Statement.Digest);
            Assert.Equal(InclusionOutcome.Accepted, verdict.Outcome);
            Assert.True(verdict.IsPinned && verdict.IsCustomerKnown);
            Assert.Equal(file.Leaf(file.Customer), verdict.Leaf);
        }
    }

    [Fact]
    public void Trees_of_any_shape_lead_to_their_roots()
    {
        foreach (var (height, shards) in new[] { (0, 1), (0, 2), (0, 5), (1, 1), (3, 1), (2, 4), (1, 7), (3, 2) })
        {
            var book = SmallBook.Of(height, shards, Math.Max(1, (shards << height) - 1));
            for (var account = 0; account < book.Accounts.Count; account++)
            {
                var verdict = InclusionVerifier.Verify(book.FileOf(account).Write(), book.Statement.Bytes.Span);
                Assert.Equal(InclusionOutcome.Accepted, verdict.Outcome);
            }
        }
    }

    [Fact]
    public void D07_A_corrupted_sibling_at_any_level_is_refused()
    {
        for (var level = 0; level < s_file.Path.Siblings.Count; level++)
        {
            var siblings = s_file.Path.Siblings.ToArray();
            siblings[level] = Samples.Digest(99);
            Refused(InclusionOutcome.InclusionPath, s_file with { Path = s_file.Path with { Siblings = siblings } });
        }
    }

    [Fact]
    public void D07_Corrupted_sums_at_any_level_are_refused()
    {
        for (var level = 0; level < s_file.Path.Sums.Count; level++)
        {
            var sums = s_file.Path.Sums.ToArray();
            sums[level] = Samples.Digest(99);
            Refused(InclusionOutcome.InclusionPath, s_file with { Path = s_file.Path with { Sums = sums } });
        }
    }

    [Fact]
    public void D03_The_side_is_the_positions_and_no_bit_is_free()
    {
        for (var bit = 0; bit < 53; bit++)
        {
            var position = s_file.Path.Position ^ (1L << bit);
            Refused(InclusionOutcome.InclusionPath, s_file with { Path = s_file.Path with { Position = position } });
        }
    }

    [Fact]
    public void D01_D08_A_path_is_as_long_as_the_tree_is_high()
    {
        var path = s_file.Path;
        NodeDigest[] shorter = [.. path.Siblings.Skip(1)], longer = [NodeDigest.Empty, .. path.Siblings];
        Refused(InclusionOutcome.InclusionPath, s_file with { Path = path with { Siblings = shorter } });
        Refused(InclusionOutcome.InclusionPath, s_file with { Path = path with { Siblings = longer } });
        Refused(InclusionOutcome.InclusionPath, s_file with { Path = path with { Sums = [.. path.Sums.Skip(1)] } });
        Refused(
            InclusionOutcome.InclusionPath,
            s_file with { Path = path with { Sums = [.. path.Sums, NodeDigest.Empty] } });
    }

    [Fact]
    public void D01_D06_An_inner_node_is_no_leaf()
    {
        // The share form names a digest; one level up it fits neither the length nor, padded, the root.
        var share = s_file.ToShare();
        var first = Poseidon2.Compress(share.Leaf, share.Path.Siblings[0]);
        var second = Poseidon2.Compress(share.Path.Siblings[0], share.Leaf);
        foreach (var inner in new[] { first, second })
        {
            var verdict = Check((share with { Leaf = inner }).Write());
            Assert.Equal(InclusionOutcome.InclusionPath, verdict.Outcome);
        }
    }

    [Fact]
    public void The_share_shows_the_leaf_and_hides_the_rest()
    {
        var share = s_file.ToShare();
        var bytes = share.Write();
        var verdict = Check(bytes);
        Assert.Equal(InclusionOutcome.Accepted, verdict.Outcome);
        Assert.Null(verdict.File);
        Assert.Equal(share.Leaf, verdict.Leaf);
        var text = Bytes.Text(bytes);
        Assert.DoesNotContain(s_file.Customer, text, StringComparison.Ordinal);
        Assert.DoesNotContain(s_file.Salt.ToString(), text, StringComparison.Ordinal);
        Assert.DoesNotContain(s_file.Nonce.ToString(), text, StringComparison.Ordinal);
        Assert.DoesNotContain("equity", text, StringComparison.Ordinal);

        // Who gives her id asks for her own account: a form that names nobody is no answer, be it hers.
        Assert.Equal(InclusionOutcome.InclusionLeaf, Check(bytes, customer: Customer).Outcome);
    }

    [Fact]
    public void C04_The_leaf_is_made_of_her_own_id()
    {
        var verdict = Check(s_file.Write(), customer: Customer + "x");
        Assert.Equal(InclusionOutcome.InclusionLeaf, verdict.Outcome);
        Assert.False(verdict.IsCustomerKnown);
        Assert.Equal(InclusionOutcome.InclusionLeaf, Check(s_file.Write(), customer: "two words").Outcome);
        Assert.Equal(InclusionOutcome.InclusionLeaf, Check(s_file.Write(), customer: "").Outcome);
        Assert.False(Check(s_file.Write()).IsCustomerKnown);
    }

    [Fact]
    public void C01_C10_Ids_that_look_alike_are_other_leaves()
    {
        foreach (var alias in new[] { "USER-5", "user-05", "user-5.", "user-5-" })
            Refused(InclusionOutcome.InclusionPath, s_file with { Customer = alias });
    }

    [Fact]
    public void Nothing_that_the_leaf_is_made_of_can_be_changed()
    {
        var entry = s_file.Entries[0];
        AccountEntry[] others =
        [
            entry with { Equity = entry.Equity + 1 }, entry with { Debt = entry.Debt + 1 }, entry with { Key = 1 },
            entry with { Equity = entry.Debt, Debt = entry.Equity },
        ];
        foreach (var other in others) Refused(InclusionOutcome.InclusionPath, s_file with { Entries = [other] });
        AccountEntry[] more = [entry, new(EntryKey.Of(1, 2), 0, 0)];
        Refused(InclusionOutcome.InclusionPath, s_file with { Entries = more });
        Refused(InclusionOutcome.InclusionPath, s_file with { Salt = Salt.Of(1, 2, 3, 5) });
        Refused(InclusionOutcome.InclusionPath, s_file with { Nonce = FileDigest.Of("other"u8) });
    }

    [Fact]
    public void C07_An_unused_position_shows_nobody()
    {
        // EMPTY is in the tree, but no id, nonce, entries and salt are known that make it; as a share it is what it is.
        var empty = Enumerable.Range(0, 12).Except(s_book.Accounts.Select(account => account.Position)).First();
        var path = s_book.PathOf(empty);
        Refused(InclusionOutcome.InclusionPath, s_file with { Path = path });
        Assert.Equal(
            InclusionOutcome.Accepted,
            Check(new InclusionShare { Leaf = NodeDigest.Empty, Path = path, Statement = Statement.Digest }.Write())
                .Outcome);
    }

    [Fact]
    public void H09_Keys_that_the_statement_does_not_have_are_refused()
    {
        foreach (var key in new[] { EntryKey.Of(2, 0), EntryKey.Of(0, 4), 5u << 16 })
            Refused(InclusionOutcome.InclusionFormat, s_file with { Entries = [new(key, 1, 0)] });
    }

    [Fact]
    public void The_file_is_of_this_statement_and_the_statement_is_the_one_given()
    {
        var other = s_file with { Statement = FileDigest.Of("other"u8) };
        Assert.Equal(InclusionOutcome.StatementMismatch, Check(other.Write()).Outcome);
        Assert.Equal(
            InclusionOutcome.StatementMismatch, Check(s_file.Write(), pinned: FileDigest.Of("other"u8)).Outcome);
        Assert.Equal(
            InclusionOutcome.StatementInvalid, InclusionVerifier.Verify(s_file.Write(), "{}"u8).Outcome);
    }

    [Fact]
    public void Files_are_padded_to_powers_of_two()
    {
        Assert.Equal(2048, s_file.Write().Length);
        var many = Enumerable.Range(0, 40).Select(i => new AccountEntry((uint)i, Amount.Limit - 1, 7)).ToArray();
        Assert.Equal(4096, (s_file with { Entries = many }).Write().Length);
    }

    [Fact]
    public void Another_length_or_pad_is_refused()
    {
        var text = Bytes.Text(s_file.Write());
        foreach (var end in new[] { "1", "", "00" })
        {
            var bad = text.Replace("0\",\"path\"", end + "\",\"path\"");
            var (read, refusal) = InclusionFile.Read(Bytes.Of(bad));
            Assert.Null(read);
            Assert.Equal(DocumentRule.Length, refusal.Rule);
        }
    }

    [Fact]
    public void Malformed_files_are_refused_by_rule()
    {
        var text = Bytes.Text(s_file.Write());
        Read(DocumentRule.Customer, text.Replace("\"user-", "\" ser-"));
        Read(DocumentRule.Entries, Bytes.Text((s_file with { Entries = [] }).Write()));
        AccountEntry[] same = [new(0, 1, 0), new(0, 2, 0)];
        Read(DocumentRule.Entries, Bytes.Text((s_file with { Entries = same }).Write()));
        Read(DocumentRule.Entries, Bytes.Text((s_file with { Entries = [new(8 << 16, 1, 0)] }).Write()));
        Read(DocumentRule.Entries, Bytes.Text((s_file with { Entries = [new(1 << 16, 1, 1)] }).Write()));
        var long30 = s_file.Path with { Siblings = [.. Enumerable.Repeat(NodeDigest.Empty, 30)] };
        Read(DocumentRule.Path, Bytes.Text((s_file with { Path = long30 }).Write()));
        var salt = s_file.Salt.ToString();
        Read(DocumentRule.Digest, text.Replace(salt, "0100007f" + salt[8..]));
        var sibling = s_file.Path.Siblings[0].ToString();
        Read(DocumentRule.Digest, text.Replace(sibling, "0100007f" + sibling[8..]));

        static void Read(DocumentRule rule, string file) =>
            Assert.Equal(rule, InclusionFile.Read(Bytes.Of(file)).Refusal.Rule);
    }

    [Fact]
    public void Every_changed_byte_and_every_truncation_is_refused()
    {
        var bytes = s_file.Write();
        var statement = Statement.Bytes.Span;
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            var verdict = InclusionVerifier.Verify(bytes, statement);
            Assert.False(verdict.IsAccepted);
            Assert.NotEqual(InclusionOutcome.Unchecked, verdict.Outcome);
            bytes[i] ^= 1;
            verdict = InclusionVerifier.Verify(bytes.AsSpan(0, i), statement);
            Assert.Equal(InclusionOutcome.InclusionFormat, verdict.Outcome);
        }
    }

    [Fact]
    public void Any_bytes_have_a_verdict() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        Assert.False(InclusionVerifier.Verify(bytes, Statement.Bytes.Span).IsAccepted);
        Assert.False(InclusionVerifier.Verify(s_file.Write(), bytes).IsAccepted);
    }).QuickCheckThrowOnFailure();

    static void Refused(InclusionOutcome outcome, InclusionFile file)
    {
        var verdict = Check(file.Write());
        Assert.Equal(outcome, verdict.Outcome);
        Assert.False(verdict.IsAccepted);
    }

    static InclusionVerdict Check(byte[] file, FileDigest? pinned = null, string? customer = null) =>
        InclusionVerifier.Verify(file, Statement.Bytes.Span, pinned, customer);
}
