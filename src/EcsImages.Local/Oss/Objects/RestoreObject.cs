namespace EcsImages.Local.Oss.Objects;

/// <summary>RestoreObject: there is no object here of a class that needs it.</summary>
internal static class RestoreObject
{
    public const string Code = "OperationNotSupported";

    public static Task<OssReply> RunAsync(OssCall call, CancellationToken stop)
    {
        call.Read(session =>
        {
            call.NeedOwned(session);
            return StoredObject.Need(session, call.BucketName, call.Key);
        });
        throw OssError.Of(Code, ("Detail", "RestoreObject operation does not support this object storage class"));
    }
}
