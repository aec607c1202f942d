namespace ZkExchange.Stark.Proving;

/// <summary>What a random stream is for; the upper byte of the purpose word.</summary>
enum MaskPurpose : byte
{
    /// <summary>Coefficients of the masks of main columns, one stream a class.</summary>
    Main = 1,

    /// <summary>Coefficients of the masks of auxiliary columns, one stream a class.</summary>
    Auxiliary = 2,

    /// <summary>The zero-sum blinds of the terminals, and the rows of the blind columns that nothing reads.</summary>
    Blind = 3,

    /// <summary>The blinds t_0 and t_1 of the quotient chunks, one stream a class.</summary>
    Chunk = 4,

    /// <summary>The FRI mask R, one stream a slice of coefficients.</summary>
    Fri = 5,

    /// <summary>Salts of leaves.</summary>
    Salt = 6,
}
