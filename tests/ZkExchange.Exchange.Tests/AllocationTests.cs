using ZkExchange.Exchange.Simulation;

namespace ZkExchange.Exchange.Tests;

public class AllocationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_command_allocates_nothing_once_the_pools_have_grown(int instrument)
    {
        var load = VenueLoad.Record(1, 20_000, instrument);
        var venue = VenueLoad.NewVenue();
        foreach (var command in VenueLoad.Prepare()) venue.Execute(command);
        long before = 0;
        for (var i = 0; i < load.Commands.Length; i++)
        {
            if (i == load.Commands.Length / 2) before = GC.GetAllocatedBytesForCurrentThread();
            Assert.True(venue.Execute(load.Commands[i]).IsDone);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
