using System.Globalization;
using System.Text.Json;

namespace EcsImages.Local.Tests.Packer;

/// <summary>One recorded call: its parameters, and where in the reply the ids were that later calls name.</summary>
internal sealed record PackerCall(string Action, IReadOnlyDictionary<string, string> Parameters, IReadOnlyDictionary<string, string> Ids);

/// <summary>The calls of one build of an unmodified Packer, made again here with this endpoint's ids in the places of the recorded ones.</summary>
internal sealed class PackerBuild(TestEndpoint endpoint, TestClient client)
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _refusals = new(StringComparer.Ordinal);

    /// <summary>What stands here for a text of the recording, wherever that stands.</summary>
    public PackerBuild With(string recorded, string here)
    {
        _ids[recorded] = here;
        return this;
    }

    /// <summary>This operation is refused here, which the recording server did not do.</summary>
    public PackerBuild Refusing(string action, string code)
    {
        _refusals[action] = code;
        return this;
    }

    public static IReadOnlyList<PackerCall> Read(string scenario)
    {
        using var json = JsonDocument.Parse(typeof(PackerBuild).Assembly.GetManifestResourceStream("packer-calls.json")!);
        return
        [
            .. json.RootElement.GetProperty("scenarios").GetProperty(scenario).EnumerateArray().Select(static c => new PackerCall(
                c.GetProperty("action").GetString()!, Texts(c.GetProperty("parameters")), c.TryGetProperty("ids", out var ids) ? Texts(ids) : new Dictionary<string, string>())),
        ];
    }

    /// <summary>Each other call is accepted; two seconds lie between two of them, as between Packer's polls.</summary>
    public async Task RunAsync(IEnumerable<PackerCall> calls)
    {
        foreach (var call in calls)
        {
            (string, string)[] parameters = [.. call.Parameters.Select(p => (p.Key, Here(p.Value)))];
            var refusal = _refusals.GetValueOrDefault(call.Action);
            var answer = refusal is null ? await client.OkAsync(call.Action, parameters) : await client.EcsAsync(call.Action, parameters);
            Assert.Equal(refusal, answer.Code);
            foreach (var (recorded, path) in call.Ids)
                if (!_ids.ContainsKey(recorded) && Find(answer.Body, path) is { } here) _ids[recorded] = here;
            endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        }
    }

    public string Here(string text) => _ids.Aggregate(text, static (t, id) => t.Replace(id.Key, id.Value, StringComparison.Ordinal));

    private static string? Find(JsonElement json, string path)
    {
        foreach (var step in path.Split('/'))
        {
            if (json.ValueKind == JsonValueKind.Array)
            {
                var index = int.Parse(step, CultureInfo.InvariantCulture);
                if (index >= json.GetArrayLength()) return null;
                json = json[index];
            }
            else if (!json.TryGetProperty(step, out json))
            {
                return null;
            }
        }
        return json.GetString();
    }

    private static Dictionary<string, string> Texts(JsonElement json) => json.EnumerateObject().ToDictionary(static p => p.Name, static p => p.Value.GetString()!);
}
