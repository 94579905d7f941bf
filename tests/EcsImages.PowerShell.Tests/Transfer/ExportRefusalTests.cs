using System.Globalization;

namespace EcsImages.PowerShell.Tests.Transfer;

/// <summary>What is wrong with an export is told while nothing has begun.</summary>
public sealed class ExportRefusalTests(ExportRefusalTests.World world) : IClassFixture<ExportRefusalTests.World>
{
    private TestShell Shell => world.Transfer.Shell;

    [Theory]
    [InlineData("Export-EcsImage m-missing -Destination '{0}/x.raw'", "InvalidImageId.NotFound", "ObjectNotFound")]
    [InlineData("$image | Export-EcsImage -Destination '{0}/x.xyz'", "FormatUnknown", "InvalidArgument")]
    [InlineData("$image | Export-EcsImage -Destination '{0}/x.vdi'", "FormatUnknown", "InvalidArgument")]
    [InlineData("$image | Export-EcsImage -Destination '{0}/no/x.raw'", "FolderNotFound", "ObjectNotFound")]
    [InlineData("$image | Export-EcsImage -Destination '{0}/disk.raw'", "FileExists", "ResourceExists")]
    [InlineData("$image | Export-EcsImage -BucketName elsewhere-bucket", "InvalidOSSBucket.NotMatched", "InvalidArgument")]
    [InlineData("$image | Export-EcsImage -RoleName NoSuchRole", "NoSetRoletoECSServiceAcount", "PermissionDenied")]
    [InlineData("Get-EcsImage -Family acs:ubuntu_24_04_x64 -Latest | Export-EcsImage -Destination '{0}/x.raw'", "InvalidImageCategory.NotSupported", "InvalidArgument")]
    public void What_would_fail_is_told_before_anything_is_begun(string script, string id, string category)
    {
        var error = Shell.Error(string.Format(CultureInfo.InvariantCulture, script, world.Transfer.Files));
        Assert.Equal((id, category), (error.Code(), $"{error.CategoryInfo.Category}"));
        Assert.Empty(Shell.Run("Get-EcsTask -Action ExportImage"));
        Assert.Empty(world.Transfer.Leftovers());
    }

    /// <summary>An image, and a bucket in another region.</summary>
    public sealed class World : IDisposable
    {
        public World()
        {
            Transfer = new TransferWorld();
            var disk = Transfer.MakeRaw(sizeMiB: 4, dataMiB: 1);
            Transfer.Shell.Run($"""
                $image = Import-EcsImage '{disk}' -Name web-2026 -Wait
                $null = Import-EcsImage '{disk}' -Name elsewhere -RegionId cn-beijing -BucketName elsewhere-bucket -Wait
                """);
        }

        internal TransferWorld Transfer { get; }

        public void Dispose() => Transfer.Dispose();
    }
}
