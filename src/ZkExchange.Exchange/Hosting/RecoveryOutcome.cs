namespace ZkExchange.Exchange.Hosting;

/// <summary>How a start from a journal went.</summary>
public enum RecoveryOutcome : byte
{
    Unchecked = 0,

    /// <summary>There was nothing: a venue is born.</summary>
    Born = 1,

    /// <summary>The state is the one of the last durable command.</summary>
    Recovered = 2,

    /// <summary>The journal is damaged where it must not be; its verdict says where.</summary>
    JournalDamaged = 10,

    /// <summary>The journal does not begin with a parameter set.</summary>
    NoGenesis = 11,

    /// <summary>A command of a sound frame cannot be read.</summary>
    MalformedCommand = 12,

    /// <summary>Replaying gave other events than were recorded.</summary>
    Diverged = 13,
}
