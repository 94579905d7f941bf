using System.Globalization;
using System.Text.Json;

namespace EcsImages.Local.Tests.Building;

public sealed class ComponentTests
{
    private const string Yaml = """
        # What it takes.
        Parameters:
          port:
            Type: Number   # of the server
            DefaultValue: "8080"
          greeting:
            Type: String
        Tasks:
          - Name: serve
            Action: RunShellCommand
            Properties:
              commandContent: echo {{ greeting }}
        """;

    [Fact]
    public async Task A_component_shows_what_it_was_made_of_with_the_defaults()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var plain = await CreateAsync(client, ("Content", "RUN yum update -y"));
        Assert.StartsWith("ic-", plain, StringComparison.Ordinal);
        var row = await ShowAsync(client, plain);
        Assert.Equal((plain, "1.0.0", "Build", "Linux", "SELF", "RUN yum update -y", ""),
            (Text(row, "Name"), Text(row, "ComponentVersion"), Text(row, "ComponentType"), Text(row, "SystemType"), Text(row, "Owner"), Text(row, "Content"), Text(row, "Description")));
        Assert.Equal("2026-11-01T12:00:00Z", Text(row, "CreationTime"));
        Assert.False(row.TryGetProperty("Parameters", out _));

        var full = await CreateAsync(client, ("Name", "server"), ("ComponentVersion", "2.1.3"), ("ComponentType", "Test"), ("SystemType", "Windows"), ("Description", "It serves."),
            ("Content", Yaml), ("ResourceGroupId", "rg-1"), ("Tag.1.Key", "team"), ("Tag.1.Value", "web"));
        row = await ShowAsync(client, full);
        Assert.Equal(("server", "2.1.3", "Test", "Windows", "It serves.", "rg-1"),
            (Text(row, "Name"), Text(row, "ComponentVersion"), Text(row, "ComponentType"), Text(row, "SystemType"), Text(row, "Description"), Text(row, "ResourceGroupId")));
        Assert.Equal("""{"Tag":[{"TagKey":"team","TagValue":"web"}]}""", row.GetProperty("Tags").GetRawText());
        Assert.Equal("""{"Parameter":[{"Name":"port","Type":"Number","DefaultValue":"8080"},{"Name":"greeting","Type":"String"}]}""", row.GetProperty("Parameters").GetRawText());
    }

    [Theory]
    [InlineData("Parameters:\n- Name: a\n  Type: Boolean\n  DefaultValue: true\nTasks:\n- Name: x", """[{"Name":"a","Type":"Boolean","DefaultValue":"true"}]""")]
    [InlineData("Parameters:\n  a:\n    Description: what for\nTasks: []", """[{"Name":"a","Type":"String"}]""")]
    [InlineData("Tasks:\n  - Name: x\n    Properties:\n      Parameters: a", null)]
    [InlineData("Parameters: {a: {Type: String}}\nTasks: []", null)]
    [InlineData("Parameters:\n  a: &x\n    Type: String\nTasks: []", null)]
    [InlineData("Parameters:\n  a\nTasks: []", null)]
    [InlineData("Parameters:\nTasks: []", null)]
    [InlineData("Parameters:   # what it takes\n  a:   # first\n    Type: 'Number' # of it\n    DefaultValue: it's 8 # or so", """[{"Name":"a","Type":"Number","DefaultValue":"it\u0027s 8"}]""")]
    public void Parameters_are_read_from_the_plain_form_of_YAML_and_else_left_alone(string content, string? expected)
    {
        var read = EcsImages.Local.Ecs.Building.Components.ComponentParameter.ReadAll(content);
        Assert.Equal(expected, read is null ? null : $"[{string.Join(',', read.Select(static p => p.Json().ToJsonString()))}]");
    }

    [Theory]
    [InlineData("Parameters:\n  a:\n    Type: Number", "it has no Tasks")]
    [InlineData("Tasks:\nParameters:\n  a:\n    Type: Number", "Tasks has no task")]
    [InlineData("Tasks:\n  serve:\n    Action: Reboot", "line 2: Tasks is not a list")]
    [InlineData("# Two.\nTasks:\n  - Name: a\n    Action: Reboot\n  - Action: Reboot", "line 5: the task has no Name")]
    [InlineData("Tasks:\n- Name: a\n  Properties:\n    Action: Reboot", "line 2: the task a has no Action")]
    [InlineData("Tasks:\n  -\n    Name: a\n    Action: runshellcommand", "line 2: the task a has the Action runshellcommand")]
    [InlineData("Tasks:\n  - Name: \"a\"   # says\n    Action: Format\n", "line 2: the task a has the Action Format")]
    [InlineData("Parameters:\n  a:\n    Type: Integer\nTasks:\n  - Name: a\n    Action: Reboot", "the parameter a has the type Integer")]
    [InlineData("Tasks:\r\n  - Name: a\r\n    Action: Reboots\r\n", "line 2: the task a has the Action Reboots")]
    public async Task Tasks_in_the_plain_form_of_YAML_have_a_name_and_a_known_action(string content, string words)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var answer = await client.EcsAsync("CreateImageComponent", ("Content", content));
        Assert.Equal((400, "InvalidParameter.Content"), (answer.Status, answer.Code));
        Assert.Contains(words, answer.Message, StringComparison.Ordinal);
        Assert.Equal(0, endpoint.Count("SELECT count(*) FROM image_component"));
    }

    [Theory]
    [InlineData(Yaml)]
    [InlineData("Tasks:\n- Name: a\n  Action: RunShellCommand\n  Properties:\n    commandContent: |\n      - Name:\n      Action: none\n    workingDir: /root\n- Name: b\n  Action: WebDownload")]
    [InlineData("Tasks:\n  -   Name: a\n      Action: 'InvokeCommand'\n\n  # The next.\n  - Action: OSSUpload\n    Properties:\n      - x\n    Name: b\nParameters:\n  p:\n    Type: Boolean")]
    [InlineData("Tasks: []")]
    [InlineData("Tasks:\n  [ { Name: a } ]")]
    [InlineData("Tasks:\n  - { Name: a }")]
    [InlineData("Tasks:\n  - &a\n    Name: a")]
    [InlineData("Tasks:\n  - Name: a\n    Action: *reboot")]
    [InlineData("\"Tasks\":\n  - x")]
    [InlineData("{ \"Parameters\": {} }")]
    [InlineData("  Tasks:\n    - Name: a")]
    public async Task Other_forms_of_YAML_are_left_alone(string content)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await CreateAsync(client, ("Content", content));
    }

    [Fact]
    public async Task A_version_that_is_not_given_is_the_next_major_one_of_its_name()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        foreach (var (given, expected) in ((string, string)[])[("", "1.0.0"), ("4.2.9", "4.2.9"), ("4.10.0", "4.10.0"), ("", "5.0.0"), ("0.0.1", "0.0.1"), ("", "6.0.0")])
            Assert.Equal(expected, Text(await ShowAsync(client, await CreateAsync(client, ("Name", "web"), ("Content", "RUN a"), ("ComponentVersion", given))), "ComponentVersion"));
        await client.RefusedAsync(403, "InvalidComponentVersion.Exist", "CreateImageComponent", ("Name", "web"), ("Content", "RUN a"), ("ComponentVersion", "4.10.0"));
        // Another name, another account.
        await CreateAsync(client, ("Name", "other"), ("Content", "RUN a"), ("ComponentVersion", "4.10.0"));
        using var guest = await endpoint.ClientAsync("guest");
        Assert.Equal("1.0.0", Text(await ShowAsync(guest, await CreateAsync(guest, ("Name", "web"), ("Content", "RUN a"))), "ComponentVersion"));
    }

    [Theory]
    [InlineData(400, "MissingParameter.Content", "Content=")]
    [InlineData(400, "InvalidContent.LengthExceeded", "Content={16385}")]
    [InlineData(400, "InvalidName.Malformed", "Name=1")]
    [InlineData(400, "InvalidDescription.Malformed", "Description=http://x")]
    [InlineData(400, "InvalidComponentType.NotSupportedValue", "ComponentType=Deploy")]
    [InlineData(400, "InvalidSystemType.NotSupportedValue", "SystemType=linux")]
    [InlineData(400, "InvalidParameter.ComponentVersion", "ComponentVersion=1.0")]
    [InlineData(400, "InvalidParameter.ComponentVersion", "ComponentVersion=1.0.*")]
    [InlineData(400, "InvalidParameter.ComponentVersion", "ComponentVersion=1.0.01")]
    [InlineData(400, "InvalidParameter.ComponentVersion", "ComponentVersion=1.0.9999999999")]
    [InlineData(404, "InvalidResourceGroup.NotFound", "ResourceGroupId=none")]
    [InlineData(400, "InvalidTagKey.Malformed", "Tag.1.Key=acs:x")]
    [InlineData(400, "Duplicate.TagKey", "Tag.1.Key=a&Tag.2.Key=a")]
    public async Task What_is_wrong_has_its_code_and_status(int status, string code, string parameters)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var given = new Dictionary<string, string> { ["Content"] = "RUN a" };
        foreach (var pair in parameters.Split('&').Select(static p => p.Split('=', 2)))
            given[pair[0]] = pair[1] is ['{', .. var size, '}'] ? new string('x', int.Parse(size, CultureInfo.InvariantCulture)) : pair[1];
        await client.RefusedAsync(status, code, "CreateImageComponent", [.. given.Select(static p => (p.Key, p.Value))]);
        Assert.Equal(0, endpoint.Count("SELECT count(*) FROM image_component"));
    }

    [Fact]
    public async Task Filters_find_what_fits_and_nothing_else()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var old = await CreateAsync(client, ("Name", "web"), ("ComponentVersion", "1.0.0"), ("Content", "RUN a"), ("ResourceGroupId", "rg-1"), ("Tag.1.Key", "env"), ("Tag.1.Value", "a"));
        var patched = await CreateAsync(client, ("Name", "web"), ("ComponentVersion", "1.0.7"), ("Content", "RUN a"));
        var test = await CreateAsync(client, ("Name", "web"), ("ComponentVersion", "1.2.7"), ("Content", Yaml), ("ComponentType", "Test"), ("SystemType", "Windows"));
        var other = await CreateAsync(client, ("Name", "database"), ("ComponentVersion", "1.0.0"), ("Content", "RUN a"));
        await FindsAsync([old], ("ImageComponentId.1", old));
        await FindsAsync([old, other], ("ImageComponentId.1", old), ("ImageComponentId.2", other));
        await FindsAsync([old, patched, test], ("Name", "web"));
        await FindsAsync([], ("Name", "we"));
        await FindsAsync([old, patched], ("Name", "web"), ("ComponentVersion", "1.0.*"));
        await FindsAsync([patched, test], ("Name", "web"), ("ComponentVersion", "1.*.7"));
        await FindsAsync([old], ("Name", "web"), ("ComponentVersion", "*.0.0"));
        await FindsAsync([test], ("Name", "web"), ("ComponentVersion", "1.2.7"));
        await FindsAsync([test], ("ComponentType", "Test"));
        await FindsAsync([test], ("SystemType", "Windows"));
        await FindsAsync([old], ("ResourceGroupId", "rg-1"));
        await FindsAsync([old], ("Tag.1.Key", "env"), ("Tag.1.Value", "a"));
        await FindsAsync([], ("Tag.1.Key", "env"), ("Tag.1.Value", "b"));
        await FindsAsync([old, patched, test, other], ("Owner", "SELF"));
        await FindsAsync([], ("Owner", "ALIYUN"));
        await client.RefusedAsync(400, "InvalidParameter.Owner", "DescribeImageComponents", ("Owner", "ME"));
        await client.RefusedAsync(400, "InvalidParameter.ComponentVersion", "DescribeImageComponents", ("ComponentVersion", "1.0.0"));
        await client.RefusedAsync(400, "InvalidParameter.ComponentVersion", "DescribeImageComponents", ("Name", "web"), ("ComponentVersion", "1.*.*"));
        await client.RefusedAsync(400, "InvalidImageComponentIdSize.ExceededMaxNumber", "DescribeImageComponents",
            [.. Enumerable.Range(1, 21).Select(static i => (string.Create(CultureInfo.InvariantCulture, $"ImageComponentId.{i}"), "ic-x"))]);
        await client.RefusedAsync(403, "Invalid.NextToken", "DescribeImageComponents", ("NextToken", "mine"));
        using var guest = await endpoint.ClientAsync("guest");
        Assert.Equal(0, (await guest.OkAsync("DescribeImageComponents")).TotalCount);

        async Task FindsAsync(string[] expected, params (string, string)[] filter) => Assert.Equal(expected.Order(StringComparer.Ordinal),
            (await client.OkAsync("DescribeImageComponents", filter)).List("ImageComponent").Select(static c => Text(c, "ImageComponentId")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_listing_goes_on_by_token_and_a_ClientToken_makes_one_component()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            made.Insert(0, await CreateAsync(client, ("Content", "RUN a"), ("ClientToken", i.ToString(CultureInfo.InvariantCulture))));
            endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(made[0], await CreateAsync(client, ("Content", "RUN a"), ("ClientToken", "4")));
        var listed = new List<string>();
        for (var token = ""; ;)
        {
            var page = await client.OkAsync("DescribeImageComponents", ("MaxResults", "2"), ("NextToken", token));
            Assert.Equal((5, 2), (page.TotalCount, page.Body.GetProperty("MaxResults").GetInt32()));
            listed.AddRange(page.List("ImageComponent").Select(static c => Text(c, "ImageComponentId")));
            if ((token = page.Text("NextToken")).Length == 0) break;
        }
        Assert.Equal(made, listed);
    }

    [Fact]
    public async Task A_region_takes_a_limited_number_of_components()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        for (var i = 0; i < 200; i++) await CreateAsync(client, ("Content", "RUN a"));
        await client.RefusedAsync(400, "QuotaExceed.ImageComponent", "CreateImageComponent", ("Content", "RUN a"));
        await client.OkAsync("CreateImageComponent", ("RegionId", "cn-beijing"), ("Content", "RUN a"));
    }

    [Theory]
    [InlineData("COMPONENT {0} --port 1", "", true)]
    [InlineData("", "RUN a\nCOMPONENT acs:ecs:cn-hangzhou:{1}:imagecomponent/web/1.0.0", true)]
    [InlineData("COMPONENT acs:ecs:cn-hangzhou:{1}:imagecomponent/web:1.*.*", "", true)]
    [InlineData("COMPONENT acs:ecs:cn-hangzhou:{1}:imagecomponent/web/2.*.*", "", false)]
    [InlineData("COMPONENT acs:ecs:cn-beijing:{1}:imagecomponent/web/1.0.0", "", false)]
    [InlineData("RUN echo COMPONENT {0}", "", false)]
    public async Task A_component_that_a_pipeline_names_stays(string build, string test, bool stays)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var id = await CreateAsync(client, ("Name", "web"), ("Content", "RUN a"), ("Tag.1.Key", "a"));
        var second = await CreateAsync(client, ("Name", "web"), ("Content", "RUN a"), ("ComponentVersion", "2.0.0"));
        var pipeline = endpoint.AddPipelineRow(client, string.Format(CultureInfo.InvariantCulture, build, id, client.Account.AccountId), string.Format(CultureInfo.InvariantCulture, test, id, client.Account.AccountId));
        if (stays)
        {
            await client.RefusedAsync(403, "InvalidImageComponent.InUse", "DeleteImageComponent", ("ImageComponentId", id));
            await client.OkAsync("DeleteImagePipeline", ("ImagePipelineId", pipeline));
        }
        await client.OkAsync("DeleteImageComponent", ("ImageComponentId", id));
        await client.RefusedAsync(404, "InvalidImageComponent.NotFound", "DeleteImageComponent", ("ImageComponentId", id));
        Assert.Equal(0, endpoint.Count("SELECT count(*) FROM tag"));
        Assert.Equal(second, Text(Assert.Single((await client.OkAsync("DescribeImageComponents")).List("ImageComponent")), "ImageComponentId"));
    }

    [Fact]
    public async Task Another_accounts_component_is_unknown()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        using var guest = await endpoint.ClientAsync("guest");
        var id = await CreateAsync(client, ("Content", "RUN a"));
        await guest.RefusedAsync(404, "InvalidImageComponent.NotFound", "DeleteImageComponent", ("ImageComponentId", id));
        await client.RefusedAsync(404, "InvalidImageComponent.NotFound", "DeleteImageComponent", ("RegionId", "cn-beijing"), ("ImageComponentId", id));
    }

    private static async Task<string> CreateAsync(TestClient client, params (string, string)[] parameters) =>
        (await client.OkAsync("CreateImageComponent", parameters)).Text("ImageComponentId");

    private static async Task<JsonElement> ShowAsync(TestClient client, string id) =>
        Assert.Single((await client.OkAsync("DescribeImageComponents", ("ImageComponentId.1", id))).List("ImageComponent"));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
