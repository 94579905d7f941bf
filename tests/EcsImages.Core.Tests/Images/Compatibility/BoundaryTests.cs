using EcsImages.Core.Images.Compatibility;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilityVerdict;

namespace EcsImages.Core.Tests.Images.Compatibility;

/// <summary>The boundaries of the rules; each row names the rule of the collected service rules that it is about.</summary>
public sealed class BoundaryTests
{
    [Theory]
    // Rule 17: 32-bit strictly below 4 GiB.
    [InlineData(17, "i386", 3.9, Compatible, null)]
    [InlineData(17, "i386", 4.0, Incompatible, "The type has 4 GiB of memory; a 32-bit system needs less than 4 GiB.")]
    [InlineData(17, "i386", 4.1, Incompatible, "The type has 4.1 GiB of memory; a 32-bit system needs less than 4 GiB.")]
    // Rule 18: 64-bit below 4 GiB starts, with a warning.
    [InlineData(18, "x86_64", 3.9, CompatibleWithWarnings, "The type has 3.9 GiB of memory; a 64-bit system starts on it, and is advised 4 GiB or more.")]
    [InlineData(18, "x86_64", 4.0, Compatible, null)]
    [InlineData(18, "x86_64", 4.1, Compatible, null)]
    [InlineData(18, "x86_64", 0.5, CompatibleWithWarnings, "The type has 0.5 GiB of memory; a 64-bit system starts on it, and is advised 4 GiB or more.")]
    public void Memory_by_bitness(int rule, string architecture, double memory, EcsCompatibilityVerdict verdict, string? reason)
    {
        var judged = Sample.Judge(Sample.Image with { Architecture = architecture }, Sample.Type with { MemoryGiB = memory });
        Assert.Equal((verdict, reason), (judged.Verdict, judged.Reason));
        if (reason is not null) Assert.Equal(rule == 17 ? "Memory32Bit" : "Memory64Bit", judged.Problems[0].Id);
    }

    [Theory]
    // Rule 17: 32-bit Windows on at most 4 vCPUs; other systems know no such limit.
    [InlineData("i386", "windows", 4, true)]
    [InlineData("i386", "windows", 5, false)]
    [InlineData("i386", "linux", 5, true)]
    [InlineData("x86_64", "windows", 5, true)]
    public void Cores_of_32_bit_Windows(string architecture, string os, int cores, bool starts)
    {
        var type = Sample.Type with { MemoryGiB = architecture == "i386" ? 3.9 : 8, CpuCoreCount = cores };
        var judged = Sample.Judge(Sample.Image with { Architecture = architecture, OSType = os }, type);
        Assert.Equal(starts, judged.Verdict is Compatible);
        Assert.Equal(starts ? null : "The type has 5 vCPUs; 32-bit Windows runs on 4 at the most.", judged.Reason);
    }

    [Theory]
    // Rule 19: below 1 GiB Linux only; 2012 and later are advised 2 GiB.
    [InlineData("windows", "Windows Server 2022", 0.9, "Blocks")]
    [InlineData("windows", "Windows Server 2008", 0.9, "Blocks")]
    [InlineData("windows", "Windows Server 2022", 1.0, "Warns")]
    [InlineData("windows", "Windows Server 2012", 1.9, "Warns")]
    [InlineData("windows", "Windows Server 2008", 1.0, null)]
    [InlineData("windows", "Windows Server 2022", 2.0, null)]
    [InlineData("linux", "Ubuntu", 0.5, null)]
    public void Memory_of_Windows(string os, string platform, double memory, string? severity)
    {
        var rule = Sample.Judge(Sample.Image with { OSType = os, Platform = platform }, Sample.Type with { MemoryGiB = memory }).Rule("WindowsMemory");
        Assert.Equal(severity is null ? EcsCompatibilityFinding.Passed : EcsCompatibilityFinding.Violated, rule.Finding);
        if (severity is not null) Assert.Equal(severity, rule.Severity.ToString());
    }

    [Theory]
    // Rule 20: arm64 on ARM; x86_64 and i386 on X86.
    [InlineData("arm64", "ARM", true)]
    [InlineData("arm64", "X86", false)]
    [InlineData("x86_64", "X86", true)]
    [InlineData("x86_64", "ARM", false)]
    [InlineData("i386", "X86", true)]
    [InlineData("i386", "ARM", false)]
    public void Architectures(string image, string type, bool starts)
    {
        var judged = Sample.Judge(Sample.Image with { Architecture = image }, Sample.Type with { CpuArchitecture = type, MemoryGiB = image == "i386" ? 2 : 8 });
        Assert.Equal(starts, judged.Verdict is Compatible);
        Assert.Equal(starts ? EcsCompatibilityFinding.Passed : EcsCompatibilityFinding.Violated, judged.Rule("Architecture").Finding);
    }

