// Large methods made of many small ones keep calls once the inliner has spent its budget, and constants that are
// hoisted without regard to registers push vectors to the stack: four to fourteen times slower, and every word still
// right. So the compiler's own listing is read, of a process that proves something.

using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;
using ZkExchange.Fields.Kernels;

namespace ZkExchange.Cli.Tests.Commands;

public sealed partial class KernelCodeTests
{
    // A shorter method is a loop that is easily read, or hands on to a kernel.
    const int InstructionsMin = 100;

    static readonly string[] s_kernels =
    [
        "Butterflies512:Down8[", "Butterflies512:Up8[", "Transpose512:Gather(",
        "Poseidon2Rounds512:External(", "Poseidon2Rounds512:Internal(", "Poseidon2Rounds512:Linear(",
        "Sha256Rounds512:Compress(", "Sha256Rounds512:CompressPadding(",
        "Tile512:Dot(", "Tile512:RowDot(", "Tile512:MultiplyExtension(", "Tile512:Transpose(", "TileBlock(",
    ];

    [SixteenLanesFact]
    public async Task Kernels_neither_call_nor_keep_vectors_on_the_stack()
    {
        var path = Path.GetTempFileName();
        try
        {
            await ProveAsync(path);
            var listings = Read(await File.ReadAllLinesAsync(path)).Where(code => code.Instructions >= InstructionsMin)
                .ToList();
            foreach (var kernel in s_kernels)
                Assert.Contains(listings, code => code.Name.Contains(kernel, StringComparison.Ordinal));

            // Sixteen rows of a transform, their factors and a product are a little more than there are registers.
            Assert.All(listings, code => Assert.Equal((code.Name, 0), (code.Name, code.Calls)));
            Assert.All(listings, code => Assert.InRange(code.StackVectors, 0, code.Instructions / 30));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_call_and_a_spilled_vector_are_seen()
    {
        var code = Assert.Single(Read(
        [
            "; Assembly listing for method Some512:Thing(ptr) (FullOpts)",
            "G_M000_IG01:                ;; offset=0x0000",
            "       push     rbp",
            "       vmovups  zmmword ptr [rbp-0x40], zmm3",
            "       vpaddd   zmm3, zmm0, zmmword ptr [rbp-0x40]",
            "       vmovups  zmm4, zmmword ptr [rdi+rcx]",
            "       call     [Some512:Plus(Vector512,Vector512)]",
            "; Total bytes of code 968",
        ]));
        Assert.Equal(new("Some512:Thing(ptr) (FullOpts)", 5, 1, 2), code);
    }

    /// <summary>Proves enough permutations that code is emitted for their table, too.</summary>
    static async Task ProveAsync(string listing)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "zkx.dll"), "bench", "hashes", "--log2", "17", "--threads", "1",
            },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                [KernelChoice.Variable] = "avx512",
                ["DOTNET_JitDisasm"] = "*512:* TileBlock",
                ["DOTNET_JitStdOutFile"] = listing,
            },
        };
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    static List<Listing> Read(IEnumerable<string> lines)
    {
        const string title = "; Assembly listing for method ";
        var listings = new List<Listing>();
        foreach (var line in lines)
        {
            if (line.StartsWith(title, StringComparison.Ordinal)) listings.Add(new(line[title.Length..], 0, 0, 0));
            if (listings.Count == 0 || !Instruction().IsMatch(line)) continue;

            var code = listings[^1];
            listings[^1] = code with
            {
                Instructions = code.Instructions + 1,
                Calls = code.Calls + (Call().IsMatch(line) ? 1 : 0),
                StackVectors = code.StackVectors + (StackVector().IsMatch(line) ? 1 : 0),
            };
        }

        return listings;
    }

    [GeneratedRegex(@"^\s+[a-z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instruction();

    [GeneratedRegex(@"^\s+(call|tail\.jmp)\s", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Call();

    [GeneratedRegex(@"[yz]mmword ptr \[r[bs]p", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StackVector();

    sealed record Listing(string Name, int Instructions, int Calls, int StackVectors);

    /// <summary>A fact about code that only some machines compile.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    sealed class SixteenLanesFactAttribute : FactAttribute
    {
        public SixteenLanesFactAttribute()
        {
            if (KernelChoice.Strongest < KernelSet.Avx512)
                Skip = "Without AVX-512 other kernels run, written line by line like those that are read here.";
        }
    }
}
