using System.Globalization;
using System.Text.RegularExpressions;
using EcsImages.Core.Contract;

namespace EcsImages.Emulator.Tests.Fuzz;

/// <summary>Makes parameters that the contract lets through often enough for operations to be reached, with ids that earlier replies named.</summary>
internal sealed partial class RandomCall
{
    private const int MostIds = 400;

    private static readonly string[] Odd =
    [
        "", " ", "a", "0", "-1", "1", "100", "2147483647", "9223372036854775807", "1.5", "true", "null", "*", "%", "_", "'", "\"", "a b", "[]", "{}", "[\"\"]", "[null]", "[1]", "{\"a\":1}", "[[]]",
        "\0", "\t\n", "\ud83d\ude00", "\ud800", "\u4e2d\u6587", "aliyun", "acs:x", "http://x", "../../etc/passwd", "2026-01-01T00:00:00Z", "2026-01-01T00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
        "UTF8=", "AAAA", "system", "linux", "x86_64", "cloud_essd", "self", "others", "Available", "image", "instance", "ALIYUN::ECS::Image",
        new string('n', 129), new string('n', 5000), string.Join(',', Enumerable.Repeat("a", 101)), "10.0.0.0/8", "172.16.0.0/12", "0.0.0.0/0", "::/0", "1/2", "-1/-1",
    ];

    private readonly List<string> _ids = ["m-none", "i-none", "acs:ram::1:role/none"];

    /// <summary>Remembers what a reply names, so that later calls are about something.</summary>
    public void Learn(string reply)
    {
        foreach (Match id in Id().Matches(reply))
            if (_ids.Count < MostIds && !_ids.Contains(id.Value)) _ids.Add(id.Value);
    }

    public Dictionary<string, string> Parameters(ApiOperation operation, Random random)
    {
        var made = new Dictionary<string, string>(StringComparer.Ordinal);
        // Much at once is mostly refused for the first odd thing: few parameters reach further.
        var share = random.Next(4) * 0.12;
        foreach (var field in operation.Request)
            if (field.Required ? random.Next(30) > 0 : random.NextDouble() < share) Add(made, field.Name, field, random);
        if (random.Next(40) == 0) made[Mutation.Of("Tag.1.Key", random)] = "x";
        return made;
    }

    private void Add(Dictionary<string, string> made, string name, ApiField field, Random random)
    {
        if (field.Style == "json" || field.Type is not ("array" or "struct"))
        {
            made[name] = Value(field, random);
        }
        else if (field.Type == "struct")
        {
            foreach (var inner in field.Fields)
                if (inner.Required || random.Next(3) == 0) Add(made, $"{name}.{inner.Name}", inner, random);
        }
        else
        {
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                if (field.ItemType != "struct") made[$"{name}.{i}"] = Value(field, random);
                else
                    foreach (var inner in field.Fields)
                        if (inner.Required || random.Next(3) == 0) Add(made, $"{name}.{i}.{inner.Name}", inner, random);
            }
        }
    }

    private string Value(ApiField field, Random random)
    {
        if (random.Next(12) == 0) return Odd[random.Next(Odd.Length)];
        var type = field.Type == "array" ? field.ItemType : field.Type;
        if (type is "int32" or "int64") return random.Next(3) switch
        {
            0 => "1",
            1 => ((long)(field.Range?.Least ?? 1) + random.Next(50)).ToString(CultureInfo.InvariantCulture),
            _ => random.Next(-2, 2000).ToString(CultureInfo.InvariantCulture),
        };
        if (type == "boolean") return random.Next(2) == 0 ? "true" : "false";
        if (type is "float" or "double") return random.Next(100).ToString(CultureInfo.InvariantCulture);
        if (field.Name.EndsWith("RegionId", StringComparison.Ordinal)) return random.Next(5) == 0 ? "cn-beijing" : "cn-hangzhou";
        if (field.KnownValues.Count > 0 && random.Next(5) > 0) return field.KnownValues[random.Next(field.KnownValues.Count)];
        if (field.Style == "json" || field.Holds == "json" || field.Name.EndsWith("Ids", StringComparison.Ordinal))
            return random.Next(3) == 0 && field.Example is { } shown ? shown : $"[\"{AnyId(field, random)}\"]";
        if (field.Name.EndsWith("Id", StringComparison.Ordinal) || field.Name is "ResourceId") return AnyId(field, random);
        if (field.Name is "InstanceType" && random.Next(5) > 0) return "ecs.g7.large";
        if (field.Example is { Length: > 0 } example && random.Next(3) > 0) return example;
        return random.Next(2) == 0 ? $"fuzz{random.Next(30)}" : Odd[random.Next(Odd.Length)];
    }

    // An id of the kind that the name asks for, mostly.
    private string AnyId(ApiField field, Random random)
    {
        var start = field.Name switch
        {
            { } n when n.StartsWith("Image", StringComparison.Ordinal) => "m-",
            { } n when n.StartsWith("Instance", StringComparison.Ordinal) => "i-",
            { } n when n.StartsWith("Snapshot", StringComparison.Ordinal) => "s-",
            { } n when n.StartsWith("Disk", StringComparison.Ordinal) => "d-",
            { } n when n.StartsWith("VSwitch", StringComparison.Ordinal) => "vsw-",
            { } n when n.StartsWith("Vpc", StringComparison.Ordinal) => "vpc-",
            { } n when n.StartsWith("SecurityGroup", StringComparison.Ordinal) => "sg-",
            _ => "",
        };
        var fitting = random.Next(8) == 0 ? _ids : _ids.FindAll(id => id.StartsWith(start, StringComparison.Ordinal));
        return fitting.Count == 0 ? "x-none" : fitting[random.Next(fitting.Count)];
    }

    [GeneratedRegex("(?<=\")(?:[a-z]{1,6}-[a-z0-9]{8,30}|[a-z0-9_]+_x64_[a-zA-Z0-9_.]+vhd|cn-[a-z]+-[a-z0-9])(?=\")")]
    private static partial Regex Id();
}
