using EcsImages.Benchmarks;
using EcsImages.Benchmarks.Checksum;
using EcsImages.Benchmarks.Convert;
using EcsImages.Benchmarks.Oss;

// Each benchmark takes turns with its reference, so that what else the machine does falls on both.
return args switch
{
    ["convert", .. var options] => await ConvertBenchmark.RunAsync(Options.Parse(options, 1024, 3)),
    [ConvertRun.Verb, var from, var to, var kind] => await ConvertRun.RunAsync(from, to, kind),
    ["oss", .. var options] => await OssBenchmark.RunAsync(Options.Parse(options, 2048, 5)),
    ["checksum", .. var options] => ChecksumBenchmark.Run(Options.Parse(options, 256, 9)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project benchmarks/EcsImages.Benchmarks -- convert|oss|checksum [--mib N] [--rounds N] [--only TEXT]
          convert   a disk from each format into each, against qemu-img convert with the same options
          oss       a file into a bucket of the emulator (upload) and out of it (download), against curl
          checksum  CRC-64 and MD5 of bytes in memory, against copying the same bytes
        """);
    return 2;
}
