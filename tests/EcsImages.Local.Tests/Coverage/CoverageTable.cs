using EcsImages.Core.Contract;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Tests.Coverage;

/// <summary>What becomes of each parameter of an operation that the endpoint has.</summary>
internal sealed record OperationCoverage(string Name, bool Works, IReadOnlyList<string> Honoured, IReadOnlyList<string> Checked, IReadOnlyList<string> Refused)
{
    /// <summary>What the operation asks for, though no call of this run shows that it matters.</summary>
    public required IReadOnlyList<string> NotShown { get; init; }
}

/// <summary>The operations of a product: those that the endpoint has, and the names of the others.</summary>
internal sealed record ProductCoverage(string Name, string Version, IReadOnlyList<OperationCoverage> Operations, IReadOnlyList<string> Absent)
{
    public static IReadOnlyList<ProductCoverage> All() => [.. ApiProduct.All.Select(Of)];

    private static ProductCoverage Of(ApiProduct product)
    {
        var (name, contract) = (product.Acs.Name, product.Contract());
        var names = contract.Operations.Keys.Order(StringComparer.Ordinal).ToArray();
        return new(name, contract.Version,
            [.. names.Where(n => Dispatch.Operations.Find(name, n) is not null).Select(n => Of(name, contract.Operations[n], Dispatch.Operations.Find(name, n)!))],
            [.. names.Where(n => Dispatch.Operations.Find(name, n) is null)]);
    }

    private static OperationCoverage Of(string product, ApiOperation operation, IOperation implementation)
    {
        var patterns = operation.Request.SelectMany(static f => Patterns(f, "")).ToArray();
        var refused = patterns.Where(implementation.RefusedHere.Contains).ToArray();
        var honoured = patterns.Where(p => ObservedCalls.Honoured(product, operation.Name, p)).ToArray();
        var rest = patterns.Except(honoured).Except(refused).ToArray();
        return new(operation.Name, ObservedCalls.Works(product, operation.Name), honoured, rest, refused)
        {
            NotShown = [.. rest.Where(p => ObservedCalls.AskedFor(product, operation.Name, p))],
        };
    }

    // What can have a value, under its wire pattern, as Tag.N.Key.
    private static IEnumerable<string> Patterns(ApiField field, string prefix)
    {
        var isJson = field.Style == "json";
        var name = prefix + field.Name + (field.Type == "array" && !isJson ? ".N" : "");
        return !isJson && field.Fields.Count > 0 ? field.Fields.SelectMany(f => Patterns(f, name + ".")) : [name];
    }
}
