using Xunit;
using ZkExchange.Fields;

namespace ZkExchange.Commitments.Tests.Laws;

public class LeafLaws
{
    static readonly byte[] s_nonce = new byte[AccountTag.NonceBytes];

    [Fact]
    public void G19_Short_ids_have_tags_of_their_own()
    {
        var nonce = new byte[AccountTag.NonceBytes];
        nonce[0] = (byte)'0';
        NodeDigest[] tags =
        [
            AccountTag.Of("0", s_nonce), AccountTag.Of("00", s_nonce), AccountTag.Of("000", s_nonce),
            AccountTag.Of("0", nonce), AccountTag.Of("O", s_nonce), AccountTag.Of(new string('0', 128), s_nonce),
        ];
        Assert.Equal(tags.Length, tags.Distinct().Count());
    }

    [Fact]
    public void Every_length_of_an_id_has_a_tag()
    {
        var tags = Enumerable.Range(1, AccountTag.IdBytesMax).Select(i => AccountTag.Of(new string('x', i), s_nonce));
        Assert.Equal(AccountTag.IdBytesMax, tags.Distinct().Count());
    }

    [Fact]
    public void Many_tags_at_once_are_the_same_tags()
    {
        var batch = new TagBatch(200);
        for (var round = 1; round <= 2; round++)
        {
            string[] ids = [.. Enumerable.Range(0, 100 * round)
                .Select(i => new string((char)('a' + (i % 26)), 1 + (i * 7 % 128)))];
            foreach (var id in ids) batch.Add(id, s_nonce);
            var tags = new NodeDigest[ids.Length];
            batch.Finish(tags);
            Assert.Equal(ids.Select(id => AccountTag.Of(id, s_nonce)), tags);
        }
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("!~{}[]:,", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a\"", false)]
    [InlineData("a\\", false)]
    [InlineData("\u00E4", false)]
    [InlineData("a\n", false)]
    [InlineData("\u007F", false)]
    public void C10_Ids_are_plain_characters(string id, bool isId) => Assert.Equal(isId, AccountTag.IsCustomerId(id));

    [Fact]
    public void Ids_have_at_most_128_characters()
    {
        Assert.True(AccountTag.IsCustomerId(new string('x', 128)));
        Assert.False(AccountTag.IsCustomerId(new string('x', 129)));
    }

    [Fact]
    public void A_leaf_holds_all_of_its_entries()
    {
        // A chain that starts in the middle gives another leaf, because its first item says that it is the first.
        var tag = AccountTag.Of("a", s_nonce);
        AccountEntry[] both = [new(0, 5, 1), new(1, 6, 0)];
        var salt = Salt.Of(1, 2, 3, 4);
        var leaf = AccountLeaf.Of(tag, both, salt);
        var opened = Poseidon2.Compress(tag, AccountLeaf.OpeningBlock(salt));
        AccountItem[] items = [new(0, 0, false, 5), new(0, 0, true, 1), new(1, 1, false, 6)];
        var middle = Poseidon2.Compress(opened, AccountItems.Block(items[0], true, items[1]));
        Assert.Equal(leaf, Poseidon2.Compress(middle, AccountItems.Block(items[2], false, null)));
        Assert.NotEqual(leaf, Poseidon2.Compress(middle, AccountItems.Block(items[2], true, null)));
        Assert.NotEqual(leaf, AccountLeaf.Of(tag, both.AsSpan(0, 1), salt));
        Assert.NotEqual(leaf, AccountLeaf.Of(tag, both, Salt.Of(1, 2, 3, 5)));
    }

    [Fact]
    public void Items_are_the_equity_and_the_debt_of_each_entry_and_one_at_least()
    {
        AccountEntry[] entries = [new(0, 0, 0), new(1, 5, 0), new(2, 0, 6), new(3, 7, 8), new(1 << 16, 9, 0)];
        var found = new List<AccountItem>();
        for (var items = default(AccountItems); items.NextItem(entries, out var item);) found.Add(item);
        Assert.Equal(
            [
                new(0, 0, false, 0), new(1, 1, false, 5), new(2, 2, true, 6), new(3, 3, false, 7), new(3, 3, true, 8),
                new(4, 1 << 16, false, 9),
            ],
            found);
        Assert.Equal(6, AccountItems.Of(entries));
        Assert.Equal([0, 1, 1, 2], Enumerable.Range(0, 4).Select(AccountItems.Blocks));
        Assert.Equal((1u << 20) + 3, found[4].Code);
    }

