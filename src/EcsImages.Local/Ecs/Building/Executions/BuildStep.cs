using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs.Detection;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Executions;

/// <summary>What a stage works with: the session, its execution and the pipeline; it calls ECS as the service does, in the account's name.</summary>
internal sealed class BuildStep(Session store, BuildExecution execution, DiskLooks? looks)
{
    private Caller? _owner;

    public Session Store => store;

    public BuildExecution Execution { get; set; } = execution;

    public BuildMade Made { get => Execution.Made; set => Execution = Execution with { Made = value }; }

    /// <summary>What the pipeline was made of.</summary>
    public Parameters Pipeline { get; } = new(KeptParameters.Read(
        store.Scalar<string>("SELECT parameters FROM image_pipeline WHERE id = $id", ("id", execution.Pipeline))!));

    /// <summary>What the disk of the instance holds, which was looked at before.</summary>
    public DiskLook LookAt(string instance) => looks!.Of(BuildWork.ContentOf(store, instance));

    /// <summary>The image that is built on.</summary>
    /// <exception cref="EndpointError">It is gone by now.</exception>
    public Image BaseImage() => Images.NeedUsable(Call("DescribeImages", ("RegionId", Execution.RegionId)), store, Made.BaseImage);

    public void Note(string sentence) => Execution = Execution.Noting(sentence);

    /// <summary>Calls an operation of ECS with all its checks; null leaves a parameter out.</summary>
    /// <exception cref="EndpointError">It refuses.</exception>
    public JsonObject Ecs(string operation, params IEnumerable<(string Name, string? Value)> parameters) =>
        Operations.Find("ecs", operation)!.Run(Call(operation, parameters), store).Body;

    /// <summary>The same, which either succeeds or changes nothing.</summary>
    /// <returns>Why it refused; null where it did not.</returns>
    public EndpointError? TryEcs(string operation, params IEnumerable<(string Name, string? Value)> parameters) => Try(() => Ecs(operation, parameters));

    /// <summary>Does something that either succeeds or changes nothing.</summary>
    public EndpointError? Try(Action work)
    {
        try
        {
            store.Attempt(() =>
            {
                work();
                return true;
            });
            return null;
        }
        catch (EndpointError e)
        {
            return e;
        }
    }

    // Image Builder acts by a role of the service, whoever started it.
    private Call Call(string operation, params IEnumerable<(string Name, string? Value)> parameters)
    {
        _owner ??= new Caller(Accounts.ByName(store, Execution.Account)!);
        return ServiceCall.Of(store, _owner, Execution.RegionId, Execution.Id, operation, parameters);
    }
}
