using EcsImages.Local.Oss.Buckets;
using EcsImages.Local.Oss.Objects;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oss;

/// <summary>Who may do what: the owner everything, others what the ACL of the object, or else of its bucket, lets everyone do.</summary>
internal static class OssAccess
{
    /// <summary>The bucket, for what only its owner may do.</summary>
    public static Bucket NeedOwned(this OssCall call, Session session)
    {
        var bucket = call.NeedBucket(session);
        return Owns(call, bucket) ? bucket : throw Refusal(call, "AccessDenied.Owner");
    }

    /// <summary>The bucket, for a look at what is in it.</summary>
    public static Bucket NeedListable(this OssCall call, Session session)
    {
        var bucket = call.NeedBucket(session);
        return Owns(call, bucket) || bucket.Acl is "public-read" or "public-read-write" ? bucket : throw Refusal(call, "AccessDenied.Acl");
    }

    /// <summary>The bucket, for putting in it or removing from it.</summary>
    public static Bucket NeedWritable(this OssCall call, Session session)
    {
        var bucket = call.NeedBucket(session);
        return Owns(call, bucket) || bucket.Acl is "public-read-write" ? bucket : throw Refusal(call, "AccessDenied.Acl");
    }

    /// <summary>The object, for reading it.</summary>
    public static StoredObject NeedReadable(this OssCall call, Session session)
    {
        var bucket = call.NeedBucket(session);
        return NeedReadable(call, session, bucket, call.Key);
    }

    /// <summary>The same of an object in another place, as a copy needs it.</summary>
    public static StoredObject NeedReadable(this OssCall call, Session session, Bucket bucket, byte[] key)
    {
        var found = StoredObject.Find(session, bucket.Name, key);
        var acl = found is null or { Traits.Acl: "default" } ? bucket.Acl : found.Traits.Acl;
        if (!Owns(call, bucket) && acl is not ("public-read" or "public-read-write")) throw Refusal(call, "AccessDenied.Acl");
        return found ?? StoredObject.Need(session, bucket.Name, key);
    }

    private static bool Owns(OssCall call, Bucket bucket) => call.Caller?.Account.AccountId == bucket.Account;

    private static OssError Refusal(OssCall call, string code) => OssError.Of(code, ("BucketName", call.BucketName));
}
