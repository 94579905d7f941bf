using EcsImages.Core.Building;
using static EcsImages.Core.Tests.Building.Reading;

namespace EcsImages.Core.Tests.Building;

public sealed class LinesTests
{
    [Fact]
    public void A_command_goes_on_after_a_backslash()
    {
        var command = Command("RUN yum install -y nginx && \\\n    systemctl enable nginx");

        Assert.Equal("yum install -y nginx &&     systemctl enable nginx", command.Argument);
        Assert.Equal((1, 1), (command.Line, command.Column));
    }

    [Theory]
    [InlineData("RUN a \\\n# about b\nb", "a b")]
    [InlineData("RUN a \\\n   # about b, too\nb", "a b")]
    [InlineData("RUN a \\\n\n \t\nb", "a b")]
    [InlineData("RUN a \\  \t\nb", "a b")]
    [InlineData("RUN a \\\\\nRESTART", "a \\\\")]
    [InlineData("RUN echo '# not a comment'", "echo '# not a comment'")]
    [InlineData("RUN echo # not a comment here", "echo # not a comment here")]
    [InlineData("\\\nRUN a", "a")]
    [InlineData("RUN \\\n\\\na", "a")]
    public void Comments_and_blank_lines_are_no_part_of_a_command(string text, string argument) =>
        Assert.Equal(argument, Read(text).Commands[0].Argument);

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Both_line_ends_give_the_same(string end)
    {
        var content = Read(string.Join(end, "# top", "", "RUN a;\\", "b", "  COPY x /y", "BAD"));

        Assert.Equal(["RUN a;b", "COPY x /y"], content.Commands.Select(static c => c.ToString()));
        Assert.Equal([(3, 1), (5, 3)], content.Commands.Select(static c => (c.Line, c.Column)));
        Assert.Equal((6, 1), (content.Problems[0].Line, content.Problems[0].Column));
    }

    [Fact]
    public void A_byte_order_mark_is_no_column() => Assert.Equal((1, 1), (Command("\uFEFFRUN a").Line, Command("\uFEFFRUN a").Column));

    [Fact]
    public void Tabs_separate_and_indent()
    {
        var command = Command("\t COPY\ta\t \t/b \t");

        Assert.Equal((1, 3), (command.Line, command.Column));
        Assert.Equal(["a"], command.Sources);
        Assert.Equal("/b", command.Destination);
    }

    [Theory]
    [InlineData("run echo a")]
    [InlineData("Run echo a")]
    public void A_keyword_may_be_in_any_case(string text) => Assert.Equal("RUN echo a", Command(text).ToString());

    [Fact]
    public void Text_outside_ASCII_is_kept() => Assert.Equal("echo 构建 🚀", Command("RUN echo 构建 🚀").Argument);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# nothing yet")]
    [InlineData("\uFEFF")]
    public void A_template_may_be_empty_and_a_component_may_not(string text)
    {
        Assert.Empty(Read(text).Problems);
        Assert.Empty(Read(text).Commands);
        AssertProblem("MissingParameter.Content", 1, 1, text, BuildContentUse.Component);
    }

    [Theory]
    [InlineData("RUN a \\", 1, 7, "InvalidCommandContent.RUN")]
    [InlineData("RUN a \\\n", 1, 7, "InvalidCommandContent.RUN")]
    [InlineData("RUN a \\\n b \\ \n# end", 2, 4, "InvalidCommandContent.RUN")]
    [InlineData("LABEL a=\"b\" \\", 1, 13, "InvalidParameter.BuildContent")]
    [InlineData("  \\", 1, 3, "InvalidParameter.BuildContent")]
    public void A_backslash_at_the_end_of_the_text_is_reported(string text, int line, int column, string code) => AssertProblem(code, line, column, text);

    [Theory]
    [InlineData("RUN a\0b", 1, 6, "U+0000")]
    [InlineData("RUN a\nRUN \u001b[1m", 2, 5, "U+001B")]
    [InlineData("# \u0007", 1, 3, "U+0007")]
    [InlineData("RUN a\rRUN b", 1, 6, "U+000D")]
    [InlineData("RUN a\u0085b", 1, 6, "U+0085")]
    public void Characters_that_no_text_should_have_are_reported_once_a_line(string text, int line, int column, string named) =>
        Assert.Contains(named, AssertProblem("InvalidParameter.BuildContent", line, column, text).Message);

    [Fact]
    public void Halves_of_characters_are_reported()
    {
        Assert.Contains("U+D800", AssertProblem("InvalidParameter.BuildContent", 1, 6, "RUN a\ud800b").Message);
        Assert.Contains("U+DC00", AssertProblem("InvalidParameter.BuildContent", 1, 7, "RUN 🚀\udc00").Message);
        Assert.Contains("U+D800", AssertProblem("InvalidParameter.BuildContent", 2, 5, "RUN 🚀\nRUN \ud800").Message);
    }

    [Fact]
    public void A_message_shows_what_cannot_be_seen() => Assert.Contains(@"RUN\u00A0echo", Problem("RUN\u00a0echo").Message);

    [Fact]
    public void All_problems_are_told_in_the_order_of_the_text()
    {
        var content = Read("USER\nRUN a\nCOPY a\nNONSENSE x\nRESTART now\nENV\nRUN");

        Assert.Equal(
            ["EmptyCommandContent.USER", "InvalidCommandContent.COPY", "InvalidImageTemplateCommand.NotSupported", "NotEmptyCommandContent.RESTART", "EmptyCommandContent.ENV", "EmptyCommandContent.RUN"],
            content.Problems.Select(static p => p.Code));
        Assert.Equal([(1, 1), (3, 7), (4, 1), (5, 9), (6, 1), (7, 1)], content.Problems.Select(static p => (p.Line, p.Column)));
        Assert.StartsWith("line 3, column 7: COPY has a source and no destination. Write COPY", content.Problems[1].ToString());
    }

    [Fact]
    public void A_problem_in_a_later_line_of_a_command_is_placed_there() =>
        AssertProblem("InvalidCommandContent.ENV", 3, 5, "ENV a=\"1\" \\\n  # second\n  b=2");
}
