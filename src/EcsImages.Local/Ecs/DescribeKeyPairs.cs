using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeKeyPairs : IOperation
{
    public string Name => "DescribeKeyPairs";

    public IReadOnlyList<string> JudgedHere { get; } = ["Tag"];

    public Reply Run(Call call, Session store)
    {
        var withKey = call.Bool("IncludePublicKey") is true;
        return new RowList(call, store, "key_pair")
            .Where("name GLOB $name", "name", Pattern.Of(call.Text("KeyPairName")))
            .Where("fingerprint = $fingerprint", "fingerprint", call.Text("KeyPairFingerPrint")?.ToLowerInvariant())
            .Where("resource_group = $group", "group", call.Text("ResourceGroupId"))
            .Tagged()
            .Page("KeyPairs", "KeyPair", r =>
            {
                var json = new JsonObject
                {
                    ["KeyPairName"] = r.Text("name"),
                    ["KeyPairFingerPrint"] = r.Text("fingerprint"),
                    ["ResourceGroupId"] = r.Text("resource_group"),
                    ["CreationTime"] = Times.Minute(r.Time("created_at")),
                    ["Tags"] = TagRows.Json(store, r.Text("id")),
                };
                if (withKey) json["PublicKey"] = r.Text("public_key");
                return json;
            }, mostOnPage: 50);
    }
}
