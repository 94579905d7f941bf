using System.Management.Automation;
using System.Text.RegularExpressions;

namespace EcsImages.PowerShell.Tests;

public sealed partial class RamUserTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void A_user_is_shown_as_who_it_is()
    {
        As("builder", "$null");
        Assert.Equal("us builder us/builder (cn-hangzhou)", _shell.Text("$c = Get-EcsContext; \"$($c.Name) $($c.UserName) $c\""));
        _shell.Run("$us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou");
        Assert.Equal("True", _shell.Text("$null -eq (Get-EcsContext).UserName"));
    }

    [Fact]
    public void A_refused_permission_names_who_what_where_and_the_statement_to_add()
    {
        As("reader", "(Get-EcsRamPolicy Get-EcsImage)");
        var error = _shell.Error("$image | Copy-EcsImage -DestinationRegionId cn-beijing");
        Assert.Equal(("Forbidden.RAM", ErrorCategory.PermissionDenied), (error.Code(), error.CategoryInfo.Category));
        var account = _shell.Text("$us.AccountId");
        var image = _shell.Text("$image.ImageId");
        foreach (var part in new[] { "RAM user reader", "ecs:CopyImage", $"acs:ecs:cn-hangzhou:{account}:image/{image}", "RequestId " }) Assert.Contains(part, error.Text(), StringComparison.Ordinal);
        var lines = error.Advice().Split('\n');
        Assert.Equal($$"""{"Effect":"Allow","Action":"ecs:CopyImage","Resource":["acs:ecs:cn-hangzhou:{{account}}:image/{{image}}","acs:ecs:cn-beijing:{{account}}:image/*"]}""", lines[1]);
        Assert.Contains("Get-EcsRamPolicy -Cmdlet Copy-EcsImage", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Against_a_Deny_no_Allow_is_advised()
    {
        As("denied", """'{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"ecs:DeleteImage","Resource":"*"}]}'""");
        var error = _shell.Error("$image | Remove-EcsImage -Confirm:$false");
        Assert.Contains("is denied ecs:DeleteImage", error.Text(), StringComparison.Ordinal);
        Assert.Contains("Allow does not help", error.Advice(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"Effect\"", error.Advice(), StringComparison.Ordinal);
    }

    /// <summary>As the service answers: what it says of the refusal is told, and products have other codes and statuses for it.</summary>
    [Theory]
    [InlineData(403, "Forbidden.RAM", "ImplicitDeny", "RAM user 202515810214480629 is not allowed ecs:DescribeImages on acs:ecs:cn-hangzhou:1234567890123456:image/*", "{\"Effect\":\"Allow\"")]
    [InlineData(401, "User.NoPermission", "ImplicitDeny", "RAM user 202515810214480629 is not allowed", "Get-EcsRamPolicy -Cmdlet Get-EcsImage")]
    [InlineData(403, "NoPermission", "ExplicitDeny", "is denied ecs:DescribeImages", "ControlPolicy")]
    public void What_the_service_itself_says_of_a_refusal_is_told(int status, string code, string type, string text, string advice)
    {
        using var service = new FakeService(_ => new FakeReply(status, $$$"""
            {"RequestId":"R-1","Code":"{{{code}}}","Message":"No.","AccessDeniedDetail":{"AuthAction":"ecs:DescribeImages","AuthPrincipalType":"SubUser",
            "AuthPrincipalDisplayName":"202515810214480629","NoPermissionType":"{{{type}}}","PolicyType":"ControlPolicy","EncodedDiagnosticMessage":"AQEAAAAA"}}
            """));
        using var shell = new TestShell(connect: false);
        shell.Run($$"""
            $password = [System.Net.NetworkCredential]::new('', 'secret-of-the-tests').SecurePassword
            $null = Connect-EcsAccount -Credential ([pscredential]::new('LTAItestKeyIdOfMine', $password)) -Endpoint {{service.Endpoint}} -RegionId cn-hangzhou
            """);
        var error = shell.Error("Get-EcsImage -ImageType Custom");
        Assert.Equal((code, ErrorCategory.PermissionDenied), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains(text, error.Text(), StringComparison.Ordinal);
        Assert.Contains(advice, error.Advice(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Copy-EcsImage $image.ImageId -DestinationRegionId cn-beijing -Name advised$round -Wait")]
    [InlineData("New-EcsCustomImage -InstanceId $instance.InstanceId -Name advising$round -SystemDiskOnly -Wait")]
    [InlineData("$image | Add-EcsImageTag -Tag @{ a = 1 }")]
    public void Who_adds_the_advised_statements_one_after_another_gets_there(string script)
    {
        var statements = new List<string>();
        for (var round = 0; round < 10; round++)
        {
            As("learner", statements.Count == 0
                ? """'{"Version":"1","Statement":{"Effect":"Deny","Action":"ecs:DeleteImage","Resource":"*"}}'"""
                : $$"""'{"Version":"1","Statement":[{{string.Join(',', statements)}}]}'""");
            var run = _shell.Try(FormattableString.Invariant($"$round = {round}; {script}"));
            if (run.Errors.Count == 0)
            {
                Assert.NotEmpty(statements);
                Assert.NotEmpty(run.Output);
                return;
            }
            // What is made anew has another id each time: the advice says to put * there.
            var statement = NewId().Replace(run.Errors.Single(LeastPolicyTests.IsRefusal).Advice().Split('\n')[1], "$1/*");
            Assert.DoesNotContain(statement, statements);
            statements.Add(statement);
        }
        Assert.Fail($"Still refused with {string.Join('\n', statements)}");
    }

    [Theory]
    [InlineData("-PolicyDocument '{}'", "PolicyWithoutUser", "-UserName")]
    [InlineData("-UserName x -PolicyDocument policy.json", "InvalidPolicyDocument", "Get-Content")]
    [InlineData("-UserName x -PolicyDocument '{\"version\":\"1\"}'", "InvalidPolicyDocument", "Get-EcsRamPolicy")]
    [InlineData("-UserName 'a b'", "InvalidAccountName", "")]
    public void What_is_wrong_with_a_user_is_said_and_the_context_stays(string parameters, string code, string advice)
    {
        _shell.Run("$us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou");
        var error = _shell.Error($"Connect-EcsAccount -Local -Path $folder -Account us {parameters}");
        Assert.Equal(code, error.Code());
        Assert.Contains(advice, error.Advice(), StringComparison.Ordinal);
        Assert.Equal("us (cn-hangzhou)", _shell.Text("\"$(Get-EcsContext)\""));
    }

    [Fact]
    public void A_policy_may_come_line_by_line_as_Get_Content_gives_it()
    {
        As("lines", "((Get-EcsRamPolicy Get-EcsImage).Document -split \"`n\")");
        Assert.NotEmpty(_shell.Run("Get-EcsImage -ImageType Custom"));
    }

    [GeneratedRegex("(image|snapshot)/[^\"]+")]
    private static partial Regex NewId();

    private void As(string user, string policy) => _shell.Run(
        $"$how = @{{ UserName = '{user}' }}; if ({policy}) {{ $how.PolicyDocument = {policy} }}; $null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000 @how");
}
