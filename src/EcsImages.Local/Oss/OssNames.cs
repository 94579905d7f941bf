using System.Text;

namespace EcsImages.Local.Oss;

/// <summary>The names that buckets and objects may have. Names are rows: none of them reaches a path of the disk.</summary>
internal static class OssNames
{
    private const int LongestKey = 1023;

    public static void CheckBucket(string name)
    {
        var isValid = name.Length is >= 3 and <= 63 && name[0] != '-' && name[^1] != '-'
            && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        if (!isValid) throw OssError.Of("InvalidBucketName", ("BucketName", name));
    }

    /// <summary>The key as the store has it: UTF-8.</summary>
    public static byte[] CheckKey(string key)
    {
        if (key.Length == 0 || key[0] is '/' or '\\') throw OssError.Of("InvalidObjectName", ("ObjectName", key));
        var bytes = Encoding.UTF8.GetBytes(key);
        return bytes.Length <= LongestKey ? bytes : throw OssError.Of("InvalidObjectName.Length", ("ObjectName", key));
    }
}
