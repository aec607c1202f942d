using System.Threading.Channels;

namespace ZkExchange.Prover;

/// <summary>Who may prove now, who waits, and who is sent away: a bounded line, first come, first served.</summary>
/// <remarks>A waiting call holds nothing but its place, so the bound is on patience rather than on memory.</remarks>
sealed class ProofQueue
{
    readonly Lock _gate = new();
    readonly int _jobs;
    readonly int _waitingMax;
    readonly LinkedList<Ticket> _waiting = new();
    int _running;
    bool _isClosed;

    /// <param name="jobs">Proofs at a time, at least 1.</param>
    /// <param name="waitingMax">Calls that may wait, at least 0.</param>
    public ProofQueue(int jobs, int waitingMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(jobs, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(waitingMax);
        _jobs = jobs;
        _waitingMax = waitingMax;
    }

    public int Running
    {
        get { lock (_gate) return _running; }
    }

    public int Waiting
    {
        get { lock (_gate) return _waiting.Count; }
    }

    public bool IsClosed
    {
        get { lock (_gate) return _isClosed; }
    }

    /// <summary>A place in the line, or null when the line is full or closed.</summary>
    public Ticket? TryEnter()
    {
        lock (_gate)
        {
            if (_isClosed) return null;
            if (_running >= _jobs && _waiting.Count >= _waitingMax) return null;
            var ticket = new Ticket(this);
            _waiting.AddLast(ticket);
            Advance();
            return ticket;
        }
    }

    /// <summary>Sends everyone away who waits and everyone who comes; what runs goes on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            foreach (var ticket in _waiting) ticket.Refuse();
            _waiting.Clear();
        }
    }

    void Leave(Ticket ticket)
    {
        lock (_gate)
        {
            if (ticket.IsRunning) _running--;
            else _waiting.Remove(ticket);
            Advance();
        }
    }

    void Advance()
    {
        while (_running < _jobs && _waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            _running++;
            first.Value.Start();
        }

        var ahead = _running;
        foreach (var ticket in _waiting) ticket.Move(ahead++);
    }

    /// <summary>One call's place. Disposing it lets the next one move up; doing so twice is harmless.</summary>
    internal sealed class Ticket : IDisposable
    {
        readonly ProofQueue _queue;
        readonly Channel<int> _places = Channel.CreateUnbounded<int>();      // at most one item for each who leaves
        int _ahead = -1;
        int _isLeft;

        internal Ticket(ProofQueue queue) => _queue = queue;

        /// <summary>True from the moment it may prove.</summary>
        public bool IsRunning { get; private set; }

        /// <summary>How many run or wait before this call, whenever that changes; ends when it runs or is
        /// refused.</summary>
        public IAsyncEnumerable<int> Places(CancellationToken cancellation) =>
            _places.Reader.ReadAllAsync(cancellation);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isLeft, 1) == 0) _queue.Leave(this);
        }

        internal void Start()
        {
            IsRunning = true;
            _places.Writer.Complete();
        }

        internal void Refuse() => _places.Writer.TryComplete();

        internal void Move(int ahead)
        {
            if (ahead == _ahead) return;
            _ahead = ahead;
            _places.Writer.TryWrite(ahead);
        }
    }
}
