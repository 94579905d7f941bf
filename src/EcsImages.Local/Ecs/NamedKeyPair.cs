using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The key pairs of an account in a region, each known by its name.</summary>
internal static class NamedKeyPair
{
    private const int MostKeyPairs = 500;

    /// <exception cref="EndpointError">InvalidKeyPairName.NotFound.</exception>
    public static void Need(Call call, Session store, string name)
    {
        if (IdOf(call, store, name) is null) throw Error.Of("InvalidKeyPairName.NotFound", name);
    }

    /// <summary>The id of the own pair of that name.</summary>
    public static string? IdOf(Call call, Session store, string name) => store.Scalar<string>(
        "SELECT id FROM key_pair WHERE account = $account AND region = $region AND name = $name",
        ("account", call.Account), ("region", call.RegionId), ("name", name));

    /// <summary>Checks all and stores it; answers its id.</summary>
    public static string Add(Call call, Session store, SshPublicKey key)
    {
        var name = Name(call);
        var group = call.Text("ResourceGroupId") ?? "";
        if (group.Length > 0 && !group.StartsWith("rg-", StringComparison.Ordinal)) throw Error.Of("InvalidResourceGroup.NotFound", group);
        var tags = TagWords.Read(call);
        if (IdOf(call, store, name) is not null) throw Error.Of("KeyPair.AlreadyExist", name);
        if (store.Scalar<long>("SELECT count(*) FROM key_pair WHERE account = $account AND region = $region",
            ("account", call.Account), ("region", call.RegionId)) >= MostKeyPairs) throw Error.Of("QuotaExceed.KeyPair", MostKeyPairs);
        var id = Ids.KeyPair(call.RegionId);
        store.Execute("INSERT INTO key_pair VALUES ($id, $account, $region, $name, $fingerprint, $key, $group, $now)",
            ("id", id), ("account", call.Account), ("region", call.RegionId), ("name", name), ("fingerprint", key.Fingerprint), ("key", key.Line),
            ("group", group), ("now", call.Now.Milliseconds()));
        TagRows.Put(store, call.Account, call.RegionId, "keypair", id, tags);
        return id;
    }

    /// <summary>The name that a new pair is to have.</summary>
    public static string Name(Call call) => NameRule.Name(call, "KeyPairName", "InvalidKeyPairName.Malformed") ?? throw Error.Missing("KeyPairName");
}