    [Theory]
    // Rule 26: each pair of boot modes, and how an instance boots.
    [InlineData("UEFI", "UEFI", "UEFI")]
    [InlineData("UEFI-Preferred", "UEFI", "UEFI")]
    [InlineData("BIOS", "UEFI", null)]
    [InlineData("BIOS", "BIOS", "BIOS")]
    [InlineData("UEFI-Preferred", "BIOS", "BIOS")]
    [InlineData("UEFI", "BIOS", null)]
    [InlineData("BIOS", "BIOS UEFI", "BIOS")]
    [InlineData("UEFI", "BIOS UEFI", "UEFI")]
    [InlineData("UEFI-Preferred", "BIOS UEFI", "UEFI")]
    [InlineData("UEFI-Preferred", "UEFI BIOS", "UEFI")]
    public void Boot_modes(string image, string type, string? boots)
    {
        var judged = Sample.Judge(Sample.Image with { BootMode = image }, Sample.Booting(type));
        Assert.Equal((boots is null ? Incompatible : Compatible, boots), (judged.Verdict, judged.ResultingBootMode));
        Assert.Equal(boots is null ? $"The image boots by {image}, the type by {type} only." : null, judged.Reason);
    }

    [Theory]
    // Rule 34: a type that requires NVMe takes only images that support it.
    [InlineData("required", "supported", true)]
    [InlineData("required", "unsupported", false)]
    [InlineData("unsupported", "supported", true)]
    [InlineData("unsupported", "unsupported", true)]
    [InlineData("supported", "unsupported", true)]
    public void Nvme(string type, string image, bool starts) =>
        Assert.Equal(starts, Sample.Judge(Sample.Image with { NvmeSupport = image }, Sample.Type with { NvmeSupport = type }).Verdict is Compatible);

    [Theory]
    // Rules 12 and 82: Available launches, Deprecated still does, nothing else.
    [InlineData("Available", Compatible)]
    [InlineData("Deprecated", CompatibleWithWarnings)]
    [InlineData("Creating", Incompatible)]
    [InlineData("Waiting", Incompatible)]
    [InlineData("UnAvailable", Incompatible)]
    [InlineData("CreateFailed", Incompatible)]
    public void Status(string status, EcsCompatibilityVerdict verdict) => Assert.Equal(verdict, Sample.Judge(Sample.Image with { Status = status }).Verdict);

    [Theory]
    // Rules 37 and 38: the sizes of each category, and never below the image.
    [InlineData(null, null, 40, true)]
    [InlineData(null, null, 39, false)]
    [InlineData(null, null, 2048, true)]
    [InlineData(null, null, 2049, false)]
    [InlineData("cloud", null, 500, true)]
    [InlineData("cloud", null, 501, false)]
    [InlineData("cloud_essd", "PL0", 40, true)]
    [InlineData("cloud_essd", "PL2", 460, false)]
    [InlineData("cloud_essd", "PL2", 461, true)]
    [InlineData("cloud_essd", "PL3", 1260, false)]
    [InlineData("cloud_essd", "PL3", 1261, true)]
    [InlineData("cloud_essd", "PL2", null, false)]
    [InlineData("cloud_auto", null, null, true)]
    public void System_disk_sizes(string? category, string? level, int? size, bool fits)
    {
        var question = Sample.Question with { SystemDiskCategory = category, PerformanceLevel = level, SystemDiskSizeGiB = size };
        Assert.Equal(fits, Sample.Judge(question: question).Verdict is Compatible);
        // A small image: then the category's own least size counts.
        if (category == "cloud_essd") Assert.Equal(level is "PL0", Sample.Judge(Sample.Image with { SizeGiB = 5 }, question: question with { SystemDiskSizeGiB = 19 }).Verdict is Compatible);
    }

    [Fact]
    // Rule 37: the default size is the image's, at least 40 GiB; a cloud disk has at most 500.
    public void A_large_image_does_not_go_on_a_small_category_by_default() =>
        Assert.Equal("A system disk of cloud has 500 GiB at the most; 600 GiB is more.",
            Sample.Judge(Sample.Image with { SizeGiB = 600 }, question: Sample.Question with { SystemDiskCategory = "cloud" }).Reason);

    [Theory]
    // Rule 35: NVMe disks are ESSD or AutoPL.
    [InlineData("required", "cloud_essd", true)]
    [InlineData("required", "cloud_auto", true)]
    [InlineData("required", "cloud_efficiency", false)]
    [InlineData("required", "cloud_ssd", false)]
    [InlineData("unsupported", "cloud_efficiency", true)]
    public void Disk_categories(string nvme, string category, bool fits) =>
        Assert.Equal(fits, Sample.Judge(type: Sample.Type with { NvmeSupport = nvme }, question: Sample.Question with { SystemDiskCategory = category }).Verdict is Compatible);
}
