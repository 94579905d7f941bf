using System.Globalization;
using EcsImages.Core.Sts;

namespace EcsImages.Core.Acs.Credentials;

/// <summary>Makes the client of STS that a role needs.</summary>
/// <param name="key">Whose key signs.</param>
/// <param name="endpoint">The STS that a profile names; null leaves the choice to the region.</param>
internal delegate AcsClient StsClients(ICredentialSource key, AcsEndpoints? endpoint);

/// <summary>What STS hands out.</summary>
internal static class StsSession
{
    /// <summary>The region whose STS is asked when none is named.</summary>
    public const string DefaultRegionId = "cn-hangzhou";

    /// <summary>The name of sessions that nobody named.</summary>
    public const string DefaultName = "EcsImage";

    /// <exception cref="CredentialException">It is not complete.</exception>
    public static AcsCredential Read(AssumeRoleReply reply, string operation, string roleArn)
    {
        if (reply.Credentials is not { AccessKeyId: { } id, AccessKeySecret: { } secret, SecurityToken: { } token, Expiration: { } end }
            || !DateTimeOffset.TryParse(end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiration))
            throw new CredentialException("InvalidSession", $"STS answered {operation} for {roleArn} without a complete credential.");
        return new AcsCredential(id, secret, token, expiration);
    }

    /// <summary>The STS that was named, or the one within the region's private network; null for the usual one.</summary>
    /// <exception cref="CredentialException">What was named is no address.</exception>
    public static AcsEndpoints? Endpoint(string? host, string? regionId, bool isPrivate, string where)
    {
        if (string.IsNullOrEmpty(host) && !isPrivate) return null;
        try
        {
            return AcsEndpoints.OfOneProduct(string.IsNullOrEmpty(host) ? $"https://sts-vpc.{Region(regionId, where)}.aliyuncs.com" : host);
        }
        catch (ArgumentException e)
        {
            throw new CredentialException("InvalidProfile", $"The STS endpoint of {where} cannot be used: {e.Message}", e);
        }
    }

    /// <exception cref="CredentialException">It cannot be a region, and would become part of a host name.</exception>
    public static string Region(string? regionId, string where) => string.IsNullOrEmpty(regionId) ? DefaultRegionId
        : AcsEndpoints.IsRegionId(regionId) ? regionId
        : throw new CredentialException("InvalidProfile", $"The STS region '{regionId}' of {where} is no region id; they look like cn-hangzhou.");
}
