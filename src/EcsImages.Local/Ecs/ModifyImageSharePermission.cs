using EcsImages.Local.Dispatch;
using EcsImages.Local.Quotas;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Shares with accounts and takes back; or publishes to the community and takes back. The community's terms count as signed.</summary>
internal sealed class ModifyImageSharePermission : IOperation
{
    private const int UsedOfList = 10;

    public string Name => "ModifyImageSharePermission";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["AddAccount.N", "RemoveAccount.N"];

    public IReadOnlyList<string> RefusedHere { get; } = ["LaunchPermission"];

    public Reply Run(Call call, Session store)
    {
        // Whatever comes after the first ten of a list is dropped without a word.
        var add = call.List("AddAccount").Take(UsedOfList).ToArray();
        var remove = call.List("RemoveAccount").Take(UsedOfList).ToArray();
        var isPublic = call.Bool("IsPublic");
        var hasAccounts = add.Length + remove.Length > 0;
        if (call.Text("LaunchPermission") is not null) throw Error.Of(hasAccounts ? "UnnecessaryParameter.LaunchPermission" : "ForbiddenParameter.LaunchPermission");
        if (isPublic is not null && hasAccounts) throw Error.Of("InvalidParameter.IsPublic");
        // Packer calls it for each image, whether there is anybody to share with or not, and needs to succeed.
        var image = Images.NeedOwn(call, store, call.Needed("ImageId"));
        if (isPublic is { } wanted) Publish(call, store, image, wanted);
        else Share(call, store, image, add, remove);
        return Reply.Empty;
    }

    private static void Publish(Call call, Session store, Image image, bool wanted)
    {
        if (image.IsPublic == wanted) throw Error.Of(wanted ? "Image.Public" : "Image.NotPublic", image.Id);
        if (wanted)
        {
            NeedAvailable(call, image);
            if (image.Encrypted) throw Error.Of("OperationDeined.EncryptedSnapshot", image.Id);
        }
        ImageRows.Publish(store, image.Id, wanted);
    }

    private static void Share(Call call, Session store, Image image, string[] add, string[] remove)
    {
        if (add.Length > 0)
        {
            if (image.IsPublic) throw Error.Of("Image.Public", image.Id);
            // Clients that copy to many regions share each copy at once, and do not wait for it first.
            if (!image.IsCopied || ImageState.At(image, call.Now) != ImageState.Creating) NeedAvailable(call, image);
            NeedSharableEncryption(image);
        }
        foreach (var account in add)
        {
            if (account == call.Account) throw Error.Of("InvalidAccount.Forbbiden", account);
            if (!Accounts.Exists(store, account)) throw Error.Of("InvalidAccount.NotFound", account);
            ImageShares.Add(store, image, account);
        }
        foreach (var account in remove) ImageShares.Remove(store, image.Id, account);
        if (add.Length == 0) return;
        var (count, most) = (ImageShares.Count(store, image.Id), Quota.SharedAccounts.Total(store, call.Account, image.RegionId));
        if (count > most) throw Error.Of("QuotaExceed.ShareImageUser", image.Id, count, most);
    }

    private static void NeedAvailable(Call call, Image image)
    {
        var state = ImageState.At(image, call.Now);
        if (state == ImageState.Available) return;
        throw Error.Of(state == ImageState.Deprecated ? "OperationDenied.InvalidImageStatus" : "IncorrectImageStatus", image.Id, state);
    }

    private static void NeedSharableEncryption(Image image)
    {
        if (!image.Encrypted) return;
        if (image.KmsKey.Length == 0) throw Error.Of("InvalidOperation.ServiceKeyEncryptedImageUnsupported", image.Id);
        if (image.Disks.Count(static d => d.Snapshot.Length > 0) > 1) throw Error.Of("OperationDeined.FullImage", image.Id);
    }
}
