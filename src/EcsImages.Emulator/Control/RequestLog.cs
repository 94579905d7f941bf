namespace EcsImages.Emulator.Control;

/// <summary>The last requests, oldest first; what may be secret is not in it.</summary>
internal sealed class RequestLog
{
    private const int Most = 1000;
    private readonly Queue<LoggedRequest> _requests = new();

    public void Add(LoggedRequest request)
    {
        lock (_requests)
        {
            if (_requests.Count == Most) _requests.Dequeue();
            _requests.Enqueue(request);
        }
    }

    public IReadOnlyList<LoggedRequest> List(string? product, string? operation)
    {
        lock (_requests)
            return [.. _requests.Where(r => (product is null || product.Equals(r.Product, StringComparison.OrdinalIgnoreCase))
                && (operation is null || operation.Equals(r.Operation, StringComparison.OrdinalIgnoreCase)))];
    }

    public void Clear()
    {
        lock (_requests) _requests.Clear();
    }
}

/// <summary>A request that was answered.</summary>
internal sealed record LoggedRequest
{
    public required DateTimeOffset Time { get; init; }

    public required string Method { get; init; }

    public required string Host { get; init; }

    public string? Product { get; init; }

    public string? Operation { get; init; }

    /// <summary>The first and last four characters.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>Redacted: only what is known to be harmless is shown.</summary>
    public string? Parameters { get; init; }

    /// <summary>Null where no reply was sent.</summary>
    public int? Status { get; init; }

    public string? RequestId { get; init; }

    public double Milliseconds { get; init; }

    public string? Fault { get; init; }
}
