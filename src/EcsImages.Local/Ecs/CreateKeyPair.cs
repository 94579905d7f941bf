using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Makes a pair of RSA keys. The private one is in this answer and nowhere else: it is not kept.</summary>
internal sealed class CreateKeyPair : IOperation
{
    public string Name => "CreateKeyPair";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["KeyPairName", .. TagWords.Judged];

    public Reply Run(Call call, Session store)
    {
        using var rsa = RSA.Create(2048);
        var key = SshPublicKey.Of(rsa);
        var id = NamedKeyPair.Add(call, store, key);
        return new(new JsonObject
        {
            ["KeyPairId"] = id,
            ["KeyPairName"] = call.Text("KeyPairName"),
            ["KeyPairFingerPrint"] = key.Fingerprint,
            ["PrivateKeyBody"] = rsa.ExportRSAPrivateKeyPem() + "\n",
        });
    }
}
