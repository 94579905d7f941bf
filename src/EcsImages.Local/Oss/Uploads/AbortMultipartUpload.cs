namespace EcsImages.Local.Oss.Uploads;

/// <summary>AbortMultipartUpload: the upload and its parts are gone.</summary>
internal static class AbortMultipartUpload
{
    public static Task<OssReply> RunAsync(OssCall call, CancellationToken stop)
    {
        call.Write(session =>
        {
            call.NeedWritable(session);
            return (true, Upload.Need(call, session).Remove(session));
        });
        return Task.FromResult(OssReply.Empty(204));
    }
}
