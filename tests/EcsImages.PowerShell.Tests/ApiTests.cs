using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

/// <summary>Invoke-EcsApi on the embedded endpoint.</summary>
public sealed class ApiTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private static readonly string[] Names = ["Tag", "Filter", "ImageName", "Nope", "Tag.1", "DryRun", "PageSize"];
    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void An_operation_without_a_cmdlet_answers_with_an_object()
    {
        var reply = _shell.Run("Invoke-EcsApi DescribeZones")[0];
        Assert.Equal("cn-hangzhou", (string)reply.RegionId);
        Assert.NotEmpty((object[])reply.Zones.Zone);
        Assert.Equal(_shell.Text("$us.AccountId"), (string)reply.ContextAccountId);
    }

    [Theory]
    [InlineData("Invoke-EcsApi describeimages -ImageId $image.ImageId")]
    [InlineData("Invoke-EcsApi DescribeImages @{ ImageId = $image.ImageId }")]
    [InlineData("Invoke-EcsApi DescribeImages -Parameter ([ordered]@{ imageid = $image.ImageId; Status = 'Available', 'Creating' })")]
    [InlineData("Invoke-EcsApi DescribeImages ([pscustomobject]@{ ImageId = @($image.ImageId) })")]
    [InlineData("Invoke-EcsApi -Operation DescribeImages -Parameter @{ ImageOwnerAlias = 'self' } -ImageId $image.ImageId")]
    public void Parameters_are_given_by_name_as_a_hashtable_or_as_an_object(string call)
    {
        var reply = _shell.Run(call)[0];
        Assert.Equal(_shell.Text("$image.ImageId"), Assert.Single((object[])reply.Images.Image) is PSObject row ? row.Properties["ImageId"].Value : null);
        Assert.Equal(1L, reply.TotalCount);
    }

    [Fact]
    public void Nested_parameters_take_effect()
    {
        _shell.Run("""
            $null = Invoke-EcsApi TagResources @{ ResourceType = 'image'; ResourceId = @($image.ImageId); Tag = @{ Key = 'team'; Value = 'api' }, @{ Key = 'count'; Value = 3 } }
            $null = Invoke-EcsApi ModifyImageAttribute -ImageId $image.ImageId -Features @{ NvmeSupport = 'supported' } -Description 'by name'
            $now = Get-EcsImage $image.ImageId
            """);
        Assert.Equal("api 3 supported by name", _shell.Text("\"$($now.Tags['team']) $($now.Tags['count']) $($now.NvmeSupport) $($now.Description)\""));
        Assert.Equal(_shell.Texts("$image.ImageId"), _shell.Texts("Invoke-EcsApi DescribeImages -ImageOwnerAlias self -Tag @{ Key = 'team'; Value = 'api' } -All | ForEach-Object ImageId"));
    }

    [Fact]
    public void A_list_goes_as_JSON_text_where_the_operation_takes_that() =>
        Assert.Equal(_shell.Texts("$instance.InstanceId"), _shell.Texts("Invoke-EcsApi DescribeInstances @{ InstanceIds = @($instance.InstanceId) } -All | ForEach-Object InstanceId"));

    [Fact]
    public void What_All_writes_can_be_piped_to_the_other_cmdlets()
    {
        _shell.Run("""
            $null = $image | Copy-EcsImage -DestinationRegionId cn-beijing -Name api-copy -Wait
            $row = Invoke-EcsApi DescribeImages -RegionId cn-beijing -ImageName api-copy -All
            """);
        Assert.Equal("cn-beijing", _shell.Text("$row.RegionId"));
        Assert.Equal("api-copy", _shell.Text("$row | Get-EcsImage | ForEach-Object Name"));
        Assert.Equal("cn-shanghai", _shell.Text("$row | Copy-EcsImage -DestinationRegionId cn-shanghai -Name api-again | ForEach-Object RegionId"));
    }

    [Fact]
    public void Another_account_is_carried_along()
    {
        _shell.Run("$friend = Connect-EcsAccount -Local -Path $folder -Account apifriend -RegionId cn-hangzhou; $null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000");
        Assert.Equal(_shell.Text("$friend.AccountId"), _shell.Text("(Invoke-EcsApi GetCallerIdentity -Product sts -Context $friend).AccountId"));
        Assert.Equal(_shell.Text("$friend.AccountId"), _shell.Text("Invoke-EcsApi DescribeInstanceTypes -InstanceTypes ecs.g7.large -All -Context $friend | ForEach-Object ContextAccountId"));
    }

    [Fact]
    public void Raw_writes_the_JSON_that_came() =>
        Assert.StartsWith("{\"IdentityType\":\"Account\"", _shell.Text("Invoke-EcsApi GetCallerIdentity -Product sts -Raw"), StringComparison.Ordinal);

    [Fact]
    public void What_is_asked_for_page_by_page_is_complete()
    {
        var all = _shell.Texts("Get-EcsImage -ImageType Public | ForEach-Object ImageId");
        Assert.True(all.Length > 100);
        Assert.Equal(all, _shell.Texts("Invoke-EcsApi DescribeImages -ImageOwnerAlias system -All | ForEach-Object ImageId"));
        Assert.Equal(all, _shell.Texts("Invoke-EcsApi DescribeImages -ImageOwnerAlias system -PageSize 7 -All | ForEach-Object ImageId"));
        Assert.Equal(all.Skip(50), _shell.Texts("Invoke-EcsApi DescribeImages @{ ImageOwnerAlias = 'system'; PageSize = 50; PageNumber = 2 } -All | ForEach-Object ImageId"));
        var types = _shell.Texts("Get-EcsInstanceType | ForEach-Object InstanceType");
        Assert.Equal(types, _shell.Texts("Invoke-EcsApi DescribeInstanceTypes -MaxResults 13 -All | ForEach-Object InstanceTypeId"));
        Assert.Equal(_shell.Texts("Get-EcsRegion | ForEach-Object RegionId"), _shell.Texts("Invoke-EcsApi DescribeRegions -All | ForEach-Object RegionId"));
    }

    [Theory]
    [InlineData("Invoke-EcsApi DescribeImagez", "InvalidAction.NotFound", ErrorCategory.ObjectNotFound, "Near it: DescribeImages")]
    [InlineData("Invoke-EcsApi ListImages", "InvalidAction.NotFound", ErrorCategory.ObjectNotFound, "Near it: DescribeImages")]
    [InlineData("Invoke-EcsApi AssumeRole", "InvalidAction.NotFound", ErrorCategory.ObjectNotFound, "add -Product sts")]
    [InlineData("Invoke-EcsApi Nonsense -ShowParameter", "InvalidAction.NotFound", ErrorCategory.ObjectNotFound, "no operation 'Nonsense'")]
    [InlineData("Invoke-EcsApi CopyImage @{ ImageId = 'm-1'; DestinationRegion = 'cn-beijing' }", "UnknownParameter", ErrorCategory.InvalidArgument, "near it: DestinationRegionId")]
    [InlineData("Invoke-EcsApi CopyImage", "MissingParameter", ErrorCategory.InvalidArgument, "'ImageId' is missing")]
    [InlineData("Invoke-EcsApi DescribeImages -PageSize 101", "InvalidParameter", ErrorCategory.InvalidArgument, "at most 100")]
    [InlineData("Invoke-EcsApi DescribeImages -ImageId m-1 @{ imageid = 'm-2' }", "DuplicateParameter", ErrorCategory.InvalidArgument, "'imageid' is given twice")]
    [InlineData("Invoke-EcsApi DescribeImages @{ RegionId = 'cn-beijing' } -RegionId cn-hangzhou", "DuplicateParameter", ErrorCategory.InvalidArgument, "cn-beijing")]
    [InlineData("Invoke-EcsApi DescribeImages @{ ImageId = $image }", "InvalidParameter", ErrorCategory.InvalidArgument, "takes no EcsImage")]
    [InlineData("Invoke-EcsApi DescribeImages @{ ImageId = { 1 } }", "InvalidParameter", ErrorCategory.InvalidArgument, "takes no ScriptBlock")]
    [InlineData("$a = @{}; $a.Tag = $a; Invoke-EcsApi DescribeImages $a", "InvalidParameter", ErrorCategory.InvalidArgument, "perhaps it holds itself")]
    [InlineData("Invoke-EcsApi DescribeImages @{ OwnerId = 1..30000 }", "InvalidParameter", ErrorCategory.InvalidArgument, "more than 20000 values")]
    [InlineData("Invoke-EcsApi DescribeInstanceTypes @{ MinimumMemorySize = [double]::NaN }", "InvalidParameter", ErrorCategory.InvalidArgument, "is no number")]
    [InlineData("Invoke-EcsApi DescribeImages 'ImageId=m-1'", "InvalidParameter", ErrorCategory.InvalidArgument, "takes a hashtable")]
    [InlineData("Invoke-EcsApi CopyImage @{ ImageId = 'm-1' } -All", "InvalidParameter", ErrorCategory.InvalidArgument, "-All has no meaning")]
    [InlineData("Invoke-EcsApi UntagResources -ResourceType image -ResourceId $image.ImageId -All", "InvalidParameter", ErrorCategory.InvalidArgument, "-All has no meaning")]
    [InlineData("Invoke-EcsApi DescribeImages -RegionId nowhere_", "InvalidRegionId.NotFound", ErrorCategory.ObjectNotFound, "nowhere_")]
    [InlineData("Invoke-EcsApi DescribeImages -ImageOwnerAlias self @{ Verbose = 1 }", "UnknownParameter", ErrorCategory.InvalidArgument, "'Verbose'")]
    public void A_mistake_is_told_before_anything_is_sent(string call, string code, ErrorCategory category, string words)
    {
        var run = _shell.Try($"{call} -Verbose");
        var error = Assert.Single(run.Errors);
        Assert.Equal((code, category), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains(words, error.Text(), StringComparison.Ordinal);
        Assert.NotEmpty(error.Text());
        Assert.DoesNotContain(run.Verbose, static v => v.Contains("RequestId", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mistake_is_told_with_how_to_see_the_parameters_and_how_to_send_it_anyway()
    {
        var advice = _shell.Error("Invoke-EcsApi AssumeRole -Product sts -RoleArn x -DurationSeconds 1").Advice();
        Assert.Contains("Invoke-EcsApi AssumeRole -Product sts -ShowParameter", advice, StringComparison.Ordinal);
        Assert.Contains("-SkipValidation", advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_whose_name_the_cmdlet_has_itself_goes_into_the_hashtable()
    {
        Assert.Contains("-Parameter @{ All = $true }", _shell.Error("Invoke-EcsApi UntagResources -All").Advice(), StringComparison.Ordinal);
        _shell.Run("""
            $null = Invoke-EcsApi TagResources -ResourceType image -ResourceId $image.ImageId -Tag @{ Key = 'gone'; Value = 'soon' }
            $null = Invoke-EcsApi UntagResources -ResourceType image -ResourceId $image.ImageId @{ All = $true }
            """);
        Assert.Equal("0", _shell.Text("(Get-EcsImage $image.ImageId).Tags.Count"));
    }

    [Fact]
    public void An_operation_that_the_embedded_endpoint_lacks_says_so()
    {
        var error = _shell.Error("Invoke-EcsApi DescribePrice");
        Assert.Equal(("UnsupportedOperation", ErrorCategory.InvalidOperation), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains("embedded endpoint", error.Advice(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ModifyImageAttribute @{ ImageId = $image.ImageId; Description = 'never' }")]
    [InlineData("DeleteImage -ImageId $image.ImageId -Force")]
    [InlineData("CopyImage -ImageId $image.ImageId -DestinationRegionId cn-qingdao")]
    public void What_changes_something_has_WhatIf_and_Confirm(string call)
    {
        const string State = "Get-EcsImage -ImageType Custom -AllRegion | ForEach-Object { \"$($_.ImageId) $($_.Description)\" }";
        var before = _shell.Texts(State);
        var said = _shell.Host.Lines.Count;
        Assert.Empty(_shell.Run($"Invoke-EcsApi {call} -WhatIf"));
        Assert.Empty(_shell.Run($"$WhatIfPreference = $true; Invoke-EcsApi {call}; $WhatIfPreference = $false"));
        Assert.Equal(2, _shell.Host.Lines.Skip(said).Count(static l => l.Contains("What if", StringComparison.Ordinal) && l.Contains("cn-hangzhou", StringComparison.Ordinal) && l.Contains("ImageId=m-", StringComparison.Ordinal)));
        var error = _shell.Error($"Invoke-EcsApi {call} -Confirm");
        Assert.Equal("ConfirmationRequired", error.Code());
        Assert.Contains("-Confirm:$false", error.Advice(), StringComparison.Ordinal);
        Assert.Equal(before, _shell.Texts(State));
    }

    [Fact]
    public void What_destroys_asks_and_what_else_changes_something_asks_from_medium_on()
    {
        Assert.Equal("ConfirmationRequired", _shell.Error("Invoke-EcsApi DeleteImage -ImageId $image.ImageId -Force").Code());
        Assert.Equal("ConfirmationRequired", _shell.Error("$ConfirmPreference = 'Medium'; Invoke-EcsApi ModifyImageAttribute @{ ImageId = $image.ImageId; Description = 'asked' }").Code());
        _shell.Run("$ConfirmPreference = 'High'; $null = Invoke-EcsApi ModifyImageAttribute @{ ImageId = $image.ImageId; Description = 'unasked' }");
        Assert.Equal("unasked", _shell.Text("(Get-EcsImage $image.ImageId).Description"));
        _shell.Run("$ConfirmPreference = 'None'; $null = Invoke-EcsApi ModifyImageAttribute -ImageId $image.ImageId -Description none; $ConfirmPreference = 'High'");
        Assert.Equal("none", _shell.Text("(Get-EcsImage $image.ImageId).Description"));
        Assert.Equal("InvalidImageId.NotFound", _shell.Error("Invoke-EcsApi DeleteImage -ImageId m-none -Confirm:$false").Code());
        Assert.Equal("InvalidImageId.NotFound", _shell.Error("$ConfirmPreference = 'None'; try { Invoke-EcsApi DeleteImage -ImageId m-none } finally { $ConfirmPreference = 'High' }").Code());
    }

    [Fact]
    public void A_dry_run_that_passes_is_no_error()
    {
        var run = _shell.Try("Invoke-EcsApi CopyImage -ImageId $image.ImageId -DestinationRegionId cn-qingdao -DryRun -Verbose");
        Assert.Empty(run.Errors);
        Assert.Contains(run.Verbose, static v => v.Contains("would succeed", StringComparison.Ordinal));
    }

    [Fact]
    public void The_parameters_of_an_operation_can_be_listed_without_an_account()
    {
        using var fresh = new TestShell(connect: false);
        var listed = fresh.Run("Invoke-EcsApi runinstances -ShowParameter");
        Assert.Equal("RegionId", (string)listed[0].Name);
        Assert.True(listed[0].Required);
        var names = listed.Select(static p => (string)p.Name).ToArray();
        Assert.Contains("Tag.N.Key", names);
        Assert.Contains("SystemDisk.Category", names);
        Assert.Contains("NetworkInterface.N.SecurityGroupIds.N", names);
        Assert.Equal("at most 100", fresh.Text("Invoke-EcsApi DescribeImages -ShowParameter | Where-Object Name -eq PageSize | ForEach-Object Limits"));
    }

    [Fact]
    public void Whatever_is_in_the_hashtable_it_ends_in_an_error_that_tells_what()
    {
        const int Seed = 20261124;
        var random = new Random(Seed);
        for (var round = 0; round < 150; round++)
        {
            var script = $"Invoke-EcsApi DescribeImages @{{ ImageOwnerAlias = 'self'; {string.Join("; ", Names.Where(_ => random.Next(2) == 0).Select(n => $"'{n}' = {Literal(random, 0)}"))} }}";
            var run = _shell.Try(script);
            Assert.True(run.Terminating is null && run.Errors.Count <= 1 && run.Errors.Count + run.Output.Count <= 1
                && run.Errors.All(static e => e.CategoryInfo.Category != ErrorCategory.NotSpecified && e.Text().Length > 10),
                $"seed {Seed}, round {round}: {script}\n{run.Terminating}\n{string.Join('\n', run.Errors)}");
        }
    }

    private static string Literal(Random random, int depth) => random.Next(depth > 3 ? 5 : 0, 12) switch
    {
        0 => $"@{{ Key = {Literal(random, depth + 1)} }}",
        1 => $"@{{ Value = {Literal(random, depth + 1)}; key = {Literal(random, depth + 1)} }}",
        2 => $"@({Literal(random, depth + 1)}, {Literal(random, depth + 1)})",
        3 => "@{}",
        4 => $"([pscustomobject]@{{ Key = {Literal(random, depth + 1)} }})",
        5 => "$null",
        6 => "12",
        7 => "[datetime]::MinValue",
        8 => "$true",
        9 => "1.5",
        10 => "@()",
        _ => "'words of \"any\" kind & more'",
    };
}
