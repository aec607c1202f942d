namespace ZkExchange.Matching;

/// <summary>The queue of one price: a doubly linked list of orders, the oldest first.</summary>
struct Level
{
    public uint Price;
    public int Head;
    public int Tail;
    public int Count;

    /// <summary>Orders here that follow a reference, and so cannot be one.</summary>
    public int Pegged;

    /// <summary>All lots here, the hidden ones included.</summary>
    public long Total;
}
