using FsCheck;
using FsCheck.Fluent;

namespace ZkExchange.Prover.Tests;

public class ProofQueueTests
{
    /// <summary>Against a naive twin: a list in order of arrival, whose first entries run.</summary>
    [Fact]
    public void Whatever_comes_and_goes_the_first_ones_run() =>
        Prop.ForAll(
            Gen.Choose(1, 3).ToArbitrary(), Gen.Choose(0, 4).ToArbitrary(), Gen.Choose(0, 9).ListOf().ToArbitrary(),
            (jobs, waitingMax, steps) =>
            {
                var queue = new ProofQueue(jobs, waitingMax);
                var line = new List<ProofQueue.Ticket>();
                var running = new HashSet<ProofQueue.Ticket>();
                foreach (var step in steps)
                {
                    if (step < 5)
                    {
                        var ticket = queue.TryEnter();
                        Assert.Equal(line.Count < jobs + waitingMax, ticket is not null);
                        if (ticket is not null) line.Add(ticket);
                    }
                    else if (line.Count > 0)
                    {
                        var leaving = line[step % line.Count];
                        line.Remove(leaving);
                        running.Remove(leaving);
                        leaving.Dispose();
                        leaving.Dispose();
                    }

                    // Who runs keeps running; free places go to those who came first.
                    foreach (var ticket in line.Where(ticket => !running.Contains(ticket)).ToList())
                    {
                        if (running.Count < jobs) running.Add(ticket);
                    }

                    Assert.All(line, ticket => Assert.Equal(running.Contains(ticket), ticket.IsRunning));
                    Assert.Equal((running.Count, line.Count - running.Count), (queue.Running, queue.Waiting));
                }
            }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Places_count_down_to_the_start()
    {
        var queue = new ProofQueue(1, 5);
        var tickets = Enumerable.Range(0, 4).Select(_ => queue.TryEnter()!).ToList();
        foreach (var ticket in tickets[..3]) ticket.Dispose();
        Assert.Equal([3, 2, 1], await ReadAsync(tickets[3]));
        Assert.True(tickets[3].IsRunning);
    }

    [Fact]
    public async Task A_closed_line_sends_everyone_away_but_who_runs()
    {
        var queue = new ProofQueue(1, 5);
        using var running = queue.TryEnter();
        using var waiting = queue.TryEnter();
        queue.Close();
        Assert.Equal([1], await ReadAsync(waiting!));
        Assert.False(waiting!.IsRunning);
        Assert.True(running!.IsRunning);
        Assert.Null(queue.TryEnter());
        Assert.Equal((1, 0), (queue.Running, queue.Waiting));
    }

    static async Task<List<int>> ReadAsync(ProofQueue.Ticket ticket)
    {
        var places = new List<int>();
        await foreach (var place in ticket.Places(CancellationToken.None)) places.Add(place);
        return places;
    }
}
