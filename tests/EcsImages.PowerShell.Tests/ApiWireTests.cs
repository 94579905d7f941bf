using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

/// <summary>What Invoke-EcsApi sends, and what it makes of answers, on a service that answers as it is told.</summary>
public sealed class ApiWireTests
{
    [Fact]
    public void A_lost_answer_of_what_has_a_ClientToken_is_asked_for_again_with_the_same_one()
    {
        var asked = 0;
        using var service = new FakeService(_ => Interlocked.Increment(ref asked) == 1 ? FakeReply.Html(502) : FakeReply.Json("""{"ImageId":"m-9","RequestId":"R"}"""));
        using var shell = Connect(service);
        Assert.Equal("m-9", shell.Text("(Invoke-EcsApi CopyImage -ImageId m-1 -DestinationRegionId cn-beijing).ImageId"));
        var tokens = service.Requests.Select(static r => r.Query("ClientToken")).ToArray();
        Assert.Equal(2, tokens.Length);
        Assert.Equal(36, tokens[0]!.Length);
        Assert.Equal(tokens[0], tokens[1]);
        shell.Run("$null = Invoke-EcsApi CopyImage @{ ImageId = 'm-1'; ClientToken = 'mine' }");
        Assert.Equal("mine", service.Requests.Last().Query("ClientToken"));
    }

    [Fact]
    public void What_must_not_happen_twice_is_sent_once()
    {
        using var service = new FakeService(static _ => FakeReply.Html(502));
        using var shell = Connect(service);
        Assert.Equal("ReplyUnreadable", shell.Error("Invoke-EcsApi StartInstance -InstanceId i-1").Code());
        Assert.Single(service.Requests);
        Assert.Null(service.Requests.Single().Query("ClientToken"));
    }

