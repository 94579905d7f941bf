using System.Globalization;

namespace EcsImages.Local.Oss;

/// <summary>What goes back: headers, and a body in memory or as a stream, which whoever sends it disposes of.</summary>
internal sealed class OssReply(int status) : IDisposable
{
    private readonly List<KeyValuePair<string, string>> _headers = [];

    public int Status => status;

    public IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    /// <summary>How long the body is; of a HEAD, how long the body of a GET would be.</summary>
    public long ContentLength { get; private set; }

    /// <summary>Null where nothing is to be sent.</summary>
    public Stream? Body { get; private set; }

    public static OssReply Empty(int status = 200) => new(status);

    public static OssReply Xml(byte[] text, int status = 200) =>
        new OssReply(status).With("Content-Type", "application/xml").WithBody(new MemoryStream(text, writable: false), text.Length);

    public OssReply With(string name, string value)
    {
        _headers.Add(new(name, value));
        return this;
    }

    public OssReply With(string name, long value) => With(name, value.ToString(CultureInfo.InvariantCulture));

    public OssReply WithBody(Stream? body, long length)
    {
        (Body, ContentLength) = (body, length);
        return this;
    }

    public void Dispose() => Body?.Dispose();
}
