using EcsImages.Core.Building;
using static EcsImages.Core.Tests.Building.Reading;

namespace EcsImages.Core.Tests.Building;

public sealed class CommandsTests
{
    public static TheoryData<string> WithContent => ["RUN", "COPY", "ENV", "WORKDIR", "USER", "LABEL", "CMD", "ENTRYPOINT"];

    [Theory]
    [MemberData(nameof(WithContent))]
    public void A_command_without_content_has_its_own_code(string keyword)
    {
        AssertProblem("EmptyCommandContent." + keyword, 2, 2, $"RESTART\n {keyword} \t");
        AssertProblem("EmptyCommandContent." + keyword, 1, 1, keyword.ToLowerInvariant(), BuildContentUse.Component);
        AssertProblem("EmptyCommandContent." + keyword, 1, 1, keyword, BuildContentUse.Test);
    }

    [Theory]
    [InlineData("RESTART now", 9)]
    [InlineData("RESTART   # at once", 11)]
    public void RESTART_takes_nothing(string text, int column) => AssertProblem("NotEmptyCommandContent.RESTART", 1, column, text);

    [Theory]
    [InlineData("RUNN echo", "Did you mean RUN?")]
    [InlineData("COYP a b", "Did you mean COPY?")]
    [InlineData("ENTRYPIONT a", "Did you mean ENTRYPOINT?")]
    [InlineData("RUNecho a", "Did you mean RUN?")]
    [InlineData("CMD[\"a\"]", "Did you mean CMD?")]
    [InlineData("ADD a /b", "COPY")]
    [InlineData("arg a=b", "ENV")]
    [InlineData("REBOOT", "RESTART")]
    [InlineData("EOF", "end the line before with \\")]
    public void A_command_that_there_is_not_gets_a_proposal(string text, string proposal) =>
        Assert.Contains(proposal, AssertProblem("InvalidImageTemplateCommand.NotSupported", 1, 1, text).Remedy);

    [Fact]
    public void What_a_use_does_not_have_is_not_proposed()
    {
        var remedy = AssertProblem("InvalidImageTemplateCommand.NotSupported", 1, 1, "COMPONANT ic-1", BuildContentUse.Component).Remedy;

        Assert.DoesNotContain("COMPONENT", remedy);
        Assert.DoesNotContain("FROM", AssertProblem("InvalidImageTemplateCommand.NotSupported", 1, 1, "FORM IMAGE:m-1", BuildContentUse.Test).Remedy);
    }

    [Theory]
    [InlineData("ENV home /srv", "home", "/srv")]
    [InlineData("ENV greeting hello  big world", "greeting", "hello  big world")]
    [InlineData("ENV greeting \"hello world\"", "greeting", "hello world")]
    [InlineData("ENV greeting \"hello\" world", "greeting", "\"hello\" world")]
    [InlineData("ENV opts -Da=b", "opts", "-Da=b")]
    [InlineData("ENV a=\"b c\"", "a", "b c")]
    [InlineData("ENV a=\"\"", "a", "")]
    [InlineData("ENV a=\"say \\\"hi\\\" \\$x \\n\"", "a", "say \"hi\" $x \\n")]
    [InlineData("ENV a=\"it's # fine\"", "a", "it's # fine")]
    public void ENV_takes_both_forms(string text, string name, string value) => Assert.Equal([new BuildPair(name, value)], Command(text).Pairs);

    [Theory]
    [InlineData("ENV a", 5)]
    [InlineData("ENV a=b", 7)]
    [InlineData("ENV a='b'", 7)]
    [InlineData("ENV a=", 7)]
    [InlineData("ENV a=\"/x\":$PATH", 7)]
    [InlineData("ENV a=\"1\" b=2 c=\"3\"", 13)]
    [InlineData("ENV a=\"1\" b c=\"3\"", 11)]
    [InlineData("ENV a=\"1\" = c=\"3\"", 11)]
    [InlineData("ENV a=\"b", 7)]
    [InlineData("ENV a \"b", 7)]
    [InlineData("ENV =\"b\"", 5)]
    [InlineData("ENV 1a=\"b\"", 5)]
    [InlineData("ENV a = \"b\"", 7)]
    [InlineData("ENV $a b", 5)]
    public void ENV_that_cannot_be_read_is_placed(string text, int column) => AssertProblem("InvalidCommandContent.ENV", 1, column, text);

