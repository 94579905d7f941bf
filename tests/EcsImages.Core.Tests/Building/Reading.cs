using EcsImages.Core.Building;

namespace EcsImages.Core.Tests.Building;

/// <summary>Short forms for tests of the build language.</summary>
internal static class Reading
{
    public static BuildContent Read(string text, BuildContentUse use = BuildContentUse.Template) => BuildContentReader.Read(text, use);

    /// <summary>The one command of a text without problems.</summary>
    public static BuildCommand Command(string text)
    {
        var content = Read(text);
        Assert.Empty(content.Problems);
        return Assert.Single(content.Commands);
    }

    /// <summary>The one problem of a text.</summary>
    public static BuildProblem Problem(string text, BuildContentUse use = BuildContentUse.Template) => Assert.Single(Read(text, use).Problems);

    /// <summary>A text has one problem, with this code, at this place.</summary>
    public static BuildProblem AssertProblem(string code, int line, int column, string text, BuildContentUse use = BuildContentUse.Template)
    {
        var problem = Problem(text, use);
        Assert.Equal((code, line, column), (problem.Code, problem.Line, problem.Column));
        Assert.NotEmpty(problem.Message);
        Assert.NotEmpty(problem.Remedy);
        return problem;
    }
}
