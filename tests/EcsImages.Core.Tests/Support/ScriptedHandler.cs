namespace EcsImages.Core.Tests.Support;

/// <summary>Answers requests by a script, one step a request; a request beyond the script fails the test.</summary>
internal sealed class ScriptedHandler(params Step[] steps) : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly List<SentRequest> _sent = [];
    private readonly Step? _always;

    private ScriptedHandler(Step always, bool _) : this() => _always = always;

    public IReadOnlyList<SentRequest> Sent
    {
        get { lock (_gate) return [.. _sent]; }
    }

    public static ScriptedHandler Always(Step step) => new(step, true);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var read = await SentRequest.ReadAsync(request);
        int number;
        lock (_gate)
        {
            number = _sent.Count;
            _sent.Add(read);
        }
        var step = _always ?? (number < steps.Length ? steps[number] : throw new InvalidOperationException($"Request {number + 1} was not expected: {read.Action}"));
        return await step(read, cancellationToken);
    }
}

/// <summary>Answers one request.</summary>
internal delegate Task<HttpResponseMessage> Step(SentRequest request, CancellationToken stop);
