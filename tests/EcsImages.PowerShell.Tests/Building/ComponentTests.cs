using System.Management.Automation;

namespace EcsImages.PowerShell.Tests.Building;

public sealed class ComponentTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void A_component_has_versions_under_its_name_and_each_is_found_by_whatever_stands_for_it()
    {
        var first = _shell.Run("$first = New-EcsImageComponent -Name tools -Content \"RUN yum install -y git`nRUN git --version\" -Description 'for all' -Tag @{ team = 'web' }; $first")[0];
        Assert.StartsWith("ic-", (string)first.ImageComponentId, StringComparison.Ordinal);
        Assert.Equal(("tools", "1.0.0", "Build", "Linux", "SELF", "for all"),
            ((string)first.Name, (string)first.Version, (string)first.ComponentType, (string)first.SystemType, (string)first.Owner, (string)first.Description));
        Assert.Equal(("RUN yum install -y git\nRUN git --version", "web"), ((string)first.Content, (string)first.Tags["team"]));
        Assert.Equal(("cn-hangzhou", _shell.Text("$us.AccountId")), ((string)first.RegionId, (string)first.ContextAccountId));
        Assert.Equal("2.0.0", _shell.Text("$second = New-EcsImageComponent tools 'RUN yum install -y git jq'; $second.Version"));
        Assert.Equal("2.1.0", _shell.Text("(New-EcsImageComponent tools 'RUN yum install -y jq' -Version 2.1.0 -ComponentType Test).Version"));

        var id = (string)first.ImageComponentId;
        foreach (var way in (string[])["Get-EcsImageComponent $first.ImageComponentId", "$first | Get-EcsImageComponent", "$first.ImageComponentId | Get-EcsImageComponent",
            "Get-EcsImageComponent -Name tools -Version 1.*", "Get-EcsImageComponent -Name to* -Tag @{ team = 'web' }", "[pscustomobject]@{ ImageComponentId = $first.ImageComponentId; RegionId = $first.RegionId } | Get-EcsImageComponent"])
            Assert.Equal(id, Assert.Single(_shell.Run(way)).ImageComponentId);
        Assert.Equal(3, _shell.Run("Get-EcsImageComponent -Name tools").Count);
        Assert.Equal("2.1.0", _shell.Text("(Get-EcsImageComponent -Name tools -ComponentType Test).Version"));
        Assert.Empty(_shell.Run("Get-EcsImageComponent -Name none*; Get-EcsImageComponent -RegionId cn-beijing; Get-EcsImageComponent -SystemType Windows"));
    }

    [Fact]
    public void A_version_that_exists_is_an_error_that_says_that_nothing_is_modified()
    {
        _shell.Run("$null = New-EcsImageComponent once 'RUN true' -Version 1.2.3");
        var error = _shell.Error("New-EcsImageComponent once 'RUN false' -Version 1.2.3");
        Assert.Equal(("InvalidComponentVersion.Exist", ErrorCategory.ResourceExists), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains("No call modifies a component", error.Advice(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_a_component_of_its_name_and_a_ClientToken_makes_no_second_version()
    {
        var file = Path.Combine(_shell.Folder, "from-file.component");
        File.WriteAllText(file, "# the web server\r\nRUN yum install -y nginx\r\n");
        Assert.Equal("from-file", _shell.Text($"([IO.FileInfo]'{file}' | New-EcsImageComponent -ClientToken nightly).Name"));
        _shell.Run($"$null = New-EcsImageComponent -Path '{file}' -ClientToken nightly");
        Assert.Equal("1.0.0", _shell.Text("(Get-EcsImageComponent -Name from-file).Version"));
    }

    [Fact]
    public void Several_files_are_as_many_components_under_one_ClientToken()
    {
        string[] files = [.. ((string[])["one", "two"]).Select(n => Path.Combine(_shell.Folder, $"several-{n}.component"))];
        foreach (var file in files) File.WriteAllText(file, $"RUN echo {file}\n");
        var create = $"[IO.FileInfo]'{files[0]}', [IO.FileInfo]'{files[1]}' | New-EcsImageComponent -ClientToken several";
        var first = _shell.Run(create);
        Assert.Equal(["several-one", "several-two"], first.Select(static c => (string)c.Name));
        Assert.Equal(first.Select(static c => (string)c.ImageComponentId), _shell.Run(create).Select(static c => (string)c.ImageComponentId));
    }

    [Fact]
    public void Every_mistake_is_an_error_with_file_line_column_and_remedy_and_nothing_is_made()
    {
        var file = Path.Combine(_shell.Folder, "wrong.component");
        File.WriteAllText(file, "RUN yum install -y nginx\n  RUNN true\nWORKDIR\nCOMPONENT ic-1\n");
        var run = _shell.Try($"New-EcsImageComponent -Path '{file}'");
        Assert.Empty(run.Output);
        Assert.Equal(["InvalidImageTemplateCommand.NotSupported", "EmptyCommandContent.WORKDIR", "InvalidCommand.Component"], run.Errors.Select(static e => e.Code()));
        Assert.Equal([$"{file}, line 2, column 3: ", $"{file}, line 3, column 1: ", $"{file}, line 4, column 1: "], run.Errors.Select(static e => e.Text()[..(e.Text().IndexOf(": ", StringComparison.Ordinal) + 2)]));
        Assert.All(run.Errors, static e => Assert.Equal((ErrorCategory.ParserError, true), (e.CategoryInfo.Category, e.Advice().Length > 0)));
        Assert.Empty(_shell.Run("Get-EcsImageComponent -Name wrong"));
    }

    [Fact]
    public void WhatIf_shows_the_commands_and_makes_nothing()
    {
        var said = _shell.Host.Lines.Count;
        Assert.Empty(_shell.Run("New-EcsImageComponent shown \"RUN yum install -y git`nENV A=`\"1`\"\" -WhatIf"));
        var text = string.Join('\n', _shell.Host.Lines.Skip(said));
        foreach (var part in (string[])["What if: ", "shown, next major version in cn-hangzhou", "1  RUN yum install -y git", "2  ENV A=\"1\""]) Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.Empty(_shell.Run("Get-EcsImageComponent -Name shown"));
    }

    [Fact]
    public void What_a_pipeline_uses_is_not_removed_and_the_error_and_WhatIf_name_the_pipeline()
    {
        _shell.Run("$used = New-EcsImageComponent used 'RUN true'; $pipeline = New-EcsImagePipeline user -ImageId $image.ImageId -ImageComponentId $used");
        var error = _shell.Error("$used | Remove-EcsImageComponent -Confirm:$false");
        Assert.Equal(("InvalidImageComponent.InUse", ErrorCategory.ResourceBusy), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains(_shell.Text("\"used by the pipeline user ($pipeline)\""), error.Text(), StringComparison.Ordinal);
        Assert.Contains("Remove-EcsImagePipeline", error.Advice(), StringComparison.Ordinal);
        var said = _shell.Host.Lines.Count;
        _shell.Run("$used | Remove-EcsImageComponent -WhatIf");
        Assert.Contains("used by the pipeline user (ip-", string.Join('\n', _shell.Host.Lines.Skip(said)), StringComparison.Ordinal);
        _shell.Run("$pipeline | Remove-EcsImagePipeline -Confirm:$false; $used | Remove-EcsImageComponent -Confirm:$false");
        Assert.Empty(_shell.Run("Get-EcsImageComponent -Name used"));
    }

    [Theory]
    [InlineData("Get-EcsImageComponent ic-missing", "InvalidImageComponent.NotFound", ErrorCategory.ObjectNotFound, "Get-EcsImageComponent -AllRegion")]
    [InlineData("Remove-EcsImageComponent ic-missing -Confirm:$false", "InvalidImageComponent.NotFound", ErrorCategory.ObjectNotFound, "Get-EcsImageComponent -AllRegion")]
    [InlineData("Remove-EcsImageComponent 'ic-*' -Confirm:$false", "InvalidId", ErrorCategory.InvalidArgument, "-Name")]
    [InlineData("New-EcsImageComponent -Path ./none.component", "FileNotFound", ErrorCategory.ObjectNotFound, "")]
    [InlineData("New-EcsImageComponent xx 'RUN true' -Version one", "InvalidParameter.ComponentVersion", ErrorCategory.InvalidArgument, "")]
    public void What_is_wrong_is_one_error_that_says_what_to_do(string script, string code, ErrorCategory category, string advice)
    {
        var error = _shell.Error(script);
        Assert.Equal((code, category), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains(advice, error.Advice(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_cannot_ask_removes_nothing()
    {
        _shell.Run("$kept = New-EcsImageComponent kept 'RUN true'");
        Assert.Equal("ConfirmationRequired", _shell.Error("$kept | Remove-EcsImageComponent").Code());
        Assert.Single(_shell.Run("$kept | Get-EcsImageComponent"));
        Assert.Equal("ParameterArgumentTransformationError", _shell.Error("Remove-EcsImageComponent $image -Confirm:$false").Code());
    }

    [Fact]
    public void Tab_offers_components_kinds_and_systems()
    {
        _shell.Run("$offered = New-EcsImageComponent offered 'RUN true'");
        Assert.Contains(_shell.Text("$offered.ImageComponentId"), _shell.Complete("Get-EcsImageComponent offe"));
        Assert.Contains(_shell.Text("$offered.ImageComponentId"), _shell.Complete("New-EcsImagePipeline -ImageComponentId ic-"));
        Assert.Equal(["Build", "Test"], _shell.Complete("New-EcsImageComponent -ComponentType "));
        Assert.Equal(["Windows"], _shell.Complete("New-EcsImageComponent -SystemType W"));
    }
}
