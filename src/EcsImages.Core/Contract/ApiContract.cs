using System.Collections.Concurrent;
using System.Text.Json;

namespace EcsImages.Core.Contract;

/// <summary>One product's API as data: its operations, their parameters, replies and error codes.</summary>
/// <remarks>Read from contract/*.json, which are embedded; each file names its own sources.</remarks>
public sealed class ApiContract
{
    private static readonly ConcurrentDictionary<string, ApiContract> Loaded = new(StringComparer.OrdinalIgnoreCase);

    private ApiContract(
        string product, string version, IReadOnlyDictionary<string, ApiOperation> operations, IReadOnlyList<string> hidden, IReadOnlyDictionary<string, string> endpoints)
    {
        Endpoints = endpoints;
        Product = product;
        Version = version;
        Operations = operations;
        HiddenParameters = hidden;
    }

    /// <summary>The contract of ECS: the operations on images, and those around them.</summary>
    public static ApiContract Ecs => Load("ecs-2014-05-26.json", "ecs-2014-05-26-around.json");

    /// <summary>The contract of STS.</summary>
    public static ApiContract Sts => Load("sts-2015-04-01.json");

    /// <summary>The contract of Quotas.</summary>
    public static ApiContract Quotas => Load("quotas-2020-05-10.json");

    /// <summary>The contract of OOS.</summary>
    public static ApiContract Oos => Load("oos-2019-06-01.json");

    /// <summary>The contract of RAM, as far as clients of images ask for it.</summary>
    public static ApiContract Ram => Load("ram-2015-05-01.json");

    /// <summary>The contract of Location.</summary>
    public static ApiContract Location => Load("location-2015-06-12.json");

    /// <summary>The product's name as the API spells it, such as Ecs.</summary>
    public string Product { get; }

    /// <summary>The API version, such as 2014-05-26.</summary>
    public string Version { get; }

    /// <summary>The operations by name; names are case-sensitive, as on the wire.</summary>
    public IReadOnlyDictionary<string, ApiOperation> Operations { get; }

    /// <summary>Parameters that every operation silently accepts.</summary>
    public IReadOnlyList<string> HiddenParameters { get; }

    /// <summary>The public hosts by region, as far as the contract names them; * stands for every region.</summary>
    public IReadOnlyDictionary<string, string> Endpoints { get; }

    private static ApiContract Load(params string[] files) => Loaded.GetOrAdd(files[0], _ => Read(files));

    private static ApiContract Read(string[] files)
    {
        var operations = new Dictionary<string, ApiOperation>(StringComparer.Ordinal);
        string product = "", version = "";
        var hidden = new List<string>();
        var endpoints = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            using var stream = typeof(ApiContract).Assembly.GetManifestResourceStream("contract/" + file)
                ?? throw new InvalidOperationException($"The contract {file} is not embedded in this build.");
            using var json = JsonDocument.Parse(stream);
            product = json.RootElement.GetProperty("product").GetString()!;
            version = json.RootElement.GetProperty("version").GetString()!;
            if (json.RootElement.TryGetProperty("hiddenCommonParameters", out var names))
                hidden.AddRange(names.EnumerateArray().Select(static n => n.GetString()!).Except(hidden));
            if (json.RootElement.TryGetProperty("endpoints", out var hosts))
                foreach (var host in hosts.EnumerateObject())
                    if (host.Value.ValueKind is JsonValueKind.String) endpoints[host.Name] = host.Value.GetString()!;
            foreach (var operation in json.RootElement.GetProperty("operations").EnumerateArray())
            {
                var read = ContractReader.Operation(operation);
                operations.TryAdd(read.Name, read);
            }
        }
        return new ApiContract(product, version, operations, hidden, endpoints);
    }
}
