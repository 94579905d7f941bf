using System.Management.Automation;

namespace EcsImages.PowerShell.Tests.Building;

public sealed class ImagePipelineTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private const string Ubuntu = "acs:ubuntu_24_04_x64";
    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void All_that_is_said_is_in_the_pipeline_that_comes_back()
    {
        var made = _shell.Run($$"""
            $friend = Connect-EcsAccount -Local -Path $folder -Account friend -RegionId cn-hangzhou; $null = Disconnect-EcsAccount $friend
            $us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000
            $all = New-EcsImagePipeline all -ImageId $image.ImageId -BuildContent "RUN yum install -y git`nRUN true" -TestContent 'RUN git --version' -InstanceType ecs.g7.large -SystemDiskSizeGiB 60 `
                -InternetMaxBandwidthOut 10 -RepairMode Standard -KeepInstanceOnFailure -ImageName web -ImageFamily webs -ImageDescription 'for the web' -ImageTag @{ a = 1 } -NvmeSupport supported `
                -NoImageNameSuffix -DestinationRegionId cn-hangzhou, cn-beijing, cn-beijing -AccountId $friend.AccountId -Description 'as said' -Tag @{ team = 'web' }
            $all
            """)[0];
        Assert.StartsWith("ip-", (string)made.ImagePipelineId, StringComparison.Ordinal);
        Assert.Equal(("all", "as said", "IMAGE", _shell.Text("$image.ImageId")), ((string)made.Name, (string)made.Description, (string)made.BaseImageType, (string)made.BaseImage));
        Assert.Equal(("RUN yum install -y git\nRUN true", "RUN git --version"), ((string)made.BuildContent, (string)made.TestContent));
        Assert.Equal(("ecs.g7.large", 60, 10, "Standard", false), ((string)made.InstanceType, (int)made.SystemDiskSizeGiB, (int)made.InternetMaxBandwidthOut, (string)made.RepairMode, (bool)made.DeleteInstanceOnFailure));
        Assert.Equal(("web", "webs", "for the web", "supported", false), ((string)made.ImageName, (string)made.ImageFamily, (string)made.ImageDescription, (string)made.NvmeSupport, (bool)made.HasImageNameSuffix));
        Assert.Equal(_shell.Text("\"1 web cn-hangzhou cn-beijing $($friend.AccountId)\""), _shell.Text("\"$($all.ImageTags.a) $($all.Tags.team) $($all.DestinationRegionId) $($all.AccountId)\""));
        Assert.Equal(_shell.Text("\"cn-hangzhou $($us.AccountId)\""), _shell.Text("\"$($all.RegionId) $($all.ContextAccountId)\""));
    }

    [Theory]
    [InlineData("$image | New-EcsImagePipeline {0} -BuildContent 'RUN true'", "IMAGE", "$image.ImageId")]
    [InlineData("New-EcsImagePipeline {0} -Family acs:ubuntu_24_04_x64 -BuildContent 'RUN true'", "IMAGE_FAMILY", "'acs:ubuntu_24_04_x64'")]
    [InlineData("New-EcsImagePipeline {0} -BuildContent \"FROM IMAGE:$($image.ImageId)`nRUN true\"", "IMAGE", "$image.ImageId")]
    [InlineData("New-EcsImagePipeline {0} -ImageId $image.ImageId -BuildContent \"FROM IMAGE:$($image.ImageId)`nRUN true\"", "IMAGE", "$image.ImageId")]
    [InlineData("New-EcsImagePipeline {0} -BuildContent \"FROM IMAGE_FAMILY:acs:ubuntu_24_04_x64`nRUN true\"", "IMAGE_FAMILY", "'acs:ubuntu_24_04_x64'")]
    [InlineData("New-EcsImagePipeline {0} -BucketName my-disks -ObjectKey base.qcow2 -Format QCOW2 -Platform Ubuntu -BootMode UEFI -SizeGiB 40", "OSS", "'my-disks/base.qcow2'")]
    [InlineData("New-EcsImagePipeline {0} -BucketName my-disks -DiskMapping @{{ ObjectKey = 'a.raw' }}, @{{ ObjectKey = 'b.raw'; SizeGiB = 20 }} -OSType linux", "OSS", "'my-disks/a.raw, my-disks/b.raw'")]
    public void The_source_is_an_image_a_family_objects_or_what_FROM_says(string script, string type, string name)
    {
        var made = Assert.Single(_shell.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, $"source-{Guid.NewGuid():N}")));
        Assert.Equal((type, _shell.Text(name)), ((string)made.BaseImageType, (string)made.BaseImage));
    }

    [Fact]
    public void Objects_are_imported_as_said()
    {
        var import = _shell.Run("(New-EcsImagePipeline imported -BucketName my-disks -ObjectKey base.qcow2 -Format QCOW2 -OSType linux -Platform Ubuntu -Architecture arm64 -BootMode UEFI -LicenseType BYOL -SourceNvmeSupport supported -RoleName my-role).Import")[0];
        Assert.Equal(("linux", "Ubuntu", "arm64", "UEFI", "BYOL", "supported", "my-role"),
            ((string)import.OSType, (string)import.Platform, (string)import.Architecture, (string)import.BootMode, (string)import.LicenseType, (string)import.NvmeSupport, (string)import.RoleName));
    }

    [Fact]
    public void FROM_and_a_parameter_that_differ_are_an_error_and_so_is_neither()
    {
        var both = _shell.Error($"New-EcsImagePipeline both -Family {Ubuntu} -BuildContent \"FROM IMAGE:$($image.ImageId)`nRUN true\"");
        Assert.Equal(("BaseImageConflict", ErrorCategory.InvalidArgument), (both.Code(), both.CategoryInfo.Category));
        Assert.Contains(Ubuntu, both.Text(), StringComparison.Ordinal);
        Assert.Contains(_shell.Text("$image.ImageId"), both.Text(), StringComparison.Ordinal);
        var none = _shell.Error("New-EcsImagePipeline none -BuildContent 'RUN true'");
        Assert.Equal(("MissingBaseImage", ErrorCategory.InvalidArgument), (none.Code(), none.CategoryInfo.Category));
        Assert.Contains("-Family", none.Advice(), StringComparison.Ordinal);
        Assert.Empty(_shell.Run("Get-EcsImagePipeline -Name both, none"));
    }

    [Fact]
    public void A_file_gives_commands_source_and_name_and_components_come_before_its_commands()
    {
        var file = Path.Combine(_shell.Folder, "nginx.imagefile");
        File.WriteAllText(file, $"# the web server\nFROM IMAGE_FAMILY:{Ubuntu}\n\nRUN apt-get install -y nginx\n");
        var made = _shell.Run($"$a = New-EcsImageComponent part-a 'RUN true'; $b = New-EcsImageComponent part-b 'RUN true'; New-EcsImagePipeline -Path '{file}' -ImageComponentId $a, $b.ImageComponentId")[0];
        Assert.Equal(("nginx", "IMAGE_FAMILY", Ubuntu), ((string)made.Name, (string)made.BaseImageType, (string)made.BaseImage));
        Assert.Equal(_shell.Text($"\"# the web server`nFROM IMAGE_FAMILY:{Ubuntu}`n`nCOMPONENT $a`nCOMPONENT $b`nRUN apt-get install -y nginx`n\""), (string)made.BuildContent);
        Assert.Equal(_shell.Text("\"COMPONENT $a\""), _shell.Text($"(New-EcsImagePipeline only-parts -Family {Ubuntu} -ImageComponentId $a).BuildContent"));
        Assert.Equal(_shell.Text($"\"FROM IMAGE_FAMILY:{Ubuntu}`nCOMPONENT $a\""), _shell.Text($"(New-EcsImagePipeline from-and-part -BuildContent 'FROM IMAGE_FAMILY:{Ubuntu}' -ImageComponentId $a).BuildContent"));
    }

    [Fact]
    public void Every_mistake_in_the_texts_is_an_error_with_its_place_and_nothing_is_made()
    {
        var file = Path.Combine(_shell.Folder, "wrong.imagefile");
        File.WriteAllText(file, $"FROM IMAGE_FAMILY:{Ubuntu}\nRUN\nADD x y\nCOPY https://example.com/a?b=c /tmp\n");
        var test = Path.Combine(_shell.Folder, "wrong.test");
        File.WriteAllText(test, "RUN true\nUSER\n");
        var run = _shell.Try($"New-EcsImagePipeline -Path '{file}'; New-EcsImagePipeline tested -Family {Ubuntu} -TestPath '{test}'");
        Assert.Empty(run.Output);
        Assert.Equal([$"{file}, line 2", $"{file}, line 3", $"{file}, line 4", $"{test}, line 2"], run.Errors.Select(static e => e.Text()[..e.Text().IndexOf(", column", StringComparison.Ordinal)]));
        Assert.All(run.Errors, static e => Assert.Equal((ErrorCategory.ParserError, true), (e.CategoryInfo.Category, e.Advice().Length > 0)));
        Assert.Contains("COPY", run.Errors[1].Advice(), StringComparison.Ordinal);
        Assert.Empty(_shell.Run("Get-EcsImagePipeline -Name wrong, tested"));
    }

    [Fact]
    public void A_component_that_is_not_there_is_an_error_of_its_line_before_anything_is_made()
    {
        var error = _shell.Error($"New-EcsImagePipeline missing-part -Family {Ubuntu} -BuildContent \"RUN true`nCOMPONENT ic-missing\"");
        Assert.Equal("ImageComponent.NotFound", error.Code());
        Assert.StartsWith("-BuildContent, line 2, column 1: ", error.Text(), StringComparison.Ordinal);
        Assert.Contains("ic-missing", error.Text(), StringComparison.Ordinal);
        Assert.Contains("with its components, line 1", _shell.Error($"New-EcsImagePipeline missing-part -Family {Ubuntu} -ImageComponentId ic-missing").Text(), StringComparison.Ordinal);
        Assert.Empty(_shell.Run("Get-EcsImagePipeline -Name missing-part"));
    }

    [Fact]
    public void A_name_that_is_taken_is_an_error_that_says_that_nothing_modifies_a_pipeline_and_names_the_way()
    {
        _shell.Run($"$taken = New-EcsImagePipeline taken -Family {Ubuntu}");
        var error = _shell.Error($"New-EcsImagePipeline taken -Family {Ubuntu} -BuildContent 'RUN true'");
        Assert.Equal(("ImagePipeline.AlreadyExists", ErrorCategory.ResourceExists), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains("no call that modifies a pipeline", error.Text(), StringComparison.Ordinal);
        Assert.Contains(_shell.Text("$taken.ImagePipelineId"), error.Text(), StringComparison.Ordinal);
        Assert.Contains("Remove-EcsImagePipeline", error.Advice(), StringComparison.Ordinal);
        // A request that has a name of its own is made once, however often it is sent.
        _shell.Run($"1..2 | ForEach-Object {{ $null = New-EcsImagePipeline named -Family {Ubuntu} -ClientToken nightly }}");
        Assert.Single(_shell.Run("Get-EcsImagePipeline -Name named"));
    }

    [Theory]
    [InlineData("New-EcsImagePipeline aa -ImageId m-missing", "InvalidImageId.NotFound")]
    [InlineData("New-EcsImagePipeline aa -Family none", "InvalidImage.NotFound")]
    [InlineData("New-EcsImagePipeline aa -Family acs:ubuntu_24_04_x64 -AccountId friend", "InvalidAccount.NotFound")]
    [InlineData("New-EcsImagePipeline aa -Family acs:ubuntu_24_04_x64 -InstanceType ecs.none", "InvalidInstanceType.NotFound")]
    [InlineData("New-EcsImagePipeline aa -Family acs:ubuntu_24_04_x64 -DestinationRegionId cn-nowhere", "InvalidRegionId.NotFound")]
    [InlineData("New-EcsImagePipeline aa -Family acs:ubuntu_24_04_x64 -BuildContent 'RUN true' -Path ./b", "TwoContents")]
    [InlineData("New-EcsImagePipeline aa -Family acs:ubuntu_24_04_x64 -NoImageNameSuffix", "SuffixWithoutName")]
    [InlineData("New-EcsImagePipeline aa -Family acs:ubuntu_24_04_x64 -Encrypted", "EncryptionNotSupported")]
    [InlineData("New-EcsImagePipeline aa -Family acs:ubuntu_24_04_x64 -RepairItem Dhcp", "MissingParameter.RepairMode")]
    [InlineData("New-EcsImagePipeline aa -Family acs:ubuntu_24_04_x64 -SystemDiskSizeGiB 40GB", "ParameterArgumentTransformationError")]
    [InlineData("New-EcsImagePipeline aa -Family acs:ubuntu_24_04_x64 -TestPath ./none.test", "FileNotFound")]
    [InlineData("New-EcsImagePipeline aa -ImageId m-1 -Family b", "AmbiguousParameterSet")]
    [InlineData("New-EcsImagePipeline aa -DiskMapping @{ ObjectKey = 'a' }", "InvalidDiskMapping")]
    [InlineData("Get-EcsImagePipeline ip-missing", "InvalidImagePipeline.NotFound")]
    [InlineData("Remove-EcsImagePipeline ip-missing -Confirm:$false", "InvalidImagePipeline.NotFound")]
    [InlineData("Start-EcsImagePipeline ip-missing", "InvalidImagePipeline.NotFound")]
    [InlineData("Start-EcsImagePipeline -Name none", "InvalidImagePipeline.NotFound")]
    [InlineData("Start-EcsImagePipeline ip-1 -TimeoutSec 5", "TimeoutWithoutWait")]
    [InlineData("Start-EcsImagePipeline 'ip-*'", "InvalidId")]
    public void A_wrong_argument_is_one_error_with_a_code(string script, string code)
    {
        var error = _shell.Error(script);
        Assert.Equal(code, error.Code());
        Assert.DoesNotContain("Exception", error.Text(), StringComparison.Ordinal);
        Assert.Empty(_shell.Run("Get-EcsImagePipeline -Name aa, a"));
    }

    [Fact]
    public void Pipelines_are_found_by_whatever_stands_for_them_and_removed_when_that_is_confirmed()
    {
        _shell.Run($"$found = New-EcsImagePipeline found -Family {Ubuntu} -Tag @{{ team = 'found' }}; $other = New-EcsImagePipeline found-too -Family {Ubuntu}");
        foreach (var way in (string[])["Get-EcsImagePipeline $found.ImagePipelineId", "$found | Get-EcsImagePipeline", "Get-EcsImagePipeline -Name found", "Get-EcsImagePipeline -Tag @{ team = 'found' }",
            "Get-EcsImagePipeline -RegionId cn-beijing, cn-hangzhou -Name found"])
            Assert.Equal(_shell.Text("$found.ImagePipelineId"), Assert.Single(_shell.Run(way)).ImagePipelineId);
        Assert.Equal(2, _shell.Run("Get-EcsImagePipeline -Name found*").Count);
        Assert.Equal("ConfirmationRequired", _shell.Error("$found | Remove-EcsImagePipeline").Code());
        _shell.Run("$found | Remove-EcsImagePipeline -WhatIf");
        Assert.Single(_shell.Run("$found | Get-EcsImagePipeline"));
        Assert.Empty(_shell.Run("Get-EcsImagePipeline -Name found* | Remove-EcsImagePipeline -Confirm:$false"));
        Assert.Empty(_shell.Run("Get-EcsImagePipeline -Name found*"));
    }

    [Fact]
    public void An_image_that_is_piped_on_is_built_on_in_its_own_region()
    {
        _shell.Run($"$far = New-EcsImagePipeline far -Family {Ubuntu} -RegionId cn-beijing");
        Assert.Equal("cn-beijing", _shell.Text("(Get-EcsImage -Family acs:ubuntu_24_04_x64 -Latest -RegionId cn-beijing | New-EcsImagePipeline far-too).RegionId"));
        Assert.Equal(["far", "far-too"], _shell.Texts("Get-EcsImagePipeline -AllRegion -Name far* | ForEach-Object Name").Order());
        Assert.Empty(_shell.Run("$far | Remove-EcsImagePipeline -Confirm:$false; Get-EcsImagePipeline -AllRegion -Name far"));
    }
}
