using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Deletes the pairs that no instance has; one that is not there is as good as deleted.</summary>
internal sealed class DeleteKeyPairs : IOperation
{
    public string Name => "DeleteKeyPairs";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        foreach (var name in IdList.Of(call, "KeyPairNames", "InvalidKeyPairNames.ValueNotSupported") ?? throw Error.Missing("KeyPairNames"))
        {
            if (NamedKeyPair.IdOf(call, store, name) is not { } id) continue;
            if (store.Scalar<string>("SELECT id FROM instance WHERE account = $account AND region = $region AND key_pair = $name AND key_pair <> '' LIMIT 1",
                ("account", call.Account), ("region", call.RegionId), ("name", name)) is { } instance)
                throw Error.Of("InvalidParameter.KeypairAlreadyAttachedInstance", name, instance);
            TagRows.RemoveAll(store, id);
            store.Execute("DELETE FROM key_pair WHERE id = $id", ("id", id));
        }
        return Reply.Empty;
    }
}