    // All accounts over three keys with amounts 0 and 1. A chain may begin anywhere (the circuit leaves h_0 free): none
    // ends with all the blocks of another.
    [Fact]
    public void The_blocks_of_an_account_end_no_other_account()
    {
        var accounts = new List<AccountEntry[]> { Array.Empty<AccountEntry>() };
        foreach (var key in (uint[])[0, 1, 1 << 16])
        {
            foreach (var before in accounts.ToArray())
            {
                for (var i = 0u; i < (key > 1 ? 2 : 4); i++) accounts.Add([.. before, new(key, i % 2, i / 2)]);
            }
        }

        accounts.RemoveAt(0);
        Assert.Equal((5 * 5 * 3) - 1, accounts.Count);
        var blocks = accounts.ConvertAll(entries =>
        {
            Assert.True(AccountLeaf.IsWellFormed(entries));
            var chain = new List<NodeDigest>();
            for (var items = default(AccountItems); items.NextBlock(entries, out var block);) chain.Add(block);
            return chain;
        });
        foreach (var shorter in blocks)
            Assert.Single(blocks, longer => longer.TakeLast(shorter.Count).SequenceEqual(shorter));
    }

    // The highest code is that of a first debt: every constant is above it.
    [Fact]
    public void D01_A_code_has_one_reading()
    {
        var most = EntryKey.Of(EntryKey.AssetsMax - 1, EntryKey.PoolMax);
        Assert.InRange(most, 0u, (1u << 19) - 1);
        Assert.InRange(most + AccountItem.Debt + AccountItem.First, 0u, (1u << 22) - 1);
    }

    [Fact]
    public void Malformed_accounts_have_no_leaf()
    {
        AccountEntry[][] bad =
        [
            [],
            [new(1, 0, 0), new(1, 0, 0)],
            [new(2, 0, 0), new(1, 0, 0)],
            [new(0, Amount.Limit, 0)],
            [new(0, 0, Amount.Limit)],
            [new(8 << 16, 0, 0)],
            [new(1 << 16, 5, 1)],
            [new(1 << 19, 0, 0)],
        ];
        foreach (var entries in bad)
        {
            Assert.False(AccountLeaf.IsWellFormed(entries));
            Assert.Throws<InvalidOperationException>(() => AccountLeaf.Of(NodeDigest.Empty, entries, default));
        }
    }

    [Fact]
    public void D01_Constants_are_no_keys_and_no_limbs()
    {
        uint[] constants =
            [HashDomain.Tag, HashDomain.Leaf, HashDomain.None, HashDomain.Empty, HashDomain.HiddenSum];
        Assert.Equal(5, constants.Distinct().Count());
        Assert.All(constants, constant => Assert.InRange(constant, 1u << Amount.WordBits, KoalaBear.Modulus - 1));
        Assert.Equal("CTAG"u8, BitConverter.GetBytes(System.Net.IPAddress.HostToNetworkOrder((int)HashDomain.Tag)));
    }

    [Fact]
    public void Digests_have_one_form()
    {
        var digest = Samples.Digest(7);
        Assert.True(NodeDigest.TryParse(digest.ToString(), out var read));
        Assert.Equal(digest, read);
        Assert.False(NodeDigest.TryParse(digest.ToString().ToUpperInvariant(), out _));
        Assert.False(NodeDigest.TryParse(digest + "0", out _));
        Assert.False(NodeDigest.TryRead(digest.ToBytes().AsSpan(1), out _));
        for (var i = 0; i < NodeDigest.Length; i++)
        {
            var bytes = digest.ToBytes();
            BitConverter.GetBytes(KoalaBear.Modulus).CopyTo(bytes, 4 * i);
            Assert.False(NodeDigest.TryRead(bytes, out _));
            BitConverter.GetBytes(KoalaBear.Modulus - 1).CopyTo(bytes, 4 * i);
            Assert.True(NodeDigest.TryRead(bytes, out _));
        }
    }
}
