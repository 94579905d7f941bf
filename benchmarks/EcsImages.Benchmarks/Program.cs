using EcsImages.Benchmarks;
using EcsImages.Benchmarks.Convert;

// Each benchmark takes turns with its reference, so that what else the machine does falls on both.
return args switch
{
    ["convert", .. var options] => await ConvertBenchmark.RunAsync(Options.Parse(options)),
    [ConvertRun.Verb, var from, var to, var kind] => await ConvertRun.RunAsync(from, to, kind),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project benchmarks/EcsImages.Benchmarks -- convert [--mib N] [--rounds N] [--only TEXT]
          convert   a disk from each format into each, against qemu-img convert with the same options
        """);
    return 2;
}
