using System.Globalization;
using System.Text;
using EcsImages.Local.Oss;

namespace EcsImages.Local.Tests.Coverage;

/// <summary>The page docs/coverage.md.</summary>
internal static class CoveragePage
{
    private const string Head = """
        # What the endpoint honours

        Made by the tests of the embedded endpoint from the contract, the code and the calls that they make; a test
        fails when it is out of date, and `./build.ps1 -Task Docs` writes it anew. The same endpoint answers
        `Connect-EcsAccount -Local` and the [emulator](emulator.md).

        - **honoured**: some test sends the parameter with a value, the operation reads it, and the call succeeds.
        - **checked only**: the endpoint holds it to the contract (name, type, range, length, number), and no test
          shows that more comes of it. It does not fail the call.
        - **refused**: it names what the endpoint has none of, so that every value is refused with the service's code.

        A parameter that is not in the contract is refused with InvalidParameter, but for those that the service
        takes silently everywhere (OwnerId, OwnerAccount, ResourceOwnerId, ResourceOwnerAccount). An operation that is not
        in the contract is InvalidAction.NotFound; one that is, and that the endpoint does not have, is
        UnsupportedOperation. N counts from 1.


        """;

    public static string Write(IReadOnlyList<ProductCoverage> products)
    {
        var page = new StringBuilder(Head);
        page.Append("| product | version | operations | of the contract | parameters honoured | checked only | refused |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var product in products)
        {
            var operations = product.Operations;
            page.Append(CultureInfo.InvariantCulture, $"| {product.Name} | {product.Version} | {operations.Count} | {operations.Count + product.Absent.Count} ");
            page.Append(CultureInfo.InvariantCulture, $"| {operations.Sum(static o => o.Honoured.Count)} | {operations.Sum(static o => o.Checked.Count)} | {operations.Sum(static o => o.Refused.Count)} |\n");
        }
        foreach (var product in products) Add(page, product);
        AddOss(page);
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static void Add(StringBuilder page, ProductCoverage product)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {product.Name} {product.Version}\n");
        foreach (var operation in product.Operations)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {operation.Name}\n\n");
            if (!operation.Works) page.Append("No test shows that a call succeeds.\n\n");
            if (operation.Honoured.Count + operation.Checked.Count + operation.Refused.Count == 0) page.Append("It has no parameters.\n");
            else page.Append("| | parameters |\n| --- | --- |\n");
            AddRow(page, "honoured", operation.Honoured);
            AddRow(page, "checked only", operation.Checked);
            AddRow(page, "refused", operation.Refused);
        }
        if (product.Absent.Count > 0) page.Append(CultureInfo.InvariantCulture, $"\n### Not there\n\n{string.Join(", ", product.Absent)}\n");
    }

    private static void AddRow(StringBuilder page, string what, IReadOnlyList<string> names)
    {
        if (names.Count > 0) page.Append(CultureInfo.InvariantCulture, $"| {what} | {string.Join(", ", names.Order(StringComparer.Ordinal))} |\n");
    }

    private static void AddOss(StringBuilder page)
    {
        page.Append("\n## oss\n\n| operation | request | |\n| --- | --- | --- |\n");
        foreach (var requests in OssOperations.All.GroupBy(static o => (o.Operation, o.Level, o.Sub)).OrderBy(static r => r.Key.Operation.Name, StringComparer.Ordinal))
        {
            var (operation, level, sub) = requests.Key;
            page.Append(CultureInfo.InvariantCulture, $"| {operation.Name} | {string.Join(" or ", requests.Select(static r => r.Method))} {level.ToLowerInvariant()}{(sub.Length > 0 ? $" `?{sub}`" : "")} ");
            page.Append(CultureInfo.InvariantCulture, $"| {(operation.OnlyCode is { } code ? $"always {code}" : "honoured")} |\n");
        }
        page.Append(CultureInfo.InvariantCulture, $"\nRefused with NotImplemented: the headers {string.Join(", ", OssOperations.Refused.Order(StringComparer.Ordinal))};\n");
        page.Append(CultureInfo.InvariantCulture, $"of buckets {string.Join(", ", OssOperations.RefusedChanges.Order(StringComparer.Ordinal))};\n");
        page.Append(CultureInfo.InvariantCulture, $"the sub-resources {string.Join(", ", OssOperations.RefusedSubresources.Order(StringComparer.Ordinal))}.\n");
    }
}
