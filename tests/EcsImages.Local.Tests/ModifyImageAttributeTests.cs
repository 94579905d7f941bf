using EcsImages.Local.Store;

namespace EcsImages.Local.Tests;

public sealed class ModifyImageAttributeTests
{
    [Fact]
    public async Task Only_what_is_given_changes_and_an_empty_description_clears_it()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var id = endpoint.AddImage(client, "web", static i => i with { Description = "old", Family = "web", Imds = "v1" }).Id;
        await client.OkAsync("ModifyImageAttribute", ("ImageId", id), ("ImageName", "web-2"), ("Features.NvmeSupport", "supported"), ("LicenseType", "BYOL"));
        var image = await client.ShowAsync(id);
        Assert.Equal(("web-2", "old", "web", "BYOL"), (image.GetProperty("ImageName").GetString(), image.GetProperty("Description").GetString(),
            image.GetProperty("ImageFamily").GetString(), image.GetProperty("LicenseType").GetString()));
        Assert.Equal(("supported", "v1"), (image.GetProperty("Features").GetProperty("NvmeSupport").GetString(), image.GetProperty("Features").GetProperty("ImdsSupport").GetString()));
        await client.OkAsync("ModifyImageAttribute", ("ImageId", id), ("Description", ""), ("ImageName", "web-2"), ("ImageFamily", "db"), ("Features.ImdsSupport", "v2"));
        image = await client.ShowAsync(id);
        Assert.Equal(("", "db", "v2"), (image.GetProperty("Description").GetString(), image.GetProperty("ImageFamily").GetString(),
            image.GetProperty("Features").GetProperty("ImdsSupport").GetString()));
    }

    [Theory]
    [InlineData("ImageName=x", 400, "InvalidImageName.Malformed")]
    [InlineData("ImageName=taken", 400, "InvalidImageName.Duplicated")]
    [InlineData("Description=http://x", 400, "InvalidDescription.Malformed")]
    [InlineData("ImageFamily=aliyun", 400, "InvalidImageFamily.Malformed")]
    [InlineData("BootMode=BIOS", 400, "InvalidBootMode.NotSupport")]
    [InlineData("BootMode=Legacy", 400, "InvalidBootMode.NotSupport")]
    [InlineData("Features.NvmeSupport=yes", 400, "InvalidParameter")]
    [InlineData("Features.ImdsSupport=v3", 400, "InvalidParameter.FeaturesImdsSupport")]
    [InlineData("Features.ImdsSupport=v1", 403, "InvalidOperation.FeaturesImdsSupportNotMatch")]
    [InlineData("LicenseType=Aliyun", 400, "InvalidLicenseType.NotSupported")]
    [InlineData("Status=Creating", 400, "InvalidParameter")]
    [InlineData("Status=Available", 403, "ImageStatus.NotDeprecated")]
    [InlineData("ImageId=m-none", 404, "InvalidImageId.NotFound")]
    [InlineData("ImageName=db&DryRun=true", 400, "DryRunOperation")]
    public async Task A_wrong_change_has_the_services_code_and_changes_nothing(string query, int status, string code)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        endpoint.AddImage(client, "taken");
        var image = endpoint.AddImage(client, "web", static i => i with { Architecture = "arm64", BootMode = "UEFI", Imds = "v2" });
        var before = (await client.ShowAsync(image.Id)).GetRawText();
        var given = query.Split('&').Select(static p => p.Split('=', 2)).ToDictionary(static p => p[0], static p => p[1]);
        given.TryAdd("ImageId", image.Id);
        await client.RefusedAsync(status, code, "ModifyImageAttribute", [.. given.Select(static p => (p.Key, p.Value))]);
        Assert.Equal(before, (await client.ShowAsync(image.Id)).GetRawText());
    }

    [Fact]
    public async Task The_boot_mode_is_fixed_once_instances_use_the_image_also_those_of_a_guest()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        using var guest = await endpoint.ClientAsync("guest");
        var id = endpoint.AddImage(client, "web").Id;
        await client.OkAsync("ModifyImageAttribute", ("ImageId", id), ("BootMode", "UEFI"));
        await client.OkAsync("ModifyImageSharePermission", ("ImageId", id), ("AddAccount.1", guest.Account.AccountId));
        endpoint.AddInstance(guest, id);
        await client.RefusedAsync(403, "OperationDeined.ImageUsingByInstance", "ModifyImageAttribute", ("ImageId", id), ("BootMode", "BIOS"));
        await client.OkAsync("ModifyImageAttribute", ("ImageId", id), ("BootMode", "UEFI"));
    }

    [Fact]
    public async Task An_image_is_deprecated_once_it_is_unshared_and_comes_back()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        using var guest = await endpoint.ClientAsync("guest");
        var id = endpoint.AddImage(client, "web", static i => i with { Family = "web" }).Id;
        (string, string)[] deprecate = [("ImageId", id), ("Status", "Deprecated")];
        await client.OkAsync("ModifyImageSharePermission", ("ImageId", id), ("AddAccount.1", guest.Account.AccountId));
        await client.RefusedAsync(403, "ImageUseShared", "ModifyImageAttribute", deprecate);
        await client.OkAsync("ModifyImageSharePermission", ("ImageId", id), ("RemoveAccount.1", guest.Account.AccountId));
        await client.OkAsync("ModifyImageAttribute", deprecate);
        Assert.Equal(0, (await client.OkAsync("DescribeImages", ("ImageId", id))).TotalCount);
        Assert.Equal("Deprecated", await client.StatusAsync(id));
        Assert.False((await client.OkAsync("DescribeImageFromFamily", ("ImageFamily", "web"))).Body.TryGetProperty("Image", out _));
        await client.RefusedAsync(403, "ImageStatus.NotAvailable", "ModifyImageAttribute", deprecate);
        await client.OkAsync("ModifyImageAttribute", ("ImageId", id), ("Status", "Available"));
        Assert.Equal(1, (await client.OkAsync("DescribeImages", ("ImageId", id))).TotalCount);
    }

    [Fact]
    public async Task An_image_in_the_making_can_be_renamed_but_not_deprecated()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var id = endpoint.AddImage(client, "web", static i => i with { Duration = TimeSpan.FromMinutes(1) }).Id;
        await client.RefusedAsync(403, "InvalidStatus.ImageIsCreating", "ModifyImageAttribute", ("ImageId", id), ("Status", "Deprecated"));
        await client.OkAsync("ModifyImageAttribute", ("ImageId", id), ("ImageName", "web-2"));
    }

    [Fact]
    public async Task Families_have_their_limits_here_too_by_other_codes()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        endpoint.AddImages(client, 199, static (i, n) => i with { Family = n < 100 ? "full" : $"family-{n}" });
        var id = endpoint.AddImage(client, "web").Id;
        await client.RefusedAsync(400, "ImageQuotaFull.ImageFamily", "ModifyImageAttribute", ("ImageId", id), ("ImageFamily", "full"));
        await client.RefusedAsync(400, "ImageFamilyQuotaFull", "ModifyImageAttribute", ("ImageId", id), ("ImageFamily", "one-more"));
        await client.OkAsync("ModifyImageAttribute", ("ImageId", id), ("ImageFamily", "family-150"));
    }

    [Fact]
    public async Task The_counts_by_outcome_follow_a_change_of_status()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var id = endpoint.AddImage(client, "web").Id;
        await client.OkAsync("ModifyImageAttribute", ("ImageId", id), ("Status", ImageState.Deprecated));
        await client.OkAsync("ModifyImageAttribute", ("ImageId", id), ("ImageName", "web-2"));
        Assert.Equal((0, 1), (await CountAsync("Available"), await CountAsync("Deprecated")));
        await client.OkAsync("DeleteImage", ("ImageId", id));
        Assert.Equal(0, await CountAsync("ALL"));

        async Task<int> CountAsync(string status) => (await client.OkAsync("DescribeImages", ("ImageOwnerAlias", "self"), ("Status", status))).TotalCount;
    }
}
