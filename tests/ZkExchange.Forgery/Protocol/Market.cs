using ZkExchange.Fields;
using ZkExchange.Stark;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Forgery.Protocol;

/// <summary>A small circuit with every kind of bus and of law, in three classes of height: trades of goods, the prices
/// that are allowed, and the sums by good. A fourth table without buses may be there.</summary>
static class Market
{
    /// <summary>Tables in key order.</summary>
    public const int Trades = 0, Prices = 1, Sums = 2, Counter = 3;

    /// <summary>Columns of the trades.</summary>
    public const int IsReal = 0, IsListed = 1, Number = 2, Good = 3, Price = 4, Squares = 5;

    const int Goods = 6;
    const int Top = 1023;
    const int Listed = 9;

    /// <summary>No security: eleven positions, so that a proof takes milliseconds.</summary>
    public static Profile Weak { get; } = new("weak", 1, 11, 10, 13, 10, grindQueries: 6, grindLookup: 5);

    /// <summary>The verifier's key.</summary>
    public static VerifyingKey Key { get; } = VerifyingKey.Of(Build((_, _) => { }));

    /// <summary>lg heights of an honest proof.</summary>
    public static byte[] Heights { get; } = [12, 10, 11, Shape.Absent];

    /// <summary>What is claimed: the sum of squares of the listed prices, and the first trades.</summary>
    public static Claim Claim { get; } = MakeClaim();

    /// <summary>The shape of an honest proof.</summary>
    public static Shape Shape
    {
        get
        {
            Shape.TryCreate(Key, Weak, Heights, out var shape);
            return shape!;
        }
    }

    /// <summary>The circuit, with something more in the table of trades, or a law less.</summary>
    public static Circuit Build(Action<Table, Bus> more, string without = "", string name = "trades")
    {
        var prices = new Bus(3, "prices", BusKind.Lookup, 1);
        var list = new Bus(5, "list", BusKind.Permutation, 2);
        var sums = new Bus(8, "sums", BusKind.Sum, 1, 2);
        var trades = TradesTable(prices, list, sums, without, name);
        more(trades, prices);
        var counter = new Table("counter", 1, 9, 13, isOptional: true);
        counter.OnTransition(counter.Next(0) - counter[0] - 1, "the counter counts");
        return new(
            "market", [trades, PricesTable(prices), SumsTable(sums), counter], [prices, list, sums], 1,
            [new(list, Direction.Receive)]);
    }

    /// <summary>A true witness; what it holds may be changed.</summary>
    /// <param name="counterLog2">lg height of the fourth table, or 0 for none.</param>
    /// <param name="shift">Another witness of the same claim: which of the trades that are not listed are real.</param>
    public static Matrix?[] Witness(int counterLog2 = 0, int shift = 0)
    {
        var trades = new Matrix(1 << Heights[Trades], 6);
        var prices = new Matrix(1 << Heights[Prices], 2);
        var sums = new Matrix(1 << Heights[Sums], 4);
        for (var row = 0; row < prices.Rows; row++) prices[row, 0] = KoalaBear.From(row);
        var squares = KoalaBear.Zero;
        for (var row = 0; row < trades.Rows; row++)
        {
            var isReal = row < Listed || (row + shift) % 5 != 0;
            var price = isReal ? PriceOf(row) : 0;
            if (row < Listed) squares += KoalaBear.From(price).Power(2);
            trades[row, IsReal] = KoalaBear.From(isReal ? 1 : 0);
            trades[row, IsListed] = KoalaBear.From(row < Listed ? 1 : 0);
            trades[row, Number] = KoalaBear.From(row);
            trades[row, Good] = KoalaBear.From(row % Goods);
            trades[row, Price] = KoalaBear.From(price);
            trades[row, Squares] = squares;
            if (!isReal) continue;

            prices[price, 1] += KoalaBear.One;
            sums[row % Goods, 2] += KoalaBear.One;
            sums[row % Goods, 3] += KoalaBear.From(price);
        }

        for (var row = 0; row < sums.Rows; row++)
        {
            sums[row, 0] = KoalaBear.From(row < Goods ? 1 : 0);
            sums[row, 1] = KoalaBear.From(row);
        }

        Matrix? counter = null;
        if (counterLog2 > 0)
        {
            counter = new(1 << counterLog2, 1);
            for (var row = 0; row < counter.Rows; row++) counter[row, 0] = KoalaBear.From(row);
        }

        return [trades, prices, sums, counter];
    }

