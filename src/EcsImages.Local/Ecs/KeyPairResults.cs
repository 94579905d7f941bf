using System.Globalization;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>What attaching and detaching a key pair have in common: up to 50 instances, and an outcome for each.</summary>
internal static class KeyPairResults
{
    private const int MostInstances = 50;

    /// <param name="call">The call.</param>
    /// <param name="store">The transaction.</param>
    /// <param name="now">Which pair an instance has afterwards; null where nothing was to be done with it.</param>
    public static Reply Run(Call call, Session store, Func<InstanceRow, string?> now)
    {
        var ids = IdList.Of(call, "InstanceIds", "InvalidInstanceIds.ValueNotSupported") ?? throw Error.Missing("InstanceIds");
        if (ids.Count > MostInstances) throw Error.Of("InvalidInstanceIds.ValueNotSupported", ids.Count, MostInstances);
        NamedKeyPair.Need(call, store, call.Needed("KeyPairName"));
        var instances = ids.Select(id => (Id: id, Row: InstanceRow.Find(store, call.Account, call.RegionId, id))).ToArray();
        if (instances.FirstOrDefault(static i => i.Row?.OsType == "windows").Id is { } windows) throw Error.Of("DependencyViolation.WindowsInstance", windows);
        var failed = 0;
        var results = new JsonArray();
        foreach (var (id, row) in instances)
        {
            var pair = row is null ? null : now(row);
            if (pair is null) failed++;
            else store.Execute("UPDATE instance SET key_pair = $pair WHERE id = $id", ("id", id), ("pair", pair));
            results.Add(new JsonObject
            {
                ["InstanceId"] = id,
                ["Success"] = pair is null ? "false" : "true",
                ["Code"] = pair is not null ? "200" : row is null ? "404" : "400",
                ["Message"] = pair is not null ? "successful" : row is null ? $"The specified InstanceId {id} does not exist." : $"The instance {id} does not have the key pair.",
            });
        }
        return new(new JsonObject
        {
            ["KeyPairName"] = call.Text("KeyPairName"),
            ["TotalCount"] = ids.Count.ToString(CultureInfo.InvariantCulture),
            ["FailCount"] = failed.ToString(CultureInfo.InvariantCulture),
            ["Results"] = new JsonObject { ["Result"] = results },
        });
    }
}
