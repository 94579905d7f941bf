using EcsImages.Core.Acs;

namespace EcsImages.Core.Contract;

/// <summary>A product whose contract the module has: how it is spoken to, and what it can do.</summary>
/// <param name="Acs">How it is spoken to.</param>
/// <param name="Contract">Its operations.</param>
/// <param name="IsRegional">Whether what it answers is of one region.</param>
internal sealed record ApiProduct(AcsProduct Acs, Func<ApiContract> Contract, bool IsRegional = false)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ApiProduct> All { get; } =
    [
        new(AcsProduct.Ecs, static () => ApiContract.Ecs, IsRegional: true),
        new(AcsProduct.Sts, static () => ApiContract.Sts),
        new(AcsProduct.Quotas, static () => ApiContract.Quotas),
        new(new AcsProduct("oos", "2019-06-01"), static () => ApiContract.Oos, IsRegional: true),
        new(AcsProduct.Ram, static () => ApiContract.Ram),
        new(new AcsProduct("location", "2015-06-12"), static () => ApiContract.Location),
    ];

    /// <summary>The product of a name such as ecs; null if there is none.</summary>
    public static ApiProduct? Find(string name) => All.FirstOrDefault(p => p.Acs.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The names of the products that have an operation of this name.</summary>
    public static IEnumerable<string> Having(string operation) => All.Where(p => p.Operation(operation) is not null).Select(static p => p.Acs.Name);

    /// <summary>The operation of a name, in any case; null if the contract has none.</summary>
    public ApiOperation? Operation(string name)
    {
        var operations = Contract().Operations;
        return operations.TryGetValue(name, out var exact) ? exact
            : operations.Values.FirstOrDefault(o => o.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A call of any operation of the product, its parameters as they travel and its reply as it comes.</summary>
    public AcsOperation<Dictionary<string, string>, AnyReply> Call(string operation, Repeat repeat) =>
        new(Acs, operation, repeat, AnyJson.Default.DictionaryStringString, AnyJson.Default.AnyReply);
}
