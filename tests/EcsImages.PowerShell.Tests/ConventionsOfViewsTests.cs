using System.Globalization;
using System.Xml.Linq;

namespace EcsImages.PowerShell.Tests;

public sealed class ConventionsOfViewsTests
{
    private const int Columns = 100;
    private const int LeastOfAutoColumn = 11;

    private static readonly XElement[] Views =
        [.. ViewFiles.SelectMany(static file => XDocument.Load(file).Descendants("View"))];

    private static string[] ViewFiles => Directory.GetFiles(Path.GetDirectoryName(StagedModule.Manifest)!, "*.format.ps1xml");

    [Fact]
    public void The_manifest_names_every_file_of_views()
    {
        var manifest = File.ReadAllText(StagedModule.Manifest);
        ConventionCmdlets.Hold(ViewFiles.Select(Path.GetFileName).Where(name => !manifest.Contains($"'{name}'", StringComparison.Ordinal)).Select(static name => $"{name} is not in FormatsToProcess."));
    }

    [Theory]
    [InlineData("TableControl")]
    [InlineData("ListControl")]
    [InlineData("WideControl")]
    public void Every_type_that_a_cmdlet_writes_has_the_view(string control)
    {
        var shown = Views.Where(v => v.Element(control) is not null).SelectMany(static v => v.Descendants("TypeName")).Select(static n => n.Value).ToHashSet(StringComparer.Ordinal);
        ConventionCmdlets.Hold(ConventionCmdlets.All.SelectMany(static c => c.OutputType).Select(static o => o.Name).Distinct(StringComparer.Ordinal)
            // PowerShell shows its own types itself; a view could not know the properties of a reply that is written as it came.
            .Where(static type => !type.StartsWith("System.", StringComparison.Ordinal))
            .Where(type => !shown.Contains(type)).Select(type => $"{type}: no {control}."));
    }

    [Fact]
    public void Tables_fit_100_columns() => ConventionCmdlets.Hold(
        from view in Views
        let headers = view.Descendants("TableColumnHeader").ToArray()
        let width = headers.Sum(static h => (int?)h.Element("Width") ?? LeastOfAutoColumn) + Math.Max(0, headers.Length - 1)
        where width > Columns
        select string.Create(CultureInfo.InvariantCulture, $"{view.Element("Name")?.Value}: {width} columns."));

    [Fact]
    public void Tables_have_as_many_columns_as_headers_and_leave_their_widths_alone()
    {
        ConventionCmdlets.Hold(Views.Where(static v => v.Element("TableControl") is not null)
            .Where(static v => v.Descendants("TableColumnHeader").Count() != v.Descendants("TableColumnItem").Count()).Select(static v => $"{v.Element("Name")?.Value}: headers and columns differ."));
        // AutoSize holds everything back until the last object is there.
        ConventionCmdlets.Hold(Views.Where(static v => v.Descendants("AutoSize").Any()).Select(static v => $"{v.Element("Name")?.Value}: AutoSize."));
    }
}
