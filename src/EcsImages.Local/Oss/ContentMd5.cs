namespace EcsImages.Local.Oss;

/// <summary>The header Content-MD5: what a client says its body has.</summary>
internal static class ContentMd5
{
    /// <exception cref="OssError">No digest at all.</exception>
    public static void CheckForm(OssRequest request)
    {
        if (request.Header("content-md5") is { Length: > 0 } text && !TryRead(text, out _)) throw OssError.Of("InvalidDigest", ("Content-MD5", text));
    }

    /// <exception cref="OssError">No digest, or that of other bytes.</exception>
    public static void Check(OssRequest request, ReadOnlySpan<byte> actual)
    {
        CheckForm(request);
        if (request.Header("content-md5") is not { Length: > 0 } text || !TryRead(text, out var expected) || actual.SequenceEqual(expected)) return;
        throw OssError.Of("BadDigest", ("ClientMD5", text), ("ServerMD5", Convert.ToBase64String(actual)));
    }

    private static bool TryRead(string text, out byte[] digest)
    {
        digest = new byte[16];
        return Convert.TryFromBase64String(text.Trim(), digest, out var count) && count == 16;
    }
}
