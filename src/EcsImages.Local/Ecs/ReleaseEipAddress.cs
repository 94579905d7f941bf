using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class ReleaseEipAddress : IOperation
{
    public string Name => "ReleaseEipAddress";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var eip = Eips.Need(call, store);
        if (eip.Status != EipRow.Available) throw Error.Of("IncorrectEipStatus", eip.Id, eip.Status);
        eip.Delete(store);
        return Reply.Empty;
    }
}
