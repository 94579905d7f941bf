using EcsImages.Core.Building;
using static EcsImages.Core.Tests.Building.Reading;

namespace EcsImages.Core.Tests.Building;

public sealed class LimitsTests
{
    private const int Limit = 16 * 1024;

    [Fact]
    public void Sixteen_KiB_are_read_and_a_byte_more_is_reported()
    {
        var text = "RUN echo " + new string('a', Limit - 9);

        Assert.Empty(Read(text).Problems);
        AssertProblem("InvalidBuildContent.LengthExceeded", 1, 1, text + "a");
    }

    [Fact]
    public void The_size_counts_bytes_of_UTF_8()
    {
        var text = "RUN " + new string('构', Limit / 3);

        Assert.True(text.Length < Limit);
        Assert.Contains("16387 bytes", AssertProblem("InvalidBuildContent.LengthExceeded", 1, 1, text).Message);
    }

    [Theory]
    [InlineData(nameof(BuildContentUse.Template), "InvalidBuildContent.LengthExceeded")]
    [InlineData(nameof(BuildContentUse.Component), "InvalidContent.LengthExceeded")]
    [InlineData(nameof(BuildContentUse.Test), "InvalidParameter.TestContent")]
    public void The_line_that_passes_the_limit_is_named_with_the_code_of_the_use(string use, string code)
    {
        // 100 lines of 170 bytes; the 97th passes 16384.
        var text = string.Concat(Enumerable.Repeat("RUN " + new string('b', 164) + "\r\n", 100));

        AssertProblem(code, 97, 1, text, Enum.Parse<BuildContentUse>(use));
    }

    [Fact]
    public void Line_ends_alone_can_pass_the_limit() => AssertProblem("InvalidBuildContent.LengthExceeded", 8193, 1, string.Concat(Enumerable.Repeat("\r\n", Limit / 2)) + "\n");

    [Fact]
    public void YAML_is_measured_and_not_read()
    {
        var yaml = "Tasks:\n  - Name: \"" + new string('x', Limit) + "\n RUN nonsense \0";

        var content = Read(yaml, BuildContentUse.Component);

        Assert.True(content.IsYaml);
        Assert.Empty(content.Commands);
        Assert.Equal(("InvalidContent.LengthExceeded", 2), (Assert.Single(content.Problems).Code, content.Problems[0].Line));
    }

    [Fact]
    public void Command_128_is_one_too_many()
    {
        var text = string.Concat(Enumerable.Repeat("# one\nRUN a\n", 127));

        Assert.Empty(Read(text).Problems);
        AssertProblem("InvalidImageTemplateCommandSize.ExceededMaxNumber", 256, 1, text + "\nRESTART\nRESTART");
    }

    [Theory]
    [InlineData("Tasks:\n  - Name: a")]
    [InlineData("# note\n---\nParameters:\n  a:\n    Type: String\nTasks: []")]
    [InlineData("  Tasks:\n    - Name: a")]
    [InlineData("\"Tasks\":\r\n- Name: a")]
    [InlineData("Version: 1\nTasks:\n  - Name: a")]
    [InlineData("{\"Tasks\": []}")]
    [InlineData("\uFEFFTasks:")]
    public void The_YAML_form_is_told_by_its_keys(string text) => Assert.True(Read(text, BuildContentUse.Component).IsYaml);

    [Theory]
    [InlineData("RUN cat <<EOF\nTasks:\nEOF")]
    [InlineData("Task: a")]
    [InlineData("Version: 1\n  Tasks:")]
    [InlineData("Tasks:a")]
    [InlineData("RUN a")]
    [InlineData("")]
    public void Other_texts_are_not_taken_for_YAML(string text) => Assert.False(Read(text, BuildContentUse.Component).IsYaml);
}
