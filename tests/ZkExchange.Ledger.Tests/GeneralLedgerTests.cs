namespace ZkExchange.Ledger.Tests;

public class GeneralLedgerTests
{
    static readonly LedgerAccount s_outside = new(AccountKind.External, 0, 3);
    static readonly LedgerAccount s_alice = new(AccountKind.Free, 7, 3);

    [Fact]
    public void Money_moves_and_every_asset_sums_to_zero()
    {
        var ledger = new GeneralLedger();
        ledger.Move(s_outside, s_alice, 100, PostingReason.Deposit);
        ledger.Move(s_alice, s_alice with { Kind = AccountKind.InOrder }, 30, PostingReason.OrderHold);
        Assert.Equal((Int128)70, ledger.BalanceOf(s_alice));
        Assert.Equal((Int128)(-100), ledger.BalanceOf(s_outside));
        Assert.Equal(2, ledger.Postings.Length);
        Assert.Equal(1UL << 3, ledger.AssetsOf(7));
        ledger.CheckBalanced();
    }

    [Fact]
    public void No_customer_account_goes_below_zero()
    {
        var ledger = new GeneralLedger();
        ledger.Move(s_outside, s_alice, 100, PostingReason.Deposit);
        Assert.Throws<InvalidOperationException>(() =>
            ledger.Move(s_alice, s_outside, 101, PostingReason.WithdrawalDone));
    }

    [Fact]
    public void A_debt_never_turns_into_a_balance()
    {
        var ledger = new GeneralLedger();
        var debt = s_alice with { Kind = AccountKind.Debt };
        ledger.Move(debt, s_alice, 5, PostingReason.Borrow);
        Assert.Throws<InvalidOperationException>(() => ledger.Move(s_alice, debt, 6, PostingReason.Repay));
    }

    [Fact]
    public void Nothing_moves_between_assets_and_nothing_reaches_two_to_the_ninety()
    {
        var ledger = new GeneralLedger();
        Assert.Throws<InvalidOperationException>(
            () => ledger.Move(s_outside, s_alice with { Asset = 4 }, 1, PostingReason.Deposit));
        Assert.Throws<InvalidOperationException>(
            () => ledger.Move(s_outside, s_alice, Amounts.Limit, PostingReason.Deposit));
        ledger.Move(s_outside, s_alice, Amounts.Limit - 1, PostingReason.Deposit);
        Assert.Throws<InvalidOperationException>(() => ledger.Move(s_outside, s_alice, 1, PostingReason.Deposit));
    }

    [Fact]
    public void A_key_names_one_account()
    {
        var account = new LedgerAccount(AccountKind.Isolated, 1 << 23, 4095, 4094);
        Assert.Equal(account, LedgerAccount.FromKey(account.Key));
    }

    [Fact]
    public void A_ledger_that_was_written_is_read_as_it_was()
    {
        var ledger = new GeneralLedger();
        ledger.Move(s_outside, s_alice, 100, PostingReason.Deposit);
        var writer = new StateWriter();
        ledger.Write(writer);
        for (var length = 0; length <= writer.Bytes.Length; length++)
        {
            var read = new GeneralLedger();
            var reader = new StateReader(writer.Bytes[..length]);
            Assert.Equal(length == writer.Bytes.Length, read.TryRead(ref reader));
            if (length == writer.Bytes.Length) Assert.Equal(ledger.Balances(), read.Balances());
        }
    }
}
