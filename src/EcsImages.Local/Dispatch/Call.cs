using EcsImages.Core;
using EcsImages.Core.Contract;
using EcsImages.Local.Store;

namespace EcsImages.Local.Dispatch;

/// <summary>One checked call of an operation: who, where, when, and its parameters.</summary>
internal sealed class Call(
    ApiOperation operation, IReadOnlyDictionary<string, string> parameters, LocalAccount caller, string regionId, string requestId, DateTimeOffset now,
    bool namesRegion = true)
    : Parameters(parameters)
{
    public ApiOperation Operation { get; } = operation;

    public LocalAccount Caller => caller;

    /// <summary>Who acts within the account; where nobody else is named, the account itself.</summary>
    public Caller Who { get => field ??= new Caller(caller); init; }

    /// <summary>The RAM user whose key it was; null where it was another's.</summary>
    public RamUser? User => Who.User;

    /// <summary>The account id of the caller.</summary>
    public string Account => Caller.AccountId;

    /// <summary>The region that is named, or that of the host; asked for anew, so that it shows which operations mind it.</summary>
    public string RegionId => Text("RegionId") ?? regionId;

    /// <summary>RegionId, unless neither the host nor a parameter named one: then an id is looked for in all regions.</summary>
    public string? NamedRegion => namesRegion ? RegionId : null;

    public string RequestId { get; } = requestId;

    public DateTimeOffset Now { get; } = now;

    /// <summary>The same call with other parameters.</summary>
    public Call With(IReadOnlyDictionary<string, string> others) => new(Operation, All is WatchedParameters watched ? watched.Over(others) : others, Caller, RegionId, RequestId, Now, namesRegion) { Who = Who };

    /// <summary>The same call in another region, where that is of what it names.</summary>
    public Call In(string other) => new(Operation, All, Caller, other, RequestId, Now) { Who = Who };

    /// <summary>The dispatcher undoes a dry run by itself; to be called only before effects outside of the database.</summary>
    public bool IsDryRun => Bool("DryRun") ?? false;

    public void StopIfDryRun()
    {
        if (IsDryRun) throw DryRun.Passed(Operation.Name);
    }
}
