using EcsImages.Local.Store;

namespace EcsImages.Local.Tests;

public sealed class ImageShareTests
{
    [Fact]
    public async Task A_shared_image_shows_to_the_other_account_with_its_owner_until_it_is_taken_back()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var owner = await endpoint.ClientAsync("owner");
        using var guest = await endpoint.ClientAsync("guest");
        var id = endpoint.AddImage(owner, "web").Id;
        var account = guest.Account.AccountId;
        await owner.OkAsync("ModifyImageSharePermission", ("ImageId", id), ("AddAccount.1", account));
        endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        await owner.OkAsync("ModifyImageSharePermission", ("ImageId", id), ("AddAccount.1", account));
        var seen = await guest.ShowAsync(id);
        Assert.Equal(("others", long.Parse(owner.Account.AccountId, System.Globalization.CultureInfo.InvariantCulture), false), (seen.GetProperty("ImageOwnerAlias").GetString(),
            seen.GetProperty("ImageOwnerId").GetInt64(), seen.GetProperty("IsPublic").GetBoolean()));
        Assert.Equal("true", (await owner.ShowAsync(id)).GetProperty("IsSelfShared").GetString());
        var shares = (await owner.OkAsync("DescribeImageSharePermission", ("ImageId", id))).Body;
        var share = Assert.Single(shares.GetProperty("Accounts").GetProperty("Account").EnumerateArray());
        Assert.Equal((account, "2026-11-01T12:00:00Z"), (share.GetProperty("AliyunId").GetString(), share.GetProperty("SharedTime").GetString()));
        await owner.OkAsync("ModifyImageSharePermission", ("ImageId", id), ("RemoveAccount.1", account), ("RemoveAccount.2", "none"));
        Assert.Equal(0, (await guest.OkAsync("DescribeImages", ("ImageId", id))).TotalCount);
        Assert.Equal("false", (await owner.ShowAsync(id)).GetProperty("IsSelfShared").GetString());
    }

    [Fact]
    public async Task The_first_ten_accounts_of_a_list_count_and_pages_list_them()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var owner = await endpoint.ClientAsync("owner");
        var id = endpoint.AddImage(owner, "web").Id;
        await AddAccountsAsync(endpoint, 12);
        await owner.OkAsync("ModifyImageSharePermission", [("ImageId", id), .. Enumerable.Range(1, 12).Select(n => ($"AddAccount.{n}", Account(n)))]);
        var first = (await owner.OkAsync("DescribeImageSharePermission", ("ImageId", id), ("PageSize", "4"))).Body;
        var last = (await owner.OkAsync("DescribeImageSharePermission", ("ImageId", id), ("PageSize", "4"), ("PageNumber", "3"))).Body;
        Assert.Equal((10, 4, 2), (first.GetProperty("TotalCount").GetInt32(), first.GetProperty("Accounts").GetProperty("Account").GetArrayLength(),
            last.GetProperty("Accounts").GetProperty("Account").GetArrayLength()));
    }

    [Fact]
    public async Task The_fifty_first_account_is_refused()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var owner = await endpoint.ClientAsync("owner");
        var id = endpoint.AddImage(owner, "web").Id;
        await AddAccountsAsync(endpoint, 51);
        for (var i = 0; i < 5; i++)
            await owner.OkAsync("ModifyImageSharePermission", [("ImageId", id), .. Enumerable.Range(1, 10).Select(n => ($"AddAccount.{n}", Account((10 * i) + n)))]);
        await owner.RefusedAsync(403, "QuotaExceed.ShareImageUser", "ModifyImageSharePermission", ("ImageId", id), ("AddAccount.1", Account(51)));
        await owner.OkAsync("ModifyImageSharePermission", ("ImageId", id), ("AddAccount.1", Account(51)), ("RemoveAccount.1", Account(1)));
        Assert.Equal(50, endpoint.Count("SELECT count(*) FROM image_share"));
    }

    [Theory]
    [InlineData("AddAccount.1=1000000000000099", 404, "InvalidAccount.NotFound")]
    [InlineData("AddAccount.1={self}", 404, "InvalidAccount.Forbbiden")]
    [InlineData("AddAccount.1={guest}&IsPublic=false", 403, "InvalidParameter.IsPublic")]
    [InlineData("AddAccount.1={guest}&LaunchPermission=all", 400, "UnnecessaryParameter.LaunchPermission")]
    [InlineData("LaunchPermission=all", 400, "ForbiddenParameter.LaunchPermission")]
    [InlineData("IsPublic=false", 403, "Image.NotPublic")]
    [InlineData("AddAccount.1={guest}&DryRun=true", 400, "DryRunOperation")]
    [InlineData("AddAccount.1={guest}&ImageId=m-none", 404, "InvalidImageId.NotFound")]
    public async Task A_wrong_share_has_the_services_code_and_shares_nothing(string query, int status, string code)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var owner = await endpoint.ClientAsync("owner");
        using var guest = await endpoint.ClientAsync("guest");
        var image = endpoint.AddImage(owner, "web");
        var given = query.Replace("{self}", owner.Account.AccountId).Replace("{guest}", guest.Account.AccountId)
            .Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static p => p.Split('=', 2)).ToDictionary(static p => p[0], static p => p[1]);
        given.TryAdd("ImageId", image.Id);
        await owner.RefusedAsync(status, code, "ModifyImageSharePermission", [.. given.Select(static p => (p.Key, p.Value))]);
        Assert.Equal(0, endpoint.Count("SELECT count(*) FROM image_share"));
    }

    [Fact]
    public async Task A_share_that_names_nobody_is_taken_and_changes_nothing()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var owner = await endpoint.ClientAsync("owner");
        await owner.OkAsync("ModifyImageSharePermission", ("ImageId", endpoint.AddImage(owner, "web").Id));
        Assert.Equal(0, endpoint.Count("SELECT count(*) FROM image_share"));
        await owner.RefusedAsync(404, "InvalidImageId.NotFound", "ModifyImageSharePermission", ("ImageId", "m-none"));
    }

    [Fact]
    public async Task A_copy_is_shared_while_it_is_under_way()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var owner = await endpoint.ClientAsync("owner");
        using var guest = await endpoint.ClientAsync("guest");
        var copy = (await owner.OkAsync("CopyImage", ("ImageId", endpoint.AddImage(owner, "web").Id), ("DestinationRegionId", "cn-beijing"))).Text("ImageId");
        await owner.OkAsync("ModifyImageSharePermission", ("RegionId", "cn-beijing"), ("ImageId", copy), ("AddAccount.1", guest.Account.AccountId));
        Assert.Equal(1, endpoint.Count("SELECT count(*) FROM image_share"));
    }

    [Fact]
    public async Task State_and_encryption_may_forbid_sharing()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var owner = await endpoint.ClientAsync("owner");
        using var guest = await endpoint.ClientAsync("guest");
        var deprecated = endpoint.AddImage(owner, "old", static i => i with { Outcome = ImageState.Deprecated });
        var creating = endpoint.AddImage(owner, "new", static i => i with { Duration = TimeSpan.FromMinutes(1) });
        var service = endpoint.AddImage(owner, "service", static i => i with { Encrypted = true });
        var full = endpoint.AddImage(owner, "full", static i => i with
        {
            Encrypted = true,
            KmsKey = "key-1",
            Disks = [new("/dev/xvda", "system", 40, "s-1", "", Encrypted: true), new("/dev/xvdb", "data", 40, "s-2", "", Encrypted: true)],
        });
        var own = endpoint.AddImage(owner, "own", static i => i with { Encrypted = true, KmsKey = "key-1" });
        (string, string) add = ("AddAccount.1", guest.Account.AccountId);
        await owner.RefusedAsync(403, "OperationDenied.InvalidImageStatus", "ModifyImageSharePermission", ("ImageId", deprecated.Id), add);
        await owner.RefusedAsync(400, "IncorrectImageStatus", "ModifyImageSharePermission", ("ImageId", creating.Id), add);
        await owner.RefusedAsync(403, "InvalidOperation.ServiceKeyEncryptedImageUnsupported", "ModifyImageSharePermission", ("ImageId", service.Id), add);
        await owner.RefusedAsync(403, "OperationDeined.FullImage", "ModifyImageSharePermission", ("ImageId", full.Id), add);
        await owner.RefusedAsync(403, "OperationDenied.InvalidImageStatus", "ModifyImageSharePermission", ("ImageId", deprecated.Id), ("IsPublic", "true"));
        await owner.RefusedAsync(403, "OperationDeined.EncryptedSnapshot", "ModifyImageSharePermission", ("ImageId", own.Id), ("IsPublic", "true"));
        await owner.OkAsync("ModifyImageSharePermission", ("ImageId", own.Id), add);
    }

    [Fact]
    public async Task A_published_image_is_the_communitys_in_its_region_and_shares_outlive_it()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var owner = await endpoint.ClientAsync("owner");
        using var guest = await endpoint.ClientAsync("guest");
        using var stranger = await endpoint.ClientAsync("stranger");
        var id = endpoint.AddImage(owner, "web").Id;
        (string, string) add = ("AddAccount.1", guest.Account.AccountId);
        (string, string)[] community = [("ImageOwnerAlias", "others"), ("IsPublic", "true"), ("ImageId", id)];
        await owner.OkAsync("ModifyImageSharePermission", ("ImageId", id), add);
        await owner.OkAsync("ModifyImageSharePermission", ("ImageId", id), ("IsPublic", "true"));
        await owner.RefusedAsync(403, "Image.Public", "ModifyImageSharePermission", ("ImageId", id), ("IsPublic", "true"));
        await owner.RefusedAsync(403, "Image.Public", "ModifyImageSharePermission", ("ImageId", id), add);
        var seen = Assert.Single((await stranger.OkAsync("DescribeImages", community)).Images);
        Assert.Equal(("others", true), (seen.GetProperty("ImageOwnerAlias").GetString(), seen.GetProperty("IsPublic").GetBoolean()));
        Assert.Equal(0, (await stranger.OkAsync("DescribeImages", [("RegionId", "cn-beijing"), .. community])).TotalCount);
        Assert.Equal(0, (await stranger.OkAsync("DescribeImages", ("ImageId", id))).TotalCount);
        Assert.Equal("all", (await owner.OkAsync("DescribeImageSharePermission", ("ImageId", id))).Body.GetProperty("ShareGroups").GetProperty("ShareGroup")[0].GetProperty("Group").GetString());
        await owner.OkAsync("ModifyImageSharePermission", ("ImageId", id), ("IsPublic", "false"));
        Assert.Equal(0, (await stranger.OkAsync("DescribeImages", community)).TotalCount);
        Assert.Equal(1, (await guest.OkAsync("DescribeImages", ("ImageId", id))).TotalCount);
    }

    [Fact]
    public async Task Nobody_but_the_owner_changes_an_image_or_learns_of_a_private_one()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var owner = await endpoint.ClientAsync("owner");
        using var guest = await endpoint.ClientAsync("guest");
        var hidden = endpoint.AddImage(owner, "hidden").Id;
        var shared = endpoint.AddImage(owner, "shared").Id;
        var published = endpoint.AddImage(owner, "published").Id;
        await owner.OkAsync("ModifyImageSharePermission", ("ImageId", shared), ("AddAccount.1", guest.Account.AccountId));
        await owner.OkAsync("ModifyImageSharePermission", ("ImageId", published), ("IsPublic", "true"));
        foreach (var id in (string[])[hidden, shared, published, "m-none"])
        {
            await guest.RefusedAsync(404, "InvalidImageId.NotFound", "DeleteImage", ("ImageId", id), ("Force", "true"));
            await guest.RefusedAsync(404, "InvalidImageId.NotFound", "ModifyImageAttribute", ("ImageId", id), ("ImageName", "mine"));
            await guest.RefusedAsync(404, "InvalidImageId.NotFound", "ModifyImageSharePermission", ("ImageId", id), ("IsPublic", "true"));
            await guest.RefusedAsync(404, "InvalidImageId.NotFound", "DescribeImageSharePermission", ("ImageId", id));
            await guest.RefusedAsync(404, "InvalidImageId.NotFound", "CancelCopyImage", ("ImageId", id));
            await guest.RefusedAsync(404, "InvalidResourceId.NotFound", "TagResources", ("ResourceType", "image"), ("ResourceId.1", id), ("Tag.1.Key", "k"));
            await guest.RefusedAsync(404, "InvalidResourceId.NotFound", "UntagResources", ("ResourceType", "image"), ("ResourceId.1", id), ("All", "true"));
            await guest.RefusedAsync(404, "InvalidResourceId.NotFound", "ListTagResources", ("ResourceType", "image"), ("ResourceId.1", id));
        }
        await guest.RefusedAsync(404, "InvalidImageId.NotFound", "CopyImage", ("ImageId", hidden), ("DestinationRegionId", "cn-beijing"));
        Assert.Equal(0, (await guest.OkAsync("DescribeImages", ("ImageId", hidden), ("Status", "ALL"))).TotalCount);
        // A name that another account uses is free.
        Assert.Equal(200, (await guest.EcsAsync("CreateImage", ("SnapshotId", endpoint.AddSnapshot(guest, "system", 40)), ("ImageName", "hidden"))).Status);
    }

    private static string Account(int number) => $"{1000000000000000 + number}";

    private static async Task AddAccountsAsync(TestEndpoint endpoint, int count)
    {
        for (var i = 1; i <= count; i++) await endpoint.Endpoint.OpenAccountAsync(Account(i), CancellationToken.None);
    }
}
