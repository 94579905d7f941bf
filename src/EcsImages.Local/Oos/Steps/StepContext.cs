using System.Text.Json;
using System.Text.Json.Nodes;
using EcsImages.Core;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oos.Executions;
using EcsImages.Local.Oos.Templates;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oos.Steps;

/// <summary>What a step works with: the session, its execution and its properties; it calls ECS for the one who started the execution.</summary>
internal sealed class StepContext(Session store, Execution execution, JsonObject properties, References references)
{
    // What the service asks on behalf of somebody comes from the service.
    private static readonly EndpointRequest OfService = new("POST", "oos.aliyuncs.com", "/", "", [], default);

    public Session Store => store;

    public Execution Execution => execution;

    /// <summary>The id of the task, for its log.</summary>
    public string TaskId { get; init; } = "";

    /// <summary>The property as text; null where it is empty.</summary>
    public string? Text(string name) => Text(properties, name);

    /// <summary>A member of the property Parameters, of those actions that call any operation.</summary>
    public string? Parameter(string name) => Text(properties["Parameters"]!.AsObject(), name);

    public JsonNode? Property(string name) => properties[name];

    /// <summary>The property as it will be, while the step's turn is still to come.</summary>
    public string? Ahead(string name) => references.Fill(properties[name])?.ToString() is { Length: > 0 } text ? text : null;

    public string Needed(string name) => Text(name) ?? throw Error.Missing(name);

    public string RegionId => Text("regionId") ?? execution.RegionId;

    public void Log(string message) => execution.Log(store, message, TaskId);

    /// <summary>Calls an operation of ECS as the service does, with all its checks; null leaves a parameter out.</summary>
    public JsonObject Ecs(string operation, params IEnumerable<(string Name, string? Value)> parameters)
    {
        var call = EcsCall(operation, parameters);
        new Authorizer(store.Database).Check(call.Who, "ecs", call.Operation, call.All, call.RegionId, OfService);
        return Operations.Find("ecs", operation)!.Run(call, store).Body;
    }

    /// <summary>The call, not made.</summary>
    public Call EcsCall(string operation, params IEnumerable<(string Name, string? Value)> parameters)
    {
        var account = Accounts.ByName(store, execution.Account)!;
        return ServiceCall.Of(store, Starter(account), execution.RegionId, execution.Id, operation, parameters);
    }

    // A session's rights are its role's, also when the session itself has ended meanwhile.
    private Caller Starter(LocalAccount account) =>
        execution.RamUser is { } id ? new Caller(account) { User = RamUsers.ById(store, id) ?? throw Error.Of("Forbidden.RAM") }
        : execution.SessionKey is { } key ? Caller.Of(StsSessions.ByKey(store, key) ?? throw Error.Of("Forbidden.RAM"), store)
        : new Caller(account);

    private static string? Text(JsonObject from, string name) =>
        from[name] is not { } value ? null
        : value.GetValueKind() is JsonValueKind.String ? (value.GetValue<string>() is { Length: > 0 } text ? text : null) : value.ToJsonString();
}
