using System.Text.Json;

namespace EcsImages.Local.Tests.Ram;

public sealed class RoleTests
{
    private const string OfService = """{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}}]}""";
    private const string Anything = """{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*"}]}""";

    [Fact]
    public async Task A_role_is_made_found_changed_and_listed()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var client = await endpoint.ClientAsync();
        var made = await client.RamAsync("CreateRole", ("RoleName", "Builder"), ("AssumeRolePolicyDocument", OfService), ("Description", "builds"), ("MaxSessionDuration", "7200"));
        Assert.Equal(200, made.Status);
        Assert.Equal(("Builder", $"acs:ram::{client.Account.AccountId}:role/builder", "builds", 7200), Shown(made));
        endpoint.Clock.Now += TimeSpan.FromMinutes(1);
        var changed = await client.RamAsync("UpdateRole", ("RoleName", "Builder"), ("NewDescription", "tests"), ("NewMaxSessionDuration", "3600"), ("NewAssumeRolePolicyDocument", OfService + " "));
        Assert.Equal(200, changed.Status);
        var found = await client.RamAsync("GetRole", ("RoleName", "builder"));
        Assert.Equal(("Builder", $"acs:ram::{client.Account.AccountId}:role/builder", "tests", 3600), Shown(found));
        Assert.Equal(OfService + " ", found.Body.GetProperty("Role").GetProperty("AssumeRolePolicyDocument").GetString());
        Assert.NotEqual(found.Body.GetProperty("Role").GetProperty("CreateDate").GetString(), found.Body.GetProperty("Role").GetProperty("UpdateDate").GetString());
        Assert.Equal("Builder", Assert.Single((await client.RamAsync("ListRoles")).List("Roles")).GetProperty("RoleName").GetString());
    }

    [Fact]
    public async Task Roles_are_listed_by_pages_and_none_of_them_twice()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var client = await endpoint.ClientAsync();
        foreach (var name in new[] { "a", "b", "c", "d", "e" }) await client.RamAsync("CreateRole", ("RoleName", name), ("AssumeRolePolicyDocument", OfService));
        var names = new List<string>();
        string? marker = null;
        do
        {
            var page = await client.RamAsync("ListRoles", marker is null ? [("MaxItems", "2")] : [("MaxItems", "2"), ("Marker", marker)]);
            names.AddRange(page.List("Roles").Select(static r => r.GetProperty("RoleName").GetString()!));
            marker = page.Body.GetProperty("IsTruncated").GetBoolean() ? page.Text("Marker") : null;
        }
        while (marker is not null);
        Assert.Equal(["a", "b", "c", "d", "e"], names);
    }

    [Fact]
    public async Task Policies_are_given_to_a_role_and_taken_back()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var client = await endpoint.ClientAsync();
        await client.RamAsync("CreateRole", ("RoleName", "builder"), ("AssumeRolePolicyDocument", OfService));
        Assert.Equal(200, (await client.RamAsync("CreatePolicy", ("PolicyName", "own"), ("PolicyDocument", Anything), ("Description", "all of ECS"))).Status);
        foreach (var (name, type) in new[] { ("own", "Custom"), ("AliyunOSSFullAccess", "System") })
            Assert.Equal(200, (await client.RamAsync("AttachPolicyToRole", ("RoleName", "builder"), ("PolicyName", name), ("PolicyType", type))).Status);
        Assert.Equal([("own", "Custom"), ("AliyunOSSFullAccess", "System")],
            (await client.RamAsync("ListPoliciesForRole", ("RoleName", "builder"))).List("Policies")
                .Select(static p => (p.GetProperty("PolicyName").GetString()!, p.GetProperty("PolicyType").GetString()!)).OrderByDescending(static p => p.Item1));
        var own = await client.RamAsync("GetPolicy", ("PolicyName", "own"), ("PolicyType", "Custom"));
        Assert.True(own.Status == 200, own.Body.ToString());
        Assert.Equal((1, Anything), (own.Body.GetProperty("Policy").GetProperty("AttachmentCount").GetInt32(), own.Body.GetProperty("DefaultPolicyVersion").GetProperty("PolicyDocument").GetString()));
        Assert.Equal((409, "EntityAlreadyExists.Role.Policy"), Outcome(await client.RamAsync("AttachPolicyToRole", ("RoleName", "builder"), ("PolicyName", "own"), ("PolicyType", "Custom"))));
        Assert.Equal(200, (await client.RamAsync("DetachPolicyFromRole", ("RoleName", "builder"), ("PolicyName", "own"), ("PolicyType", "Custom"))).Status);
        Assert.Equal((404, "EntityNotExist.Role.Policy"), Outcome(await client.RamAsync("DetachPolicyFromRole", ("RoleName", "builder"), ("PolicyName", "own"), ("PolicyType", "Custom"))));
        Assert.Single((await client.RamAsync("ListPoliciesForRole", ("RoleName", "builder"))).List("Policies"));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_the_services_code()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var client = await endpoint.ClientAsync();
        await client.RamAsync("CreateRole", ("RoleName", "builder"), ("AssumeRolePolicyDocument", OfService));
        await client.RamAsync("CreatePolicy", ("PolicyName", "own"), ("PolicyDocument", Anything));
        await RefusedAsync(404, "EntityNotExist.Role", "GetRole", ("RoleName", "nobody"));
        await RefusedAsync(409, "EntityAlreadyExists.Role", "CreateRole", ("RoleName", "BUILDER"), ("AssumeRolePolicyDocument", OfService));
        await RefusedAsync(400, "InvalidParameter.RoleName.InvalidChars", "CreateRole", ("RoleName", "a b"), ("AssumeRolePolicyDocument", OfService));
        await RefusedAsync(400, "InvalidParameter.RoleName.Length", "CreateRole", ("RoleName", new string('a', 65)), ("AssumeRolePolicyDocument", OfService));
        await RefusedAsync(400, "MalformedPolicyDocument", "CreateRole", ("RoleName", "c"), ("AssumeRolePolicyDocument", "{}"));
        await RefusedAsync(400, "MalformedPolicyDocument", "CreateRole", ("RoleName", "c"), ("AssumeRolePolicyDocument", "not JSON"));
        await RefusedAsync(400, "MalformedPolicyDocument", "CreateRole", ("RoleName", "c"), ("AssumeRolePolicyDocument", OfService.Replace("Service", "Servant", StringComparison.Ordinal)));
        await RefusedAsync(400, "InvalidParameter.AssumeRolePolicyDocument.Length", "CreateRole", ("RoleName", "c"), ("AssumeRolePolicyDocument", OfService + new string(' ', 2048)));
        await RefusedAsync(400, "MalformedPolicyDocument", "CreatePolicy", ("PolicyName", "other"), ("PolicyDocument", "{\"Version\":\"1\"}"));
        await RefusedAsync(409, "EntityAlreadyExists.Policy", "CreatePolicy", ("PolicyName", "own"), ("PolicyDocument", Anything));
        await RefusedAsync(404, "EntityNotExist.Policy", "AttachPolicyToRole", ("RoleName", "builder"), ("PolicyName", "none"), ("PolicyType", "Custom"));
        await RefusedAsync(400, "InvalidParameter.PolicyType", "AttachPolicyToRole", ("RoleName", "builder"), ("PolicyName", "own"), ("PolicyType", "Other"));
        await RefusedAsync(400, "InvalidParameter.PolicyName.InvalidChars", "GetPolicy", ("PolicyName", "a b"), ("PolicyType", "Custom"));

        async Task RefusedAsync(int status, string code, string action, params (string, string)[] parameters) =>
            Assert.Equal((status, code), Outcome(await client.RamAsync(action, parameters)));
    }

    private static (int Status, string? Code) Outcome(Answer answer) => (answer.Status, answer.Code);

    private static (string?, string?, string?, int) Shown(Answer answer)
    {
        var role = answer.Body.GetProperty("Role");
        return (Text("RoleName"), Text("Arn"), Text("Description"), role.GetProperty("MaxSessionDuration").GetInt32());

        string? Text(string name) => role.GetProperty(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
    }
}
