namespace EcsImages.Local.Dispatch;

/// <summary>What a request says of itself, before anybody judges it: for logs and faults.</summary>
internal sealed record CallName(string? Product, string? Operation, string? AccessKeyId, IReadOnlyDictionary<string, string> Parameters)
{
    public static CallName Of(EndpointRequest request)
    {
        try
        {
            var sent = RequestParameters.Read(request);
            return new(
                ProductOf(request, request.Header("x-acs-version") ?? sent.GetValueOrDefault("Version")),
                request.Header("x-acs-action") ?? sent.GetValueOrDefault("Action"),
                request.Header("authorization") is { } text && text.IndexOf("Credential=", StringComparison.Ordinal) is >= 0 and var at
                    ? text[(at + "Credential=".Length)..].Split(',', '/')[0] : sent.GetValueOrDefault("AccessKeyId"),
                sent);
        }
        catch (EndpointError)
        {
            return new(null, null, null, new Dictionary<string, string>());
        }
    }

    private static string? ProductOf(EndpointRequest request, string? version)
    {
        try
        {
            return Dispatch.Product.Find(request.Host, request.Path, version).Product.Name;
        }
        catch (EndpointError)
        {
            return null;
        }
    }
}
