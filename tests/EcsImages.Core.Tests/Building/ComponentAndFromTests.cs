using EcsImages.Core.Building;
using static EcsImages.Core.Tests.Building.Reading;

namespace EcsImages.Core.Tests.Building;

public sealed class ComponentAndFromTests
{
    [Fact]
    public void A_component_is_called_by_id_with_parameters()
    {
        var call = Command("COMPONENT ic-bp1 --name nginx --title \"two words\" --offset -1 --flag \"--x\"").Component!;

        Assert.Equal("ic-bp1", call.Id);
        Assert.Null(call.Name);
        Assert.Equal([new("name", "nginx"), new("title", "two words"), new("offset", "-1"), new("flag", "--x")], call.Parameters);
        Assert.Equal("ic-bp1", call.ToString());
        Assert.False(call.Means("cn-hangzhou", "1234", null, "1.0.0"));
    }

    [Theory]
    [InlineData(":1.0.*")]
    [InlineData("/1.0.*")]
    public void Both_signs_stand_before_a_version(string version)
    {
        var call = Command($"COMPONENT acs:ecs:cn-hangzhou:1234:imagecomponent/my:web.server{version} --a b").Component!;

        Assert.Null(call.Id);
        Assert.Equal(("cn-hangzhou", "1234", "my:web.server", "1.0.*"), (call.RegionId, call.AccountId, call.Name, call.Version));
        Assert.Equal([new BuildPair("a", "b")], call.Parameters);
        Assert.Equal("acs:ecs:cn-hangzhou:1234:imagecomponent/my:web.server:1.0.*", call.ToString());
    }

    [Theory]
    [InlineData("cn-hangzhou", "1234", "web", "1.0.7", true)]
    [InlineData("cn-hangzhou", null, "web", "1.0.7", true)]
    [InlineData("cn-hangzhou", "1234", "web", "1.1.0", false)]
    [InlineData("cn-hangzhou", "1234", "web", "1.0", false)]
    [InlineData("cn-hangzhou", "1234", "web", null, false)]
    [InlineData("cn-hangzhou", "1234", "Web", "1.0.7", false)]
    [InlineData("cn-hangzhou", "5678", "web", "1.0.7", false)]
    [InlineData("cn-beijing", "1234", "web", "1.0.7", false)]
    public void A_call_by_name_means_versions_of_its_own_region_account_and_name(string region, string? account, string name, string? version, bool expected)
    {
        var call = Command("COMPONENT acs:ecs:cn-hangzhou:1234:imagecomponent/web:1.0.*").Component!;

        Assert.Equal(expected, call.Means(region, account, name, version));
    }

    [Theory]
    [InlineData("COMPONENT", 1)]
    [InlineData("COMPONENT web", 11)]
    [InlineData("COMPONENT ic-", 11)]
    [InlineData("COMPONENT m-bp1", 11)]
    [InlineData("COMPONENT acs:ecs:cn-hangzhou:imagecomponent/web:1.0.0", 11)]
    [InlineData("COMPONENT acs:ecs::1:imagecomponent/web:1.0.0", 11)]
    [InlineData("COMPONENT acs:ecs:cn-hangzhou:1:image/web:1.0.0", 11)]
    [InlineData("COMPONENT acs:ecs:cn-hangzhou:1:imagecomponent/web", 11)]
    [InlineData("COMPONENT acs:ecs:cn-hangzhou:1:imagecomponent/web:1.0", 11)]
    [InlineData("COMPONENT acs:ecs:cn-hangzhou:1:imagecomponent/web:1.x.0", 11)]
    [InlineData("COMPONENT acs:ecs:cn-hangzhou:1:imagecomponent/:1.0.0", 11)]
    [InlineData("COMPONENT acs:ecs:cn-hangzhou:1:imagecomponent/a/b/1.0.0", 11)]
    [InlineData("COMPONENT ic-1 --a", 16)]
    [InlineData("COMPONENT ic-1 --a --b c", 16)]
    [InlineData("COMPONENT ic-1 --a=b", 16)]
    [InlineData("COMPONENT ic-1 a", 16)]
    [InlineData("COMPONENT ic-1 --a b --a c", 22)]
    [InlineData("COMPONENT ic-1 --a \"b", 20)]
    public void A_call_that_cannot_be_read_is_placed(string text, int column)
    {
        AssertProblem("InvalidParameter.BuildContent", 1, column, text);
        AssertProblem("InvalidParameter.TestContent", 1, column, text, BuildContentUse.Test);
    }

    [Fact]
    public void The_components_of_a_text_are_at_hand()
    {
        var content = Read("COMPONENT ic-1\nRUN a\nCOMPONENT ic-2");

        Assert.Equal(["ic-1", "ic-2"], content.Components.Select(static c => c.Id));
    }

    [Fact]
    public void A_component_calls_none() => AssertProblem("InvalidCommand.Component", 2, 1, "RUN a\nCOMPONENT ic-1", BuildContentUse.Component);

    [Theory]
    [InlineData("FROM IMAGE:m-bp1", "IMAGE", "m-bp1")]
    [InlineData("from image_family:web", "IMAGE_FAMILY", "web")]
    [InlineData("# base\n\nFROM IMAGE_FAMILY:acs:ubuntu_24_04_x64", "IMAGE_FAMILY", "acs:ubuntu_24_04_x64")]
    public void FROM_names_a_base_image(string text, string type, string name) =>
        Assert.Equal(new BaseImageReference(type, name), Read(text + "\nRUN a").BaseImage);

    [Theory]
    [InlineData("FROM", 1)]
    [InlineData("FROM centos:7", 6)]
    [InlineData("FROM IMAGE:", 6)]
    [InlineData("FROM m-bp1", 6)]
    [InlineData("FROM OSS:file", 6)]
    [InlineData("FROM IMAGE:m-bp1 AS base", 18)]
    public void FROM_that_cannot_be_read_is_placed(string text, int column)
    {
        AssertProblem("InvalidCommandContent.FROM", 1, column, text);
        Assert.Null(Read(text).BaseImage);
    }

    [Fact]
    public void FROM_comes_first_and_once()
    {
        AssertProblem("InvalidCommandOrder.FROM", 2, 1, "RUN a\nFROM IMAGE:m-1");
        AssertProblem("DuplicatedCommand.FROM", 3, 1, "FROM IMAGE:m-1\nRUN a\nFROM IMAGE:m-2");
        Assert.Equal("m-1", Read("FROM IMAGE:m-1\nFROM IMAGE:m-2").BaseImage!.Name);
    }

    [Fact]
    public void FROM_has_no_place_in_components_and_tests()
    {
        AssertProblem("NotSupportedCommand.FROM", 1, 1, "FROM IMAGE:m-1", BuildContentUse.Component);
        AssertProblem("NotSupportedCommand.FROM", 1, 1, "FROM centos \\", BuildContentUse.Component);
        AssertProblem("InvalidImageTemplateCommand.NotSupported", 1, 1, "FROM IMAGE:m-1", BuildContentUse.Test);
    }
}