    /// <summary>A proof by the real prover, which departs from the protocol where it is told to.</summary>
    public static byte[] Prove(
        Tampering? tampering = null, Claim? claim = null, VerifyingKey? key = null, Matrix?[]? witness = null,
        Profile? profile = null, byte seed = 1)
    {
        var options = new ProverOptions
        {
            Threads = 1,
            SelfVerify = false,
            Tampering = tampering,
            Seed = [.. Enumerable.Repeat(seed, 32)],
        };
        return StarkProver.Prove(key ?? Key, profile ?? Weak, claim ?? Claim, witness ?? Witness(), options);
    }

    /// <summary>The verdict of the verifier, who has its own key, profile and claim.</summary>
    public static Verdict Verify(ReadOnlySpan<byte> proof) => TwoVerifiers.Verify(Key, Weak, Claim, proof);

    /// <summary>The verdict on a proof that departs somewhere.</summary>
    public static Verdict Try(Tampering? tampering = null, Matrix?[]? witness = null, Claim? claim = null) =>
        Verify(Prove(tampering, claim, witness: witness));

    static int PriceOf(int row) => row * row % Top;

    static Claim MakeClaim()
    {
        var words = new List<uint>();
        var squares = KoalaBear.Zero;
        for (var row = 0; row < Listed; row++)
        {
            words.AddRange([(uint)row, (uint)PriceOf(row)]);
            squares += KoalaBear.From(PriceOf(row)).Power(2);
        }

        return new(new([.. Enumerable.Repeat((byte)0x5A, 32)]), [squares.ToUInt32()], [[.. words]]);
    }

    static Table TradesTable(Bus prices, Bus list, Bus sums, string without, string name)
    {
        var table = new Table(name, 6, 9, 13);
        var (isReal, isListed, price) = (table[IsReal], table[IsListed], table[Price]);
        bool Has(string law) => !string.Equals(law, without, StringComparison.Ordinal);
        if (Has("isReal is 0 or 1")) table.OnEvery(isReal * (isReal - 1), "isReal is 0 or 1");
        table.OnEvery(isListed * (isListed - 1), "isListed is 0 or 1");
        table.OnEvery(isListed * (1 - isReal), "what is listed is real");
        table.OnEvery((1 - isReal) * price, "padding has no price");
        if (Has("numbers begin with 0")) table.OnFirst(table[Number], "numbers begin with 0");
        table.OnTransition(table.Next(Number) - table[Number] - 1, "numbers count");
        table.OnFirst(table[Squares] - price * price, "the sum begins with a square");
        var next = table.Next(IsListed) * table.Next(Price) * table.Next(Price);
        table.OnTransition(table.Next(Squares) - table[Squares] - next, "squares of listed prices are added");
        table.OnLast(table[Squares] - table.Public(0), "the sum is the public one");
        table.Send(prices, isReal, [price], "a price is allowed");
        table.Send(list, isListed, [table[Number], price], "a listed trade is public");
        table.SendSum(sums, [isReal, isReal * price], [table[Good]], "a trade counts for its good");
        return table;
    }

    static Table PricesTable(Bus prices)
    {
        var table = new Table("prices", 2, 9, 13);
        table.OnFirst(table[0], "prices begin with 0");
        table.OnTransition(table.Next(0) - table[0] - 1, "prices count");
        table.Receive(prices, table[1], [table[0]], "the allowed prices");
        return table;
    }

    static Table SumsTable(Bus sums)
    {
        var table = new Table("sums", 4, 9, 13);
        table.OnEvery(table[0] * (table[0] - 1), "isReal is 0 or 1");
        table.OnTransition(table.Next(1) - table[1] - 1, "each good has one row");
        table.ReceiveSum(sums, [table[0] * table[2], table[0] * table[3]], [table[1]], "the sums of a good");
        return table;
    }
}
