using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DetachKeyPair : IOperation
{
    public string Name => "DetachKeyPair";

    public bool Writes => true;

    public Reply Run(Call call, Session store) =>
        KeyPairResults.Run(call, store, instance => instance.KeyPair == call.Text("KeyPairName") ? "" : null);
}
