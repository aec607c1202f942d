// Rows come in any order and from several files; the book wants them account by account, ascending by key. Ids live in
// one array behind a hash table of our own, so a million customers cost their bytes and little more.

using System.Text;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Cli.Input;

/// <summary>Where a row stands.</summary>
/// <param name="File">Which of the files, from 0.</param>
/// <param name="Line">From 1.</param>
readonly record struct RowPlace(int File, uint Line);

/// <summary>Collects rows into a book.</summary>
sealed class BookCollector
{
    readonly List<string> _files = [];
    byte[] _ids = new byte[1 << 16];
    int[] _idStarts = new int[1 << 10];
    int[] _slots = new int[1 << 11];        // account + 1, 0 = free; a power of two, at most half full
    RowPlace[] _places = new RowPlace[1 << 10];
    bool[] _isClosed = new bool[1 << 10];
    int _accounts;
    int[] _owners = new int[1 << 10];       // per row
    AccountEntry[] _entries = new AccountEntry[1 << 10];
    RowPlace[] _rowPlaces = new RowPlace[1 << 10];
    int _rows;
    int _pooledDebts;

    /// <summary>Customers so far.</summary>
    public int Accounts => _accounts;

    /// <summary>The files by name, in the order in which they were begun.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>The rows that follow stand in this file.</summary>
    public void BeginFile(string name) => _files.Add(name);

    /// <summary>Where a customer first stands.</summary>
    public RowPlace PlaceOf(int account) => _places[account];

    /// <summary>The customer of an id, made if it is new.</summary>
    public int Customer(ReadOnlySpan<byte> id, long line, out bool isNew)
    {
        var slot = FindSlot(id);
        isNew = _slots[slot] == 0;
        if (!isNew) return _slots[slot] - 1;

        var start = _idStarts[_accounts];
        if (start + id.Length > _ids.Length) Array.Resize(ref _ids, Larger(_ids.Length, start + id.Length));
        if (_accounts + 2 > _idStarts.Length)
        {
            Array.Resize(ref _idStarts, 2 * _idStarts.Length);
            Array.Resize(ref _places, 2 * _places.Length);
            Array.Resize(ref _isClosed, 2 * _isClosed.Length);
        }

        id.CopyTo(_ids.AsSpan(start));
        _places[_accounts] = new(_files.Count - 1, (uint)line);
        _slots[slot] = ++_accounts;
        _idStarts[_accounts] = start + id.Length;
        if (2 * _accounts > _slots.Length) Rehash();
        return _accounts - 1;
    }

    /// <summary>No further row of this customer is right: she has her one row of the wide form.</summary>
    public void Close(int account) => _isClosed[account] = true;

    /// <summary>True after <see cref="Close"/>.</summary>
    public bool IsClosed(int account) => _isClosed[account];

    /// <summary>The id of a customer as text.</summary>
    public string IdText(int account) => Encoding.ASCII.GetString(IdOf(account));

    /// <summary>A row of a customer.</summary>
    public void Add(int account, AccountEntry entry, long line)
    {
        if (_rows == _owners.Length)
        {
            var length = Larger(_rows, _rows + 1);
            Array.Resize(ref _owners, length);
            Array.Resize(ref _entries, length);
            Array.Resize(ref _rowPlaces, length);
        }

        if (entry.Debt != 0 && EntryKey.Pool(entry.Key) != 0) _pooledDebts++;
        (_owners[_rows], _entries[_rows]) = (account, entry);
        _rowPlaces[_rows++] = new(_files.Count - 1, (uint)line);
    }

