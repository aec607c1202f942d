namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>The books of a journal as files in a folder of the owner's, for as long as this lives.</summary>
sealed class ExportedBooks : IDisposable
{
    readonly string _folder;

    ExportedBooks(string folder) => _folder = folder;

    /// <summary>Account, asset and reserves file.</summary>
    public (string Accounts, string Assets, string Reserves) Files => (
        Path.Combine(_folder, BookExport.AccountsName), Path.Combine(_folder, BookExport.AssetsName),
        Path.Combine(_folder, BookExport.ReservesName));

    /// <summary>Exports the last state of a journal.</summary>
    public static ExportedBooks Of(string journal)
    {
        // The platform makes this folder readable by its owner only.
        var books = new ExportedBooks(Directory.CreateTempSubdirectory("zkx-books-").FullName);
        try
        {
            ExportCommand.WriteBooks(journal, books._folder);
        }
        catch
        {
            books.Dispose();
            throw;
        }

        return books;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
