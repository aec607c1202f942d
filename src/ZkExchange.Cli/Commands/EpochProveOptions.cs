using System.CommandLine;

namespace ZkExchange.Cli.Commands;

/// <summary>The options of zkx epoch prove.</summary>
sealed class EpochProveOptions
{
    public Option<string[]> Accounts { get; } = new("--accounts")
    {
        Description = "Account files: customer_id,asset,equity,debt[,pool], or the wide form id,e_X,d_X,vl_X,m_X,pm_X.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "FILE...",
    };

    public Option<string?> Journal { get; } = new("--journal")
    {
        Description = "In place of these files: the journal of an exchange, whose last state is proven.",
        HelpName = "DIR",
    };

    public Option<string?> Assets { get; } = new("--assets")
    {
        Description = "Asset file: symbol,decimals,price and, as wanted, class,source,time,insurance,netting_cap and "
            + "tiers_NAME (tier lists like [0-10000:95,10000-50000:80]: value in the quote currency, percent).",
        HelpName = "FILE",
    };

    public Option<string?> Reserves { get; } = new("--reserves")
    {
        Description = "Reserves file: asset,amount[,chain,address,signature]. Without it only liabilities are proven.",
        HelpName = "FILE",
    };

    public Option<string?> Exchange { get; } = new("--exchange")
    {
        Description = "Name of the exchange. [default: that of --previous, else 'unnamed']",
        HelpName = "NAME",
    };

    public Option<long?> Epoch { get; } = new("--epoch")
    {
        Description = "Number of the epoch. [default: one more than that of --previous, else 1]",
        HelpName = "N",
    };

    public Option<string?> Previous { get; } = new("--previous")
    {
        Description = "Folder of the epoch before; its private folder keeps the secret of the accounts.",
        HelpName = "DIR",
    };

    public Option<string?> At { get; } = new("--at")
    {
        Description = "When the books were taken, YYYY-MM-DDTHH:MM:SSZ. [default: now]",
        HelpName = "TIME",
    };

    public Option<bool> Production { get; } = new("--production")
    {
        Description = "An epoch to rely on; without it the statement says TEST.",
    };

    public Option<string?> Disclose { get; } = new Option<string?>("--disclose")
    {
        Description = "Publish the totals of each asset and the bad debt.",
    }.AcceptOnlyFromAmong("totals");

    public Option<string> Profile { get; } = CommonOptions.Profile();

    public Option<string?> Prover { get; } = new("--prover")
    {
        Description = "A zkx-prover to prove on. [default: in this process]",
        HelpName = "URL",
    };

    public Option<string?> ProverToken { get; } = new("--prover-token-file")
    {
        Description = "A file with the token that the prover asks for.",
        HelpName = "FILE",
    };

    public Option<string?> ProverRoot { get; } = new("--prover-ca")
    {
        Description = "A PEM certificate that the prover's must lead to, in place of the system's roots.",
        HelpName = "FILE",
    };

    public Option<string?> ExcludeInvalid { get; } = new("--exclude-invalid")
    {
        Description = "Leave out rows that are wrong in themselves and write them to FILE; their number is published.",
        HelpName = "FILE",
    };

    public Option<bool> DeclareBadDebt { get; } = new("--declare-bad-debt")
    {
        Description = "Allow customers whose debt exceeds their collateral after haircuts; the shortfall is proven.",
    };

    public Option<string?> SigningKey { get; } = new("--signing-key")
    {
        Description = "A P-256 private key (PEM) that signs the statement.",
        HelpName = "FILE",
    };

    public Option<int> Threads { get; } = CommonOptions.Threads();

    public Option<int> MemoryGigabytes { get; } = CommonOptions.MemoryGigabytes();

    public Option<string> Out { get; } = new("--out")
    {
        Description = "Folder to make; DIR.private beside it keeps what must stay with the exchange.",
        Required = true,
        HelpName = "DIR",
    };

    public Option<bool> Json { get; } = CommonOptions.Json();

    /// <summary>All, in the order of the help.</summary>
    public IEnumerable<Option> All =>
    [
        Accounts, Assets, Reserves, Journal, Out, Exchange, Epoch, Previous, At, Production, Disclose, ExcludeInvalid,
        DeclareBadDebt, Profile, Prover, ProverToken, ProverRoot, SigningKey, Threads, MemoryGigabytes, Json,
    ];
}
