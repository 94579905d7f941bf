using System.Globalization;

namespace EcsImages.PowerShell.Tests.Transfer;

/// <summary>What is wrong with an import is told while nothing has been sent.</summary>
public sealed class ImportRefusalTests(ImportRefusalTests.World world) : IClassFixture<ImportRefusalTests.World>
{
    private TestShell Shell => world.Transfer.Shell;

    [Theory]
    [InlineData("Import-EcsImage '{0}/missing.vmdk' -Name ab", "FileNotFound", "ObjectNotFound")]
    [InlineData("Import-EcsImage '{0}' -Name ab", "FileIsFolder", "InvalidArgument")]
    [InlineData("Import-EcsImage '{0}/broken.qcow2' -Name ab", "DiskImageUnreadable", "InvalidData")]
    [InlineData("Import-EcsImage '{0}/disk.vmdk' -Name taken", "InvalidImageName.Duplicated", "ResourceExists")]
    [InlineData("Import-EcsImage '{0}/disk.vmdk' -Name a", "InvalidImageName.Malformed", "InvalidArgument")]
    [InlineData("Import-EcsImage '{0}/disk.vmdk' -Name ab -BucketName Not_A_Bucket", "InvalidBucketName", "InvalidArgument")]
    [InlineData("Import-EcsImage '{0}/disk.vmdk' -Name ab -BucketName elsewhere-bucket", "InvalidOSSBucket.NotMatched", "InvalidArgument")]
    [InlineData("Import-EcsImage '{0}/disk.vmdk' -Name ab -BucketName their-bucket", "AccessDenied", "PermissionDenied")]
    [InlineData("Import-EcsImage '{0}/disk.vmdk' -Name ab -RoleName NoSuchRole", "NoSetRoletoECSServiceAcount", "PermissionDenied")]
    [InlineData("Import-EcsImage -BucketName no-such-bucket -ObjectKey a -Name ab", "InvalidOSSBucket.NotFound", "ObjectNotFound")]
    [InlineData("Import-EcsImage -BucketName my-own-bucket -ObjectKey nothing.qcow2 -Name ab", "InvalidOSSObject.NotFound", "ObjectNotFound")]
    [InlineData("Import-EcsImage -DiskMapping @{{ ObjectKey = 'a' }} -Name ab", "InvalidDiskMapping", "InvalidArgument")]
    [InlineData("Import-EcsImage '{0}/disk.vmdk' -Name ab -TimeoutSec 5", "TimeoutWithoutWait", "InvalidArgument")]
    [InlineData("Import-EcsImage '{0}/huge.qcow2' -Name ab", "InvalidImageSize", "InvalidArgument")]
    public void What_would_fail_is_told_before_a_byte_moves(string script, string id, string category)
    {
        var error = Shell.Error(string.Format(CultureInfo.InvariantCulture, script, world.Transfer.Files));
        Assert.Equal((id, category), (error.Code(), $"{error.CategoryInfo.Category}"));
        Assert.Empty(Shell.FindObjects("my-own-bucket")!);
        Assert.Null(world.Transfer.Objects());
        Assert.Single(Shell.Run("Get-EcsImage -ImageType Custom"));
        Assert.Empty(world.Transfer.Leftovers());
    }

    /// <summary>Images and buckets of two accounts and two regions, and files of all kinds.</summary>
    public sealed class World : IDisposable
    {
        public World()
        {
            Transfer = new TransferWorld();
            var disk = Transfer.MakeVmdk(sizeMiB: 4, dataMiB: 1);
            File.WriteAllBytes(Transfer.In("broken.qcow2"), [0x51, 0x46, 0x49, 0xFB, 0, 0, 0, 3, 1, 2, 3]);
            using (var huge = File.Create(Transfer.In("huge.raw"))) huge.SetLength(3L << 40);
            Transfer.Shell.Run($$"""
                $null = Convert-EcsImageFile '{{Transfer.In("huge.raw")}}' '{{Transfer.In("huge.qcow2")}}' -SkipVerification
                $null = Connect-EcsAccount -Local -Path $folder -Account them -RegionId cn-hangzhou -Speed 10000
                $null = Import-EcsImage '{{disk}}' -Name theirs -BucketName their-bucket -Wait
                $us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000
                $null = Import-EcsImage '{{disk}}' -Name taken -BucketName my-own-bucket -Wait
                $null = Import-EcsImage '{{disk}}' -Name elsewhere -RegionId cn-beijing -BucketName elsewhere-bucket -Wait
                """);
        }

        internal TransferWorld Transfer { get; }

        public void Dispose() => Transfer.Dispose();
    }
}
