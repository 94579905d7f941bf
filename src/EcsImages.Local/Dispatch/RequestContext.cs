using EcsImages.Core.Ram;

namespace EcsImages.Local.Dispatch;

/// <summary>The condition keys that the endpoint knows of a request; a policy with others is refused when it is given, never half judged.</summary>
internal static class RequestContext
{
    private const string SourceIp = "acs:SourceIp";
    private const string CurrentTime = "acs:CurrentTime";
    private const string SecureTransport = "acs:SecureTransport";
    private const string MfaPresent = "acs:MFAPresent";

    private static readonly string[] Known = [SourceIp, CurrentTime, SecureTransport, MfaPresent];

    public static IReadOnlyDictionary<string, string> Of(string sourceIp, DateTimeOffset now) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [SourceIp] = sourceIp,
            [CurrentTime] = Times.Second(now),
            // What comes within the process, or over loopback, is nobody else's to read.
            [SecureTransport] = "true",
            // Keys are used without a second factor.
            [MfaPresent] = "false",
        };

    /// <exception cref="RamPolicyException">A condition needs what the endpoint does not know.</exception>
    public static void CheckJudgeable(RamPolicy policy)
    {
        foreach (var condition in policy.Statements.SelectMany(static s => s.Conditions))
            if (!Known.Contains(condition.Key, StringComparer.OrdinalIgnoreCase))
                throw new RamPolicyException(
                    $"The embedded endpoint cannot judge by the condition key {condition.Key}: it knows {string.Join(", ", Known)} of a request. Leave that condition out to try the rest of the policy here.");
    }
}
