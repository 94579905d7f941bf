using System.Globalization;
using System.Text;
using EcsImages.Core;
using EcsImages.Core.Acs;
using EcsImages.Core.Contract;
using EcsImages.Local.Contents;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Emulator.Tests.Fuzz;

/// <summary>Signed calls of every operation with parameters by chance: none ends in an error of the endpoint.</summary>
public sealed class OperationFuzzTests : IDisposable
{
    private const int Slice = 5000;

    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-emulator-test-").FullName;
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private Exception? _failure;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task No_parameters_make_an_operation_fail_in_itself()
    {
        using var database = Database.Open(new LocalEndpointOptions { Path = _folder, Clock = _clock });
        using var contents = new DiskContents(database);
        contents.Recover(CancellationToken.None);
        var dispatcher = new Dispatcher(database, contents, (_, e) => _failure = e);
        var key = Accounts.Open(database, "fuzz").Credential;
        var operations = Operations.ByProduct.SelectMany(static p => p.Value.Keys.Select(name => (Product: ApiProduct.Find(p.Key)!, Name: name)))
            .OrderBy(static o => o.Name, StringComparer.Ordinal).ToArray();
        var (calls, succeeded) = (new RandomCall(), new HashSet<string>());
        for (var i = 0; i < FuzzCases.Count(Slice); i++)
        {
            var random = FuzzCases.RandomOf(i);
            // Each operation comes in its turn; what others made is there for it.
            var (product, name) = operations[i % operations.Length];
            var parameters = calls.Parameters(product.Contract().Operations[name], random);
            _clock.Now += TimeSpan.FromSeconds(random.Next(20));
            if (random.Next(20) == 0) parameters["Format"] = "XML";
            var request = Sign(key, product.Acs, name, parameters, i);
            var reply = await dispatcher.AnswerAsync(request, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
            var text = Encoding.UTF8.GetString(reply.Body.Span);
            Assert.True(reply.Status < 500 && _failure is null, FuzzCases.Describe(i, $"{name}: {text}\n{_failure}", string.Join('\n', parameters)));
            if (reply.Status == 200) succeeded.Add(name);
            calls.Learn(text);
        }
        // Without calls that pass, nothing would have been tried.
        // Some need what chance does not find, such as the document of a policy.
        Assert.True(succeeded.Count * 3 > operations.Length, $"Only {succeeded.Count} of {operations.Length} operations succeeded: {string.Join(' ', succeeded)}");
    }

    private EndpointRequest Sign(AcsCredential key, AcsProduct product, string name, Dictionary<string, string> parameters, int nonce)
    {
        var all = new Dictionary<string, string>(parameters, StringComparer.Ordinal)
        {
            ["Action"] = name,
            ["Version"] = product.Version,
            ["AccessKeyId"] = key.AccessKeyId,
            ["SignatureMethod"] = "HMAC-SHA256",
            ["SignatureVersion"] = "1.0",
            ["SignatureNonce"] = nonce.ToString(CultureInfo.InvariantCulture),
            ["Timestamp"] = _clock.Now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        // A half of a pair of UTF-16 cannot be sent: what arrives in its place is what is signed.
        foreach (var (n, v) in all.ToArray()) all[n] = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(v));
        all["Signature"] = RpcSignature.Sign("HMAC-SHA256", key.AccessKeySecret, RpcSignature.StringToSign("POST", all))!;
        var form = string.Join('&', all.Select(static p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        return new EndpointRequest("POST", "localhost", "/", "", [new("Content-Type", "application/x-www-form-urlencoded")], Encoding.UTF8.GetBytes(form));
    }
}
