using ZkExchange.Exchange.Simulation;

namespace ZkExchange.Exchange.Tests;

public class AllocationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_command_allocates_nothing_once_the_pools_have_grown(int instrument)
    {
        var load = VenueLoad.Record(1, 40_000, instrument);
        var venue = VenueLoad.NewVenue();
        foreach (var command in VenueLoad.Prepare()) venue.Execute(command);
        long before = 0;
        var refused = 0;
        for (var i = 0; i < load.Commands.Length; i++)
        {
            if (i == 20_000) before = GC.GetAllocatedBytesForCurrentThread();
            if (!venue.Execute(load.Commands[i]).IsDone) refused++;
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // An account that trades for the first time still gets its list of positions; 20,000 commands get nothing.
        Assert.Equal(0, refused);
        Assert.InRange(allocated, 0, 2000);
    }
}
