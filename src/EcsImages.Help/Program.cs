using System.Management.Automation;
using System.Text;
using System.Xml;
using EcsImages.Help;

// Writes the help of the module's cmdlets: EcsImages.Help MODULE.dll --maml FILE, or --markdown FOLDER. Silent unless it fails.
if (args is not [var module, "--maml" or "--markdown", var target])
{
    Console.Error.WriteLine("EcsImages.Help : error : Say EcsImages.Help MODULE.dll --maml FILE, or --markdown FOLDER.");
    return 2;
}
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
try
{
    var cmdlets = CmdletReader.Read(Path.GetFullPath(module));
    if (args[1] == "--maml") WriteMaml(cmdlets, Path.GetFullPath(target));
    else WriteMarkdown(cmdlets, Path.GetFullPath(target));
    return 0;
}
catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or XmlException or RuntimeException)
{
    Console.Error.WriteLine($"EcsImages.Help : error : {e.Message}");
    return 1;
}

static void WriteMaml(IReadOnlyList<CmdletHelp> cmdlets, string file) => Replace(file, stream =>
{
    // Line ends within text are the text's: an example must not gain carriage returns.
    using var writer = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n", NewLineHandling = NewLineHandling.None });
    MamlDocument.Of(cmdlets).Save(writer);
});

static void WriteMarkdown(IReadOnlyList<CmdletHelp> cmdlets, string folder)
{
    var pages = cmdlets.ToDictionary(static c => $"{c.Name}.md", MarkdownPage.Of);
    pages.Add("README.md", MarkdownPage.Index(cmdlets));
    Directory.CreateDirectory(folder);
    foreach (var gone in Directory.EnumerateFiles(folder, "*.md").Where(file => !pages.ContainsKey(Path.GetFileName(file))).ToArray()) File.Delete(gone);
    foreach (var (name, text) in pages) Replace(Path.Combine(folder, name), stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}

// Beside it, then renamed: whoever reads meanwhile sees the old file or the new one.
static void Replace(string file, Action<Stream> write)
{
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    var fresh = $"{file}.{Guid.NewGuid():N}.new";
    using (var stream = File.Create(fresh)) write(stream);
    File.Move(fresh, file, overwrite: true);
}
