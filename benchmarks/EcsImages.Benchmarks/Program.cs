using EcsImages.Benchmarks;
using EcsImages.Benchmarks.Checksum;
using EcsImages.Benchmarks.Convert;
using EcsImages.Benchmarks.Oss;

// Each benchmark takes turns with its reference, so that what else the machine does falls on both.
return args switch
{
    ["convert", .. var options] => await ConvertBenchmark.RunAsync(Options.Parse(options, 4096, 5)),
    [(ConvertRun.Verb or ConvertRun.MeasuredVerb) and var verb, var from, var to, var kind] => await ConvertRun.RunAsync(verb, from, to, kind),
    ["oss", .. var options] => await OssBenchmark.RunAsync(Options.Parse(options, 2048, 5)),
    ["checksum", .. var options] => ChecksumBenchmark.Run(Options.Parse(options, 256, 9)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project benchmarks/EcsImages.Benchmarks -- convert|oss|checksum [--mib N] [--rounds N] [--only TEXT]
          convert   a disk of 4096 MiB, a third of it used, from each format into each, against qemu-img convert with the same
                    options; takes half an hour, and 8 GiB of the temporary folder. On much smaller disks it is the start of
                    .NET, about 0.1 s, that is measured.
          oss       a file into a bucket of the emulator (upload) and out of it (download), against curl
          checksum  CRC-64 and MD5 of bytes in memory, against copying the same bytes
          --mib     the size of what is moved; --rounds how often each side runs, a third of it where blocks are packed
          --only    measures only what has this in its name, such as "raw -> "
        """);
    return 2;
}
