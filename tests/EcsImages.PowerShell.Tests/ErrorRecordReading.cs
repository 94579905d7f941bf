using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

internal static class ErrorRecordReading
{
    /// <summary>The part of the error id that scripts branch on.</summary>
    public static string Code(this ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    /// <summary>What a person reads.</summary>
    public static string Text(this ErrorRecord error) => error.ErrorDetails?.Message ?? error.Exception.Message;

    public static string Advice(this ErrorRecord error) => error.ErrorDetails?.RecommendedAction ?? "";
}
