using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class ImportKeyPair : IOperation
{
    public string Name => "ImportKeyPair";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["KeyPairName", .. TagWords.Judged];

    public Reply Run(Call call, Session store)
    {
        var key = SshPublicKey.Parse(call.Needed("PublicKeyBody")) ?? throw Error.Of("InvalidPublicKeyBody.Malformed");
        NamedKeyPair.Add(call, store, key);
        return new(new JsonObject { ["KeyPairName"] = call.Text("KeyPairName"), ["KeyPairFingerPrint"] = key.Fingerprint });
    }
}
