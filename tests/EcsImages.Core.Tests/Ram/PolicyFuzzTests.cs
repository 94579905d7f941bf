using System.Globalization;
using EcsImages.Core.Ram;
using Xunit.Abstractions;

namespace EcsImages.Core.Tests.Ram;

public sealed class PolicyFuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Valid =
    [
        """{"Version":"1","Statement":[{"Effect":"Allow","Action":["ecs:Describe*","ecs:CopyImage"],"Resource":"acs:ecs:*:*:image/*"},{"Effect":"Deny","NotAction":"ram:*","NotResource":["*"]}]}""",
        """{"Version":"1","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"acs:SourceIp":["192.0.2.0/24"]},"DateLessThan":{"acs:CurrentTime":"2026-01-01T00:00:00Z"},"NumericEquals":{"a:b":"1"},"Bool":{"c:d":"true"}}}}""",
    ];

    private static readonly string[] Pieces =
    [
        "null", "[", "]", "{", "}", "\"", "*", "?", ":", ",", "\\ud800", "\\u0000", "1e999", "true", "[]", "{}", "\"Effect\"", "\"Condition\":", "NotAction", "StringLike", "Deny", "/", "é", new('[', 70), new('9', 40), new('*', 300),
    ];

    [Fact]
    public void Whatever_is_given_is_a_policy_or_a_RamPolicyException()
    {
        var seed = Environment.GetEnvironmentVariable("FUZZ_SEED") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : Random.Shared.Next();
        output.WriteLine($"FUZZ_SEED={seed}");
        var random = new Random(seed);
        var context = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["acs:SourceIp"] = "192.0.2.1", ["acs:CurrentTime"] = "2025-01-01T00:00:00Z", ["a:b"] = "1", ["c:d"] = "true" };
        var request = new RamRequest("ecs:CopyImage", "acs:ecs:cn-hangzhou:1234567890123456:image/m-1", context);
        var policies = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var document = Mutated(random);
            RamPolicy policy;
            try
            {
                policy = RamPolicy.Parse(document);
            }
            catch (RamPolicyException e)
            {
                Assert.NotEmpty(e.Message);
                continue;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, round {round}: {e}\n{document}");
                return;
            }
            policies++;
            // What was read means the same after it was written.
            Assert.Equal(policy.Decide(request), RamPolicy.Parse(RamPolicyWriter.Write(policy)).Decide(request));
        }
        Assert.InRange(policies, 1, 19_999);
    }

    private static string Mutated(Random random)
    {
        var text = Valid[random.Next(Valid.Length)];
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(text.Length);
            var cut = random.Next(Math.Min(12, text.Length - at));
            text = string.Concat(text.AsSpan(0, at), random.Next(3) == 0 ? "" : Pieces[random.Next(Pieces.Length)], text.AsSpan(at + cut));
        }
        return random.Next(8) == 0 ? text[..random.Next(text.Length)] : text;
    }
}
