namespace EcsImages.Core.Contract;

/// <summary>How an operation's listing goes on.</summary>
internal enum ApiPagingKind
{
    /// <summary>It does not: one reply has everything.</summary>
    None,

    /// <summary>By PageNumber, until TotalCount is reached.</summary>
    Number,

    /// <summary>By the NextToken of the former reply.</summary>
    Token,

    /// <summary>By the Marker of the former reply, while IsTruncated is true.</summary>
    Marker,
}

/// <summary>How an operation's listing goes on, how many items may be asked for at once, and where in the reply they are.</summary>
/// <param name="Kind">How it goes on.</param>
/// <param name="Size">The parameter that says how many at once; null if there is none.</param>
/// <param name="Largest">Most at once; null if the contract does not say.</param>
/// <param name="List">The names that lead to the list within a reply; null where the reply has none, or several.</param>
internal sealed record ApiPaging(ApiPagingKind Kind, string? Size, decimal? Largest, IReadOnlyList<string>? List)
{
    /// <summary>Reads it off the operation's parameters and reply.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="given">The parameters that are given: where the operation has two ways, they choose.</param>
    public static ApiPaging Of(ApiOperation operation, IReadOnlyDictionary<string, string> given)
    {
        var lists = Lists(operation.Response).Take(2).ToArray();
        var list = lists is [var only] ? only : null;
        bool Has(string name) => operation.Request.Any(f => f.Name == name);
        decimal? Most(string name) => operation.Request.FirstOrDefault(f => f.Name == name)?.Range?.Most;
        if (Has("NextToken") && !given.ContainsKey("PageNumber") && !given.ContainsKey("PageSize"))
            return new(ApiPagingKind.Token, Has("MaxResults") ? "MaxResults" : null, Most("MaxResults"), list);
        if (Has("PageNumber")) return new(ApiPagingKind.Number, Has("PageSize") ? "PageSize" : null, Most("PageSize"), list);
        return Has("Marker") ? new(ApiPagingKind.Marker, "MaxItems", Most("MaxItems"), list) : new(ApiPagingKind.None, null, null, list);
    }

    // At the top, or within the object that ECS wraps each list in (Images.Image).
    private static IEnumerable<IReadOnlyList<string>> Lists(IReadOnlyList<ApiField> reply) => reply
        .SelectMany(static f => f.Type == "array" ? [[f.Name]] : f.Type == "struct" ? f.Fields.Where(static i => i.Type == "array").Select(i => (string[])[f.Name, i.Name]) : (IEnumerable<string[]>)[]);
}
