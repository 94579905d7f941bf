using System.Collections.Concurrent;
using System.Globalization;
using EcsImages.Core;
using EcsImages.Core.Acs;
using EcsImages.Local.Store;

namespace EcsImages.Local.Dispatch;

/// <summary>Says whose request it is, or refuses it: ACS3-HMAC-SHA256 or the older signature that travels as a parameter, as the service checks them.</summary>
internal sealed class Authenticator(Database database, SignatureChecks checks)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<string, Caller> _callers = new(StringComparer.Ordinal);
    // A nonce may come from a clock that is a window behind, and again from one that is a window ahead.
    private readonly NonceWindow _nonces = new(2 * Window);

    /// <param name="request">As it came.</param>
    /// <param name="sent">Its parameters, wherever they stood.</param>
    public Caller Authenticate(EndpointRequest request, IReadOnlyDictionary<string, string> sent)
    {
        var byParameter = request.Header("authorization") is null && sent.ContainsKey(RpcSignature.Parameter);
        return byParameter ? OfParameters(request, sent) : OfHeader(request);
    }

    private Caller OfHeader(EndpointRequest request)
    {
        var authorization = AuthorizationHeader.Parse(request.Header("authorization"), Acs3Signature.Algorithm);
        var caller = Need(authorization.AccessKeyId, request.Header("x-acs-security-token"));
        Acs3Verification.Check(request, authorization, caller.Account.Credential.AccessKeySecret);
        CheckFresh(authorization.AccessKeyId, request.Header("x-acs-date"), request.Header("x-acs-signature-nonce"), "x-acs-signature-nonce");
        return caller;
    }

    private Caller OfParameters(EndpointRequest request, IReadOnlyDictionary<string, string> sent)
    {
        var keyId = sent.GetValueOrDefault("AccessKeyId") is { Length: > 0 } id ? id : throw Error.Missing("AccessKeyId");
        var caller = Need(keyId, sent.GetValueOrDefault("SecurityToken"));
        RpcVerification.Check(request, sent, caller.Account.Credential.AccessKeySecret);
        CheckFresh(keyId, sent.GetValueOrDefault("Timestamp"), sent.GetValueOrDefault("SignatureNonce"), "SignatureNonce");
        return caller;
    }

    private Caller Need(string keyId, string? securityToken)
    {
        var caller = Find(keyId) ?? throw Error.Of("InvalidAccessKeyId.NotFound");
        var given = string.IsNullOrEmpty(securityToken) ? null : securityToken;
        if (given != caller.Account.Credential.SecurityToken)
            throw Error.Of(given is null ? "MissingSecurityToken" : "InvalidSecurityToken.MismatchWithAccessKey");
        return caller.Account.Credential.Expiration <= database.Clock.GetUtcNow() ? throw Error.Of("InvalidSecurityToken.Expired") : caller;
    }

    /// <summary>Whether nothing in a request says whose it is, as is allowed of a few operations.</summary>
    public static bool IsAnonymous(EndpointRequest request, IReadOnlyDictionary<string, string> sent) =>
        request.Header("authorization") is null && !sent.ContainsKey(RpcSignature.Parameter) && !sent.ContainsKey("AccessKeyId");

    private void CheckFresh(string keyId, string? date, string? nonce, string nonceName)
    {
        var now = database.Clock.GetUtcNow();
        CheckTime(date, now);
        if (!checks.Nonce) return;
        if (string.IsNullOrEmpty(nonce)) throw Error.Of("IncompleteSignature", $"there is no {nonceName}.");
        if (!_nonces.TryUse(keyId + " " + nonce, now)) throw Error.Of("SignatureNonceUsed");
    }

    /// <summary>Knows a further key of an account, for as long as the endpoint is open.</summary>
    public void Add(LocalAccount account) => _callers[account.Credential.AccessKeyId] = new Caller(account);

    /// <summary>Whose key it is; null where nobody has it.</summary>
    public Caller? Find(string keyId)
    {
        if (_callers.TryGetValue(keyId, out var known)) return known;
        using var session = database.Read();
        // Sessions come and go: they are looked up each time.
        if (StsSessions.IsKeyId(keyId) && StsSessions.ByKey(session, keyId) is { } issued) return Caller.Of(issued, session);
        var caller = Accounts.ByKey(session, keyId) is { } account ? new Caller(account)
            : RamUsers.ByKey(session, keyId) is { } user ? new Caller(user.Account) { User = user } : null;
        if (caller is not null) _callers.TryAdd(keyId, caller);
        return caller;
    }

    private void CheckTime(string? text, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)) throw Error.Of("IllegalTimestamp", text);
        if (checks.Clock && (at - now).Duration() > Window) throw Error.Of("InvalidTimeStamp.Expired", text, Times.Second(now));
    }
}
