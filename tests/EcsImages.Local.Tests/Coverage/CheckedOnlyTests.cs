using System.Globalization;
using System.Reflection;
using EcsImages.Core.Contract;

namespace EcsImages.Local.Tests.Coverage;

/// <summary>docs/coverage.md says of what is checked only that it does not fail the call.</summary>
public sealed class CheckedOnlyTests
{
    [Theory]
    [InlineData("RunInstances", "ImageId={image}", "InstanceType=ecs.g6.large", "DataDisk.1.Size=20")]
    [InlineData("CreateInstance", "ImageId={image}", "InstanceType=ecs.g6.large", "DataDisk.1.Size=20")]
    [InlineData("DescribeDisks")]
    [InlineData("DescribeImages")]
    [InlineData("DescribeInstances")]
    [InlineData("DescribeInstanceTypes")]
    [InlineData("DescribeZones")]
    public async Task A_parameter_that_is_checked_only_passes(string name, params string[] others)
    {
        // They pass whatever comes of them: that makes nothing of it honoured.
        ObservedCalls.Hide();
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = endpoint.AddImage(client, "web").Id;
        var operation = ApiContract.Ecs.Operations[name];
        var patterns = CheckedOnly(name);
        Assert.NotEmpty(patterns);
        foreach (var pattern in patterns)
        {
            var parameters = others.Select(o => o.Replace("{image}", image, StringComparison.Ordinal).Split('=', 2)).ToDictionary(static p => p[0], static p => p[1]);
            foreach (var (wire, value) in Filled(operation, pattern)) parameters[wire] = value;
            var answer = await client.EcsAsync(name, [.. parameters.Select(static p => (p.Key, p.Value))]);
            Assert.True(answer.Status == 200, $"{name} with {string.Join(" ", parameters.Select(static p => $"{p.Key}={p.Value}"))}: {answer.Body}");
        }
    }

    // The row of that operation on the page, which another test holds to what the tests show.
    private static string[] CheckedOnly(string operation)
    {
        var root = typeof(CheckedOnlyTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "RepositoryRoot").Value!;
        return File.ReadLines(Path.Combine(root, "docs", "coverage.md"))
            .SkipWhile(l => l != $"### {operation}").Skip(1).TakeWhile(static l => !l.StartsWith("### ", StringComparison.Ordinal))
            .Where(static l => l.StartsWith("| checked only |", StringComparison.Ordinal)).SelectMany(static l => l.Split('|')[2].Split(',', StringSplitOptions.TrimEntries)).ToArray();
    }

    // The parameter with a value that fits it, and what must stand beside it.
    private static List<(string Wire, string Value)> Filled(ApiOperation operation, string pattern)
    {
        var (fields, wire, filled) = (operation.Request, "", new List<(string, string)>());
        ApiField? field = null;
        foreach (var part in pattern.Split('.'))
        {
            if (part == "N")
            {
                wire += ".1";
                continue;
            }
            if (wire.Length > 0) filled.AddRange(fields.Where(static f => f.Required && f.Fields.Count == 0).Select(f => ($"{wire}.{f.Name}", ValueOf(f))));
            field = fields.Single(f => f.Name == part);
            (fields, wire) = (field.Fields, wire.Length == 0 ? part : $"{wire}.{part}");
        }
        return [.. filled, (wire, ValueOf(field!))];
    }

    private static string ValueOf(ApiField field) => field.KnownValues.Count > 0 ? field.KnownValues[0]
        : (field.Type == "array" ? field.ItemType : field.Type) switch
        {
            "boolean" => "true",
            "int32" or "int64" or "float" or "double" => (field.Range?.Least ?? 1).ToString(CultureInfo.InvariantCulture),
            _ => "text".PadRight((int)(field.Length?.Least ?? 4), 'x'),
        };
}