    [Fact]
    public void What_reads_is_asked_again()
    {
        var asked = 0;
        using var service = new FakeService(_ => Interlocked.Increment(ref asked) == 1 ? FakeReply.Html(502) : FakeReply.Json("""{"RequestId":"R"}"""));
        using var shell = Connect(service);
        Assert.Single(shell.Run("Invoke-EcsApi DescribeVpcs"));
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public void All_reads_every_page_of_250_by_number()
    {
        using var service = new FakeService(static r => FakeReply.Page(r, 250));
        using var shell = Connect(service);
        Assert.Equal(Enumerable.Range(0, 250).Select(static i => $"m-{i}"), shell.Texts("Invoke-EcsApi DescribeImages -All | ForEach-Object ImageId"));
        Assert.Equal(["1", "2", "3"], service.Requests.Select(static r => r.Query("PageNumber")));
        Assert.All(service.Requests, static r => Assert.Equal("100", r.Query("PageSize")));
        Assert.Equal(3, shell.Run("Invoke-EcsApi DescribeImages -All -Raw").Count);
    }

    [Fact]
    public void All_reads_every_page_by_token_and_ends_at_one_that_came_before()
    {
        using var service = new FakeService(static r => FakeReply.Json(
            $$$"""{"RequestId":"R","NextToken":"{{{(r.Query("NextToken") switch { null => "a", "a" => "b", _ => "a" })}}}","Snapshots":{"Snapshot":[{"SnapshotId":"s-{{{r.Query("NextToken") ?? "0"}}}"}]}}"""));
        using var shell = Connect(service);
        Assert.Equal(["s-0", "s-a", "s-b"], shell.Texts("Invoke-EcsApi DescribeSnapshots -All | ForEach-Object SnapshotId"));
        Assert.Equal([null, "a", "b"], service.Requests.Select(static r => r.Query("NextToken")));
    }

    [Fact]
    public void All_reads_every_page_by_marker()
    {
        using var service = new FakeService(static r => FakeReply.Json(r.Query("Marker") is null
            ? """{"IsTruncated":true,"Marker":"x","Roles":{"Role":[{"RoleName":"a"}]}}""" : """{"IsTruncated":false,"Marker":"y","Roles":{"Role":[{"RoleName":"b"}]}}"""));
        using var shell = Connect(service);
        Assert.Equal(["a", "b"], shell.Texts("Invoke-EcsApi ListRoles -Product ram -All | ForEach-Object RoleName"));
        Assert.Equal(["1000", "1000"], service.Requests.Select(static r => r.Query("MaxItems")));
    }

    [Fact]
    public void A_list_whose_second_page_fails_is_an_error_and_no_shorter_list()
    {
        using var service = new FakeService(static r => r.Query("PageNumber") == "1" ? FakeReply.Page(r, 250) : FakeReply.Error(403, "Forbidden.RAM", "Not allowed."));
        using var shell = Connect(service);
        var run = shell.Try("Invoke-EcsApi DescribeImages -All");
        Assert.Equal(100, run.Output.Count);
        Assert.Equal("Forbidden.RAM", Assert.Single(run.Errors).Code());
    }

    [Fact]
    public void A_consumer_that_has_enough_ends_the_listing()
    {
        using var service = new FakeService(static r => FakeReply.Page(r, 5000));
        using var shell = Connect(service);
        Assert.Equal("m-0", shell.Text("foreach ($once in 1) { Invoke-EcsApi DescribeImages -All | ForEach-Object { $_.ImageId; break } }"));
        Assert.Single(service.Requests);
    }

    [Fact]
    public void Where_a_reply_has_two_lists_All_writes_its_pages()
    {
        using var service = new FakeService(static r => FakeReply.Json("""{"TotalCount":1,"PageSize":100,"Accounts":{"Account":[{"AliyunId":"1"}]},"ShareGroups":{"ShareGroup":[]}}"""));
        using var shell = Connect(service);
        Assert.Equal("1", shell.Text("(Invoke-EcsApi DescribeImageSharePermission -ImageId m-1 -All).Accounts.Account.AliyunId"));
    }

    [Fact]
    public void Parameters_of_Quotas_travel_in_the_body()
    {
        using var service = new FakeService(static _ => FakeReply.Json("""{"RequestId":"R","Quotas":[{"QuotaActionCode":"q","TotalQuota":100.0}]}"""));
        using var shell = Connect(service);
        Assert.Equal("100", shell.Text("Invoke-EcsApi ListProductQuotas -Product quotas -ProductCode ecs -Dimensions @{ Key = 'regionId'; Value = 'cn-hangzhou' } -All | ForEach-Object TotalQuota"));
        var request = Assert.Single(service.Requests);
        Assert.Equal("Dimensions.1.Key=regionId&Dimensions.1.Value=cn-hangzhou&MaxResults=100&ProductCode=ecs", request.Body);
        Assert.Null(request.Query("ProductCode"));
    }

    [Fact]
    public void Values_travel_in_their_one_spelling_whatever_the_culture()
    {
        using var service = new FakeService(static _ => FakeReply.Json("{}"));
        using var shell = Connect(service);
        shell.Run("""
            [cultureinfo]::CurrentCulture = 'de-DE'
            $when = [datetime]::new(2026, 11, 23, 22, 30, 5, [DateTimeKind]::Utc)
            $null = Invoke-EcsApi DescribeInstanceTypes -MinimumMemorySize 0.5 -InstanceTypes ecs.g7.large, ecs.g7.xlarge
            $null = Invoke-EcsApi DescribeTasks -StartTime $when -TaskIds t-1, t-2
            $null = Invoke-EcsApi DescribeImages @{ Filter = @{ Key = 'CreationStartTime'; Value = $when }; DryRun = [switch]$true; ImageOwnerAlias = [ConsoleColor]::Red }
            $null = Invoke-EcsApi AssumeRole -Product sts -RoleArn acs:ram::1:role/r -RoleSessionName tests -Policy @{ Version = '1'; Statement = @(@{ Effect = 'Allow' }) } -DurationSeconds 900
            """);
        var sent = service.Requests.ToArray();
        Assert.Equal(("0.5", "ecs.g7.large", "ecs.g7.xlarge"), (sent[0].Query("MinimumMemorySize"), sent[0].Query("InstanceTypes.1"), sent[0].Query("InstanceTypes.2")));
        Assert.Equal(("2026-11-23T22:30:05Z", "t-1,t-2"), (sent[1].Query("StartTime"), sent[1].Query("TaskIds")));
        Assert.Equal(("2026-11-23T22:30Z", "true", "Red"), (sent[2].Query("Filter.1.Value"), sent[2].Query("DryRun"), sent[2].Query("ImageOwnerAlias")));
        Assert.Contains("\"Statement\":[{\"Effect\":\"Allow\"}]", sent[3].Query("Policy"), StringComparison.Ordinal);
        Assert.Equal("900", sent[3].Query("DurationSeconds"));
    }

    [Fact]
    public void What_the_contract_does_not_know_is_sent_when_asked_to()
    {
        using var service = new FakeService(static _ => FakeReply.Json("""{"RequestId":"R"}"""));
        using var shell = Connect(service);
        var run = shell.Try("""
            Invoke-EcsApi DescribeBrandNew @{ Deep = @{ List = @('a', @{ X = $true }) } } -SkipValidation
            Invoke-EcsApi DescribeImages @{ BrandNew = 1; PageSize = 1000; Tag = 'odd' } -SkipValidation -Verbose
            """);
        Assert.Empty(run.Errors);
        var sent = service.Requests.ToArray();
        Assert.Equal("DescribeBrandNew", sent[0].Action);
        Assert.Equal(("a", "true", "cn-hangzhou"), (sent[0].Query("Deep.List.1"), sent[0].Query("Deep.List.2.X"), sent[0].Query("RegionId")));
        Assert.Equal(("1", "1000", "odd"), (sent[1].Query("BrandNew"), sent[1].Query("PageSize"), sent[1].Query("Tag.1")));
        Assert.Equal(3, run.Verbose.Count(static v => v.StartsWith("Not validated: ", StringComparison.Ordinal)));
        Assert.Equal("ConfirmationRequired", shell.Error("Invoke-EcsApi DeleteBrandNew -SkipValidation").Code());
    }

    [Fact]
    public void A_password_may_be_a_SecureString_and_is_shown_nowhere()
    {
        using var service = new FakeService(static _ => FakeReply.Error(400, "InvalidPassword.Malformed", "Weak."));
        using var shell = Connect(service);
        shell.Runspace.SessionStateProxy.SetVariable("password", new System.Net.NetworkCredential("", "Secret-Pass-77").SecurePassword);
        var run = shell.Try("Invoke-EcsApi RunInstances -ImageId m-1 -Password $password -Verbose -Debug; Invoke-EcsApi RunInstances @{ Password = $password } -WhatIf; $Error");
        Assert.Equal("Secret-Pass-77", Assert.Single(service.Requests).Query("Password"));
        var all = string.Join('\n', run.Output.Concat(run.Errors).Select(static o => PSSerializer.Serialize((object)o, 6)).Concat(run.Verbose).Concat(run.Debug).Concat(shell.Host.Lines));
        Assert.Contains("Password=***", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret-Pass-77", all, StringComparison.Ordinal);
        foreach (var misuse in new[] { "ImageName = $password", "Password = [pscredential]::new('x', $password)", "Password = $password, $password" })
            Assert.DoesNotContain("Secret-Pass-77", shell.Error($"Invoke-EcsApi RunInstances @{{ {misuse} }}").Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reply_is_kept_as_it_is_whatever_its_names_and_numbers_are()
    {
        using var service = new FakeService(static _ => FakeReply.Json("""
            {"RequestId":"R","Zones":{"Zone":[{"a":1,"A":2},{"":3},{"PSObject":4},{"x":9223372036854775807,"y":18446744073709551615,"z":1.5,"n":null,"t":"2026-11-23T00:00:00Z","e":[],"one":[{"k":"v"}]}]}}
            """));
        using var shell = Connect(service);
        shell.Run("$z = (Invoke-EcsApi DescribeZones).Zones.Zone");
        Assert.Equal(["2", "1"], shell.Texts("$z[0]['A']; $z[0]['a']"));
        Assert.Equal(["3", "4"], shell.Texts("$z[1]['']; $z[2]['PSObject']"));
        Assert.Equal(["Int64", "Decimal", "Double", "String", "True", "0", "Object[]", "v"],
            shell.Texts("$z[3].x.GetType().Name; $z[3].y.GetType().Name; $z[3].z.GetType().Name; $z[3].t.GetType().Name; $null -eq $z[3].n; $z[3].e.Count; $z[3].one.GetType().Name; $z[3].one[0].k"));
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    [InlineData("{\"RequestId\":")]
    [InlineData("")]
    public void What_is_no_reply_is_no_crash(string body)
    {
        using var service = new FakeService(_ => FakeReply.Cut(body));
        using var shell = Connect(service);
        Assert.Equal("ReplyUnreadable", shell.Error("Invoke-EcsApi StartInstance -InstanceId i-1").Code());
    }

    private static TestShell Connect(FakeService service)
    {
        var shell = new TestShell(connect: false);
        shell.Runspace.SessionStateProxy.SetVariable("key", new PSCredential("LTAItests", new System.Net.NetworkCredential("", "kR7-secret").SecurePassword));
        shell.Run($"$context = Connect-EcsAccount -Endpoint {service.Endpoint} -RegionId cn-hangzhou -Credential $key");
        return shell;
    }
}
