using Microsoft.EntityFrameworkCore;

namespace ZkExchange.Cli.ReadModels;

/// <summary>
/// What an exchange did, in tables for questions. Made from the journal, thrown away at will: nothing is decided on
/// it.
/// </summary>
sealed class ExchangeIndex(string path) : DbContext
{
    public DbSet<FillRow> Fills => Set<FillRow>();

    public DbSet<PostingRow> Postings => Set<PostingRow>();

    public DbSet<BalanceRow> Balances => Set<BalanceRow>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseSqlite($"Data Source={path}");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<FillRow>().Property(row => row.Id).ValueGeneratedNever();
        modelBuilder.Entity<PostingRow>().Property(row => row.Id).ValueGeneratedNever();
        modelBuilder.Entity<FillRow>().HasIndex(row => row.Instrument);
        modelBuilder.Entity<PostingRow>().HasIndex(row => row.FromAccount);
        modelBuilder.Entity<PostingRow>().HasIndex(row => row.ToAccount);
    }
}
