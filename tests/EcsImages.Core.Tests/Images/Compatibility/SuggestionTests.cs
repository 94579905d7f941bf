using EcsImages.Core.Images.Compatibility;
using EcsImages.Core.Machines;

namespace EcsImages.Core.Tests.Images.Compatibility;

public sealed class SuggestionTests
{
    // The sample image is x86_64; it is asked for an ARM type of 2 vCPUs and 8 GiB.
    private static readonly EcsInstanceType Wanted = Of("ecs.g8y.large", 2, 8) with { CpuArchitecture = "ARM" };

    [Fact]
    public void The_nearest_come_first_by_size_then_by_family_then_by_generation()
    {
        var offered = new[]
        {
            Of("ecs.r7.large", 2, 16), Of("ecs.g6.large", 2, 8), Of("ecs.g8i.large", 2, 8), Of("ecs.g8i.xlarge", 4, 16), Of("ecs.c8i.large", 2, 4),
            Of("ecs.g8y.xlarge", 4, 16) with { CpuArchitecture = "ARM" }, Wanted,
        };
        var suggestions = TypeSuggestions.For(Sample.Image, Wanted, offered, Sample.Question, 10);
        Assert.Equal(["ecs.g8i.large", "ecs.g6.large", "ecs.c8i.large", "ecs.r7.large", "ecs.g8i.xlarge"], suggestions.Select(static s => s.InstanceType));
        Assert.Equal("same kind and generation, same vCPUs, same memory", suggestions[0].Reason);
        Assert.Equal(2, TypeSuggestions.For(Sample.Image, Wanted, offered, Sample.Question, 2).Count);
    }

    [Fact]
    public void The_same_family_is_nearer_than_another_of_the_same_size_apart()
    {
        var uefi = Of("ecs.g7.large", 2, 8) with { NvmeSupport = "required" };
        var image = Sample.Image with { NvmeSupport = "unsupported" };
        var suggestions = TypeSuggestions.For(image, uefi, [Of("ecs.g6.xlarge", 4, 16), Of("ecs.g7.xlarge", 4, 16)], Sample.Question, 2);
        Assert.Equal(["ecs.g7.xlarge", "ecs.g6.xlarge"], suggestions.Select(static s => s.InstanceType));
    }

    [Fact]
    public void Nobody_is_sent_to_a_GPU_or_bare_metal_for_want_of_it()
    {
        var offered = new[] { Of("ecs.gn7i.large", 2, 8) with { GpuCount = 1 }, Of("ecs.ebmg8i.large", 2, 8), Of("ecs.g7.2xlarge", 8, 32) };
        Assert.Equal("ecs.g7.2xlarge", TypeSuggestions.For(Sample.Image, Wanted, offered, Sample.Question, 1)[0].InstanceType);
    }

    [Fact]
    public void A_suggestion_meets_the_disk_that_was_asked_for()
    {
        var offered = new[] { Of("ecs.g8i.large", 2, 8) with { NvmeSupport = "required" }, Of("ecs.g6.large", 2, 8) };
        var question = Sample.Question with { SystemDiskCategory = "cloud_efficiency" };
        Assert.Equal(["ecs.g6.large"], TypeSuggestions.For(Sample.Image, Wanted, offered, question, 5).Select(static s => s.InstanceType));
    }

    [Fact]
    public void What_keeps_an_image_from_starting_anywhere_leaves_nothing_to_suggest() =>
        Assert.Empty(TypeSuggestions.For(Sample.Image with { Status = "Creating" }, Wanted, [Of("ecs.g6.large", 2, 8)], Sample.Question, 5));

    [Fact]
    public void A_type_whose_size_is_not_known_comes_last()
    {
        var offered = new[] { Of("ecs.g8i.large", 2, 8) with { MemoryGiB = null, CpuCoreCount = null }, Of("ecs.g5.4xlarge", 16, 64) };
        Assert.Equal(["ecs.g5.4xlarge", "ecs.g8i.large"], TypeSuggestions.For(Sample.Image, Wanted, offered, Sample.Question, 5).Select(static s => s.InstanceType));
    }

    [Theory]
    [InlineData("ecs.g8i", "g", 8, "i")]
    [InlineData("ecs.ebmgn7ex", "ebmgn", 7, "ex")]
    [InlineData("ecs.sn1ne", "sn", 1, "ne")]
    [InlineData("ecs.e", "e", null, "")]
    [InlineData(null, "", null, "")]
    public void A_family_is_read_by_its_parts(string? family, string kind, int? generation, string variant)
    {
        Assert.Equal(new InstanceTypeFamily(kind, generation, variant), InstanceTypeFamily.Parse(family));
        Assert.Equal(generation, InstanceTypeFamily.GenerationOf(family));
    }

    private static EcsInstanceType Of(string id, int cores, double memory) => Sample.Type with
    {
        InstanceType = id,
        InstanceTypeFamily = id[..id.LastIndexOf('.')],
        CpuCoreCount = cores,
        MemoryGiB = memory,
    };
}
