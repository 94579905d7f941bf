using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Gives instances a key pair, in place of one that they may have.</summary>
internal sealed class AttachKeyPair : IOperation
{
    public string Name => "AttachKeyPair";

    public bool Writes => true;

    public Reply Run(Call call, Session store) => KeyPairResults.Run(call, store, _ => call.Text("KeyPairName"));
}
