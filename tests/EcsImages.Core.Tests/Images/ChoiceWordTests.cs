using EcsImages.Core.Images;

namespace EcsImages.Core.Tests.Images;

public sealed class ChoiceWordTests
{
    [Theory]
    [InlineData("Windows applications", "Windows Server")]
    [InlineData("Enterprise web", "Windows Server")]
    [InlineData("SQL Server", "Windows Server")]
    [InlineData("File and print", "Windows Server")]
    [InlineData("CentOS compatible", "Alibaba Cloud Linux")]
    [InlineData("Open source", "Anolis OS")]
    [InlineData("Red Hat support", "Red Hat Enterprise Linux")]
    [InlineData("Legacy CentOS", "CentOS")]
    public void Rule_15_each_workload_has_its_system(string name, string os)
    {
        var row = Workloads.All.Single(w => w.Name == name);
        Assert.Equal(os, row.OperatingSystems[0]);
        Assert.All(row.OperatingSystems, static o => Assert.Contains(Lifecycles.All, l => l.OS == o));
        Assert.Equal(name == "Legacy CentOS", row.IsLegacy);
        Assert.True(row.Reason.Length > 0 && row.Source.Length > 0);
    }

    [Theory]
    [InlineData("sql server", "SQL Server")]
    [InlineData("SQL-Server", "SQL Server")]
    [InlineData("mssql", "SQL Server")]
    [InlineData("a file server for the office", "File and print")]
    [InlineData("IIS", "Enterprise web")]
    [InlineData("asp.net", "Enterprise web")]
    [InlineData("active directory", "Windows applications")]
    [InlineData("docker", "CentOS compatible")]
    [InlineData("we migrate from CentOS", "CentOS compatible")]
    [InlineData("centos", "Legacy CentOS")]
    [InlineData("rhel", "Red Hat support")]
    [InlineData("open-source", "Open source")]
    [InlineData("quantum gravity", null)]
    [InlineData("", null)]
    [InlineData(" - ", null)]
    public void Rule_15_a_workload_is_found_by_what_people_type(string said, string? name) => Assert.Equal(name, Workloads.Find(said)?.Name);

    [Theory]
    [InlineData("Clean OS", EcsImageType.Public)]
    [InlineData("clean", EcsImageType.Public)]
    [InlineData("Own environment", EcsImageType.Custom)]
    [InlineData("my software", EcsImageType.Custom)]
    [InlineData("golden image", EcsImageType.Custom)]
    [InlineData("Application stack", EcsImageType.Marketplace)]
    [InlineData("LAMP", EcsImageType.Marketplace)]
    [InlineData("a ready-made application", EcsImageType.Marketplace)]
    public void Rule_16_a_need_has_its_kind_of_image(string said, EcsImageType kind) => Assert.Equal(kind, Needs.Find(said)?.ImageType);

    [Fact]
    public void Rules_15_and_16_no_word_means_two_things()
    {
        var workloads = Workloads.All.SelectMany(static w => w.Words.Append(w.Name)).ToArray();
        Assert.Equal(workloads.Length, workloads.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        var needs = Needs.All.SelectMany(static n => n.Words.Append(n.Name)).ToArray();
        Assert.Equal(needs.Length, needs.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(Workloads.All, static w => Assert.All(w.Words, word => Assert.Same(w, Workloads.Find(word))));
        Assert.All(Needs.All, static n => Assert.All(n.Words, word => Assert.Same(n, Needs.Find(word))));
    }
}
