namespace EcsImages.Local.Tests.Contents;

/// <summary>Skipped, saying so, where one of the programs is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithToolsAttribute : TheoryAttribute
{
    public TheoryWithToolsAttribute(params string[] tools)
    {
        var missing = tools.Where(static t => Tool.Find(t) is null).ToArray();
        if (missing.Length > 0) Skip = $"Not installed: {string.Join(", ", missing)} (of e2fsprogs, dosfstools, gdisk, fdisk, util-linux).";
    }
}