    /// <summary>The book of all rows. A row that repeats customer, asset and pool of another is reported, and is not in
    /// the book; the collector is empty afterwards.</summary>
    /// <param name="repeated">Takes the customer, the entry, the place of the row and that of the one it repeats.
    /// </param>
    public Book Finish(Action<int, AccountEntry, RowPlace, RowPlace> repeated)
    {
        var starts = new int[_accounts + 1];
        for (var row = 0; row < _rows; row++) starts[_owners[row] + 1]++;
        for (var account = 0; account < _accounts; account++) starts[account + 1] += starts[account];

        // Rows by account, in the order of the files.
        var order = new int[_rows];
        var next = starts.AsSpan(0, _accounts).ToArray();
        for (var row = 0; row < _rows; row++) order[next[_owners[row]]++] = row;

        var entries = new AccountEntry[_rows + _pooledDebts];
        var kept = 0;
        for (var account = 0; account < _accounts; account++)
        {
            var rows = order.AsSpan(starts[account], starts[account + 1] - starts[account]);
            SortByKey(rows);
            var first = starts[account] = kept;
            for (var i = 0; i < rows.Length; i++)
            {
                if (i > 0 && _entries[rows[i]].Key == entries[kept - 1].Key)
                    repeated(account, _entries[rows[i]], _rowPlaces[rows[i]], FirstOf(rows, i));
                else
                    entries[kept++] = _entries[rows[i]];
            }

            if (_pooledDebts > 0) kept = MoveDebts(entries, first, kept);
        }

        starts[_accounts] = kept;
        Array.Resize(ref _idStarts, _accounts + 1);
        (_owners, _entries, _rowPlaces, _slots) = ([], [], [], []);
        return new(_ids, _idStarts, entries, starts);
    }

    // A debt is owed of an asset, whatever pool its row names: it stands under the key of pool 0, which is made if it
    // is missing. A sum that is no amount is refused where the book is checked.
    static int MoveDebts(AccountEntry[] entries, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            var (key, equity, debt) = entries[i];
            if (debt == 0 || EntryKey.Pool(key) == 0) continue;
            entries[i] = new(key, equity, 0);
            var free = EntryKey.Of(EntryKey.Asset(key), 0);
            var at = first;
            while (entries[at].Key < free) at++;
            if (entries[at].Key != free)
            {
                Array.Copy(entries, at, entries, at + 1, end++ - at);
                entries[at] = new(free, 0, 0);
                i++;
            }

            entries[at] = entries[at] with { Debt = entries[at].Debt + debt };
        }

        return end;
    }

    // The first row with the key of row i, in a sorted list.
    RowPlace FirstOf(ReadOnlySpan<int> rows, int i)
    {
        var first = i;
        while (first > 0 && _entries[rows[first - 1]].Key == _entries[rows[i]].Key) first--;
        return _rowPlaces[rows[first]];
    }

    void SortByKey(Span<int> rows)
    {
        for (var i = 1; i < rows.Length; i++)
        {
            if (_entries[rows[i - 1]].Key <= _entries[rows[i]].Key) continue;
            rows.Sort((a, b) =>
            {
                var byKey = _entries[a].Key.CompareTo(_entries[b].Key);
                return byKey != 0 ? byKey : a.CompareTo(b);
            });
            return;
        }
    }

    ReadOnlySpan<byte> IdOf(int account) =>
        _ids.AsSpan(_idStarts[account], _idStarts[account + 1] - _idStarts[account]);

    int FindSlot(ReadOnlySpan<byte> id)
    {
        var mask = _slots.Length - 1;
        var slot = (int)(Mix(id) & (uint)mask);
        while (_slots[slot] != 0 && !IdOf(_slots[slot] - 1).SequenceEqual(id)) slot = (slot + 1) & mask;
        return slot;
    }

    void Rehash()
    {
        _slots = new int[2 * _slots.Length];
        for (var account = 0; account < _accounts; account++) _slots[FindSlot(IdOf(account))] = account + 1;
    }

    // FNV-1a with a last mixing step; for a table in memory only.
    static uint Mix(ReadOnlySpan<byte> id)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in id) hash = (hash ^ character) * 1099511628211UL;
        return (uint)((hash ^ (hash >> 32)) * 0x9E37_79B9_7F4A_7C15UL >> 32);
    }

    static int Larger(int length, int least)
    {
        Check.That(least > 0); // Two thousand million rows or bytes of ids is more than an array holds.
        return (int)Math.Clamp(2L * length, least, Array.MaxLength);
    }
}
