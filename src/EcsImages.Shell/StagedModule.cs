namespace EcsImages.Shell;

/// <summary>The module that the shell imports: the one that the build staged, unless ECSIMAGE_MODULE names another.</summary>
internal static class StagedModule
{
    public const string Variable = "ECSIMAGE_MODULE";

    /// <summary>The manifest's path.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            var manifest = Path.GetFullPath(Directory.Exists(named) ? Path.Combine(named, "EcsImage.psd1") : named);
            return File.Exists(manifest) ? manifest
                : throw new FileNotFoundException($"{Variable} names {manifest}, which is not there.");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var manifest = Path.Combine(folder.FullName, "out", "EcsImage", "EcsImage.psd1");
            if (File.Exists(manifest)) return manifest;
        }

        throw new FileNotFoundException(
            $"No out/EcsImage/EcsImage.psd1 in any folder above {AppContext.BaseDirectory}. Run 'dotnet build', or let {Variable} name the manifest.");
    }
}