    [Fact]
    public void LABEL_takes_values_with_and_without_quotes()
    {
        Assert.Equal([new("a", "1"), new("b.c", "2 3"), new("d", "4")], Command("LABEL a=1 b.c=\"2 3\" d='4'").Pairs);
        Assert.Equal([new BuildPair("maintainer", "the image team")], Command("LABEL maintainer the image team").Pairs);
    }

    [Theory]
    [InlineData(nameof(BuildContentUse.Template), "InvalidParameter.BuildContent")]
    [InlineData(nameof(BuildContentUse.Component), "InvalidParameter.Content")]
    [InlineData(nameof(BuildContentUse.Test), "InvalidParameter.TestContent")]
    public void LABEL_has_no_code_of_its_own_and_takes_that_of_the_parameter(string use, string code) =>
        AssertProblem(code, 1, 9, "LABEL a=\"b", Enum.Parse<BuildContentUse>(use));

    [Theory]
    [InlineData("COPY https://example.com/a.tar.gz /opt", "https://example.com/a.tar.gz", "/opt")]
    [InlineData("COPY a b /opt", "a|b", "/opt")]
    [InlineData("COPY \"my file\" '/my dir'", "my file", "/my dir")]
    [InlineData("COPY my\\ file /opt", "my file", "/opt")]
    [InlineData("COPY [\"my file\", \"/my dir\"]", "my file", "/my dir")]
    [InlineData("COPY /srv/what? /opt", "/srv/what?", "/opt")]
    public void COPY_tells_sources_from_destination(string text, string sources, string destination)
    {
        var command = Command(text);

        Assert.Equal(sources.Split('|'), command.Sources);
        Assert.Equal(destination, command.Destination);
    }

    [Theory]
    [InlineData("COPY a", 7)]
    [InlineData("COPY https://example.com/a?b=c /opt", 6)]
    [InlineData("COPY --chown=a b /c", 6)]
    [InlineData("COPY a https://example.com/", 8)]
    [InlineData("COPY a /b # why", 11)]
    [InlineData("COPY \"a /b", 6)]
    [InlineData("COPY \"\" /b", 6)]
    [InlineData("COPY [\"a\"]", 11)]
    [InlineData("COPY [\"a\" \"b\"]", 11)]
    public void COPY_that_cannot_be_read_is_placed(string text, int column) =>
        Assert.Contains(("InvalidCommandContent.COPY", 1, column), Read(text).Problems.Select(static p => (p.Code, p.Line, p.Column)));

    [Theory]
    [InlineData("CMD")]
    [InlineData("ENTRYPOINT")]
    public void CMD_and_ENTRYPOINT_take_an_array_or_a_command(string keyword)
    {
        Assert.Equal(["a", "b \"c\"\\/\n\u00e9"], Command(keyword + " [ \"a\" ,\t\"b \\\"c\\\"\\\\\\/\\n\\u00e9\" ] ").Exec);
        Assert.Null(Command(keyword + " nginx -g 'daemon off;'").Exec);
        Assert.Null(Command(keyword + " [ -f /etc/x ] && start").Exec);
    }

    [Theory]
    [InlineData("CMD []", 6)]
    [InlineData("CMD ['a']", 6)]
    [InlineData("CMD [\"a\"", 9)]
    [InlineData("CMD [\"a\",]", 10)]
    [InlineData("CMD [\"a\" \"b\"]", 10)]
    [InlineData("CMD [\"a]", 6)]
    [InlineData("CMD [\"a\", b]", 11)]
    [InlineData("CMD [\"a\"] x", 11)]
    [InlineData("CMD [\"\\q\"]", 7)]
    [InlineData("CMD [\"\\u12\"]", 7)]
    [InlineData("CMD [\"a\\\"]", 6)]
    public void An_array_that_is_none_is_placed(string text, int column)
    {
        AssertProblem("InvalidCommandContent.CMD", 1, column, text);
        AssertProblem("InvalidCommandContent.ENTRYPOINT", 1, column + 7, text.Replace("CMD", "ENTRYPOINT"));
    }

    [Theory]
    [InlineData("USER admin team", "InvalidCommandContent.USER", 12)]
    [InlineData("USER \"admin", "InvalidCommandContent.USER", 6)]
    [InlineData("WORKDIR /my dir", "InvalidCommandContent.WORKDIR", 13)]
    public void USER_and_WORKDIR_take_one_word(string text, string code, int column) => AssertProblem(code, 1, column, text);

    [Fact]
    public void WORKDIR_may_have_blanks_in_quotes() => Assert.Equal("\"/my dir\"", Command("WORKDIR \"/my dir\"").Argument);
}
