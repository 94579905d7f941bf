using System.Reflection;

namespace EcsImages.Benchmarks;

/// <summary>Programs of the same build, which run as processes of their own.</summary>
internal static class BuiltPrograms
{
    public static string Emulator => Of("Emulator");

    public static string OssDriver => Of("OssDriver");

    private static string Of(string name) =>
        typeof(BuiltPrograms).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == name).Value!;
}
