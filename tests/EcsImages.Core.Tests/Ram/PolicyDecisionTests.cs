using EcsImages.Core.Ram;

namespace EcsImages.Core.Tests.Ram;

public sealed class PolicyDecisionTests
{
    private const string Image = "acs:ecs:cn-hangzhou:1234567890123456:image/m-1";

    [Theory]
    [InlineData("*", "*", true)]
    [InlineData("ecs:CopyImage", "*", true)]
    [InlineData("ECS:copyimage", "*", true)]
    [InlineData("ecs:*Image", "acs:ecs:*:*:image/*", true)]
    [InlineData("ecs:CopyImag?", "acs:ecs:cn-hangzhou:1234567890123456:image/m-?", true)]
    [InlineData("ecs:CopyImage?", "*", false)]
    [InlineData("ecs:Describe*", "*", false)]
    [InlineData("ecs:CopyImage", "acs:ecs:*:*:image/M-1", false)]
    [InlineData("ecs:CopyImage", "acs:ecs:cn-beijing:*:image/*", false)]
    [InlineData("ecs:CopyImage", "acs:ecs:*:*:instance/*", false)]
    [InlineData("oss:*", "*", false)]
    public void Actions_match_in_any_case_and_resources_in_theirs(string action, string resource, bool allowed) => Assert.Equal(
        allowed ? RamDecision.Allow : RamDecision.ImplicitDeny, Decide($$"""{"Effect":"Allow","Action":"{{action}}","Resource":"{{resource}}"}"""));

    [Fact]
    public void A_Deny_wins_wherever_it_stands()
    {
        const string Allow = """{"Effect":"Allow","Action":"ecs:*","Resource":"*"}""";
        const string Deny = """{"Effect":"Deny","Action":"ecs:CopyImage","Resource":"acs:ecs:*:*:image/*"}""";
        Assert.Equal(RamDecision.ExplicitDeny, Decide(Allow, Deny));
        Assert.Equal(RamDecision.ExplicitDeny, Decide(Deny, Allow));
        Assert.Equal(RamDecision.Allow, Decide(Allow, Deny.Replace("CopyImage", "DeleteImage", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("NotAction", "ecs:DeleteImage", "Resource", "*", true)]
    [InlineData("NotAction", "ecs:Copy*", "Resource", "*", false)]
    [InlineData("Action", "ecs:*", "NotResource", "acs:ecs:*:*:instance/*", true)]
    [InlineData("Action", "ecs:*", "NotResource", "acs:ecs:*:*:image/*", false)]
    public void Not_turns_the_match_around(string actions, string action, string resources, string resource, bool allowed) => Assert.Equal(
        allowed ? RamDecision.Allow : RamDecision.ImplicitDeny, Decide($$"""{"Effect":"Allow","{{actions}}":"{{action}}","{{resources}}":"{{resource}}"}"""));

    /// <summary>Source, row by row: RAM, "Conditional operators". The request: text Abc, number 5, 2026-11-23T10:00:00Z, true, 192.0.2.7.</summary>
    [Theory]
    [InlineData("StringEquals", "t:text", "Abc", true)]
    [InlineData("StringEquals", "t:text", "abc", false)]
    [InlineData("StringNotEquals", "t:text", "abc", true)]
    [InlineData("StringEqualsIgnoreCase", "t:text", "aBC", true)]
    [InlineData("StringNotEqualsIgnoreCase", "t:text", "aBC", false)]
    [InlineData("StringLike", "t:text", "A*", true)]
    [InlineData("StringLike", "t:text", "a??", false)]
    [InlineData("StringNotLike", "t:text", "a??", true)]
    [InlineData("NumericEquals", "t:number", "5.0", true)]
    [InlineData("NumericNotEquals", "t:number", "5", false)]
    [InlineData("NumericLessThan", "t:number", "5", false)]
    [InlineData("NumericLessThanEquals", "t:number", "5", true)]
    [InlineData("NumericGreaterThan", "t:number", "4.9", true)]
    [InlineData("NumericGreaterThanEquals", "t:number", "5.1", false)]
    [InlineData("DateEquals", "t:time", "2026-11-23T18:00:00+08:00", true)]
    [InlineData("DateNotEquals", "t:time", "2026-11-23T10:00:00Z", false)]
    [InlineData("DateLessThan", "t:time", "2026-11-23T10:00:01Z", true)]
    [InlineData("DateLessThanEquals", "t:time", "2026-11-23T10:00:00Z", true)]
    [InlineData("DateGreaterThan", "t:time", "2026-11-23T10:00:00Z", false)]
    [InlineData("DateGreaterThanEquals", "t:time", "2026-11-23T09:59:59Z", true)]
    [InlineData("Bool", "t:flag", "true", true)]
    [InlineData("Bool", "t:flag", "false", false)]
    [InlineData("IpAddress", "t:address", "192.0.2.0/24", true)]
    [InlineData("IpAddress", "t:address", "192.0.2.9/29", false)]
    [InlineData("IpAddress", "t:address", "192.0.2.7", true)]
    [InlineData("IpAddress", "t:address", "2001:db8::/32", false)]
    [InlineData("NotIpAddress", "t:address", "203.0.113.0/24", true)]
    [InlineData("StringEquals", "t:missing", "x", false)]
    [InlineData("IpAddress", "T:ADDRESS", "192.0.2.0/24", true)]
    public void A_statement_applies_where_its_condition_holds(string name, string key, string value, bool holds) => Assert.Equal(
        holds ? RamDecision.Allow : RamDecision.ImplicitDeny,
        Decide($$$"""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"{{{name}}}":{"{{{key}}}":"{{{value}}}"} } }"""));

    [Theory]
    [InlineData("""{"StringEquals":{"t:text":["x","Abc"]}}""", true)]
    [InlineData("""{"StringNotEquals":{"t:text":["x","Abc"]}}""", false)]
    [InlineData("""{"StringEquals":{"t:text":"Abc"},"Bool":{"t:flag":"true"}}""", true)]
    [InlineData("""{"StringEquals":{"t:text":"Abc"},"Bool":{"t:flag":"false"}}""", false)]
    [InlineData("""{"StringEquals":{"t:text":"Abc","t:missing":"x"}}""", false)]
    public void One_value_of_a_key_is_enough_and_all_keys_are_needed(string condition, bool holds) => Assert.Equal(
        holds ? RamDecision.Allow : RamDecision.ImplicitDeny, Decide($$"""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{condition}}}"""));

    [Fact]
    public void A_pattern_of_many_stars_takes_no_longer_than_its_length_times_the_text()
    {
        var pattern = string.Concat(Enumerable.Repeat("*a", 2000)) + "b";
        Assert.False(RamPattern.Matches(pattern, new string('a', 4000), ignoreCase: true));
    }

    private static RamDecision Decide(params string[] statements) =>
        RamPolicy.Parse($$"""{"Version":"1","Statement":[{{string.Join(',', statements)}}]}""").Decide(new RamRequest("ecs:CopyImage", Image, Context));

    private static readonly Dictionary<string, string> Context = new(StringComparer.OrdinalIgnoreCase)
    {
        ["t:text"] = "Abc",
        ["t:number"] = "5",
        ["t:time"] = "2026-11-23T10:00:00Z",
        ["t:flag"] = "true",
        ["t:address"] = "192.0.2.7",
    };
}
