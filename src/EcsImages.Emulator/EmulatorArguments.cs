using System.Globalization;
using System.Net;
using EcsImages.Emulator.Control;
using EcsImages.Local.Dispatch;

namespace EcsImages.Emulator;

/// <summary>Reads the command line.</summary>
internal static class EmulatorArguments
{
    public const string Usage = $"""
        Usage: ecs-emulator [options]

          --port N                       The port to listen on; 0 picks a free one. Default: 8801.
          --path DIR                     The folder that holds its state. Default: the one of Connect-EcsAccount -Local.
          --ephemeral                    A temporary folder, deleted at the end.
          --access-key ID:SECRET[:ACCOUNT]
                                         An access key, and the name or 16-digit id of its account. Repeatable.
                                         Default: LTAIemulatorDefaultKey:emulatorDefaultSecret:default.
          --speed X                      How much faster than usual asynchronous work goes. Default: 1 (about a second a piece).
          --throttle N                   How many calls a second of one operation an access key may make; beyond it they are
                                         refused with Throttling.User. Default: any number.
          --no-clock-check               Takes requests of any time; a presigned URL still ends. Default: 15 minutes either way.
          --no-nonce-check               Takes a request more than once.
          --host-name NAME[=BUCKET]      A further name that clients may address it by; with a bucket, one that stands for
                                         that bucket of OSS. Repeatable; *.aliyuncs.com and *.localhost always work.
          --listen ADDRESS               The address to listen on. Default: 127.0.0.1.
          --allow-remote                 Allows an address that other machines can reach. They need an access key, of which the
                                         default one is public. {ControlFront.Root}/ and the metadata service, which know no keys, answer
                                         them only with the token that is in the variable {ControlAccess.Variable} at the
                                         start, in the header {ControlAccess.Header}.
          --help                         Shows this.
        """;

    /// <summary>Whether the command line asks for the usage, wherever it does.</summary>
    public static bool AskForHelp(IEnumerable<string> args) => args.Any(static a => a is "--help" or "-h" or "-?");

    /// <param name="args">The command line.</param>
    /// <param name="variable">A variable of the environment by its name.</param>
    /// <exception cref="ArgumentException">What was wrong, and how to say it.</exception>
    public static EmulatorOptions Read(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        string? path = null;
        int port = 8801;
        double speed = 1;
        double? rate = null;
        bool ephemeral = false, remote = false;
        var checks = SignatureChecks.All;
        var address = IPAddress.Loopback;
        var keys = new List<AccessKey>();
        var names = new List<string>();
        var buckets = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var left, var right] && left.StartsWith("--", StringComparison.Ordinal) ? (left, right) : (args[i], null);
            switch (name)
            {
                case "--port":
                    port = int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 65535
                        ? number : throw Wrong(name, value, "a port is a number from 0 to 65535");
                    break;
                case "--path":
                    path = System.IO.Path.GetFullPath(Value());
                    break;
                case "--ephemeral":
                    ephemeral = Flag();
                    break;
                case "--access-key":
                    keys.Add(Key(Value()));
                    break;
                case "--speed":
                    speed = double.TryParse(Value(), NumberStyles.Float, CultureInfo.InvariantCulture, out var times) && double.IsFinite(times) && times > 0
                        ? times : throw Wrong(name, value, "a speed is a number above 0, such as 10");
                    break;
                case "--throttle":
                    rate = double.TryParse(Value(), NumberStyles.Float, CultureInfo.InvariantCulture, out var calls) && double.IsFinite(calls) && calls > 0
                        ? calls : throw Wrong(name, value, "a number of calls a second is above 0, such as 5");
                    break;
                case "--no-clock-check":
                    checks = checks with { Clock = !Flag() };
                    break;
                case "--no-nonce-check":
                    checks = checks with { Nonce = !Flag() };
                    break;
                case "--host-name":
                    if (Value().Split('=', 2) is [var alias, { Length: > 0 } bucket]) buckets[alias] = bucket;
                    else names.Add(value!);
                    break;
                case "--listen":
                    address = IPAddress.TryParse(Value(), out var parsed) ? parsed : throw Wrong(name, value, "an address looks like 127.0.0.1 or ::1");
                    break;
                case "--allow-remote":
                    remote = Flag();
                    break;
                default:
                    throw Unknown(args[i], i + 1);
            }

            string Value() => value ??= ++i < args.Count ? args[i] : throw new ArgumentException($"{name} needs a value. --help shows how.");

            bool Flag() => value is null ? true : throw new ArgumentException($"{name} takes no value: leave it out where it is not meant.");
        }
        if (!IPAddress.IsLoopback(address) && !remote)
            throw new ArgumentException($"{address} can be reached from other machines. Add --allow-remote if that is meant: an access key protects the API then, and the token in {ControlAccess.Variable} what is under {ControlFront.Root}/.");
        if (ephemeral && path is not null) throw new ArgumentException("--ephemeral makes a folder of its own: leave out --path.");
        return new EmulatorOptions
        {
            Port = port,
            Address = address,
            Path = path ?? (ephemeral ? Directory.CreateTempSubdirectory("ecs-emulator-").FullName : DefaultPath),
            IsEphemeral = ephemeral,
            Speed = speed,
            Control = new ControlAccess(variable(ControlAccess.Variable)),
            CallsPerSecond = rate,
            Checks = checks,
            AccessKeys = keys.Count == 0 ? [EmulatorOptions.DefaultKey] : keys,
            HostNames = names,
            BucketNames = buckets,
        };
    }

    private static string DefaultPath =>
        System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "EcsImage", "local");

    private static AccessKey Key(string text) => text.Split(':') switch
    {
        [{ Length: > 0 } id, { Length: > 0 } secret] => new(id, secret, "default"),
        [{ Length: > 0 } id, { Length: > 0 } secret, { Length: > 0 } account] => new(id, secret, account),
        // What was typed may hold a secret: it is not repeated.
        _ => throw new ArgumentException("--access-key is ID:SECRET or ID:SECRET:ACCOUNT."),
    };

    // What was typed may hold a secret: of what is no option, only how it begins is repeated.
    private static ArgumentException Unknown(string argument, int position)
    {
        var name = string.Concat(argument.TakeWhile(static c => c == '-' || char.IsAsciiLetterOrDigit(c)));
        return new(name.StartsWith('-') ? $"There is no option '{name}'. --help lists them." : $"Argument {position} is no option. --help lists them.");
    }

    private static ArgumentException Wrong(string option, string? value, string why) => new($"{option} {value}: {why}.");
}
