namespace EcsImages.PowerShell.Tests;

internal static class ShellReading
{
    /// <summary>The one result of a script, as text.</summary>
    public static string Text(this TestShell shell, string script) => Assert.Single(shell.Texts(script));

    /// <summary>The results of a script, as texts.</summary>
    public static string[] Texts(this TestShell shell, string script) => [.. shell.Run(script).Select(static o => (string)o.ToString())];
}
