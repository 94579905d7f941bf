using System.Globalization;

namespace EcsImages.Core.Building;

/// <summary>One thing that is wrong with a build text.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in UTF-16 units; one past the line's end where something is missing there.</param>
/// <param name="Code">The service's own error code.</param>
/// <param name="Message">What is wrong, with the words of the text that it is about.</param>
/// <param name="Remedy">What to write instead.</param>
internal sealed record BuildProblem(int Line, int Column, string Code, string Message, string Remedy)
{
    /// <summary>Place, fault and remedy in one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column}: {Message} {Remedy}");
}
