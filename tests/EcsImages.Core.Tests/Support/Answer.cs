using System.Net;
using System.Text;

namespace EcsImages.Core.Tests.Support;

/// <summary>The steps of a script.</summary>
internal static class Answer
{
    public static Step Json(string body, int status = 200, params (string Name, string Value)[] headers) =>
        Bytes(Encoding.UTF8.GetBytes(body), status, headers);

    public static Step Error(int status, string code, string message = "No.", params (string Name, string Value)[] headers) =>
        Json($$"""{"RequestId":"R-{{code}}","Code":"{{code}}","Message":"{{message}}"}""", status, headers);

    public static Step Bytes(byte[] body, int status = 200, params (string Name, string Value)[] headers) => (_, _) =>
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
            if (!response.Headers.TryAddWithoutValidation(name, value)) response.Content.Headers.TryAddWithoutValidation(name, value);
        return Task.FromResult(response);
    };

    public static Step Fails(Exception error) => (_, _) => Task.FromException<HttpResponseMessage>(error);

    /// <summary>No answer until the client gives up; tells when the request is there.</summary>
    public static Step Silence(TaskCompletionSource arrived) => async (_, stop) =>
    {
        arrived.TrySetResult();
        await Task.Delay(Timeout.Infinite, stop);
        throw new InvalidOperationException("Nobody gave up.");
    };
}
