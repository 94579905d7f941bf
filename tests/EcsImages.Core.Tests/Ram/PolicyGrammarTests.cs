using EcsImages.Core.Ram;

namespace EcsImages.Core.Tests.Ram;

/// <summary>Against RAM, "Policy structure and syntax" and "Policy elements".</summary>
public sealed class PolicyGrammarTests
{
    private const string Allowing = """{"Effect":"Allow","Action":"ecs:*","Resource":"*"}""";

    [Theory]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":{"Effect":"Deny","NotAction":["ram:*"],"Resource":["acs:oss:*:*:mybucket/*"]},"Version":"1"}""")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":["oss:ListBuckets","ecs:Describe*"],"NotResource":"acs:ecs:*:*:instance/i-1"}]}""")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"IpAddress":{"acs:SourceIp":["192.0.2.0/24","203.0.113.2"]},"Bool":{"acs:SecureTransport":"true"}}}]}""")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"DateLessThan":{"acs:CurrentTime":"2026-08-12T17:00:00+08:00"}}}]}""")]
    public void What_RAM_documents_is_a_policy_and_is_written_as_the_same(string document)
    {
        var policy = RamPolicy.Parse(document);
        var written = RamPolicyWriter.Write(policy);
        Assert.Equal(written, RamPolicyWriter.Write(RamPolicy.Parse(written)));
        Assert.Equal(policy.Statements.Count, RamPolicy.Parse(written).Statements.Count);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{", "line 1")]
    [InlineData("[]", "object")]
    [InlineData("null", "object")]
    [InlineData("""{"Version":"1"}""", "Statement")]
    [InlineData($$"""{"Statement":[{{Allowing}}]}""", "Version")]
    [InlineData($$"""{"Version":1,"Statement":[{{Allowing}}]}""", "Version")]
    [InlineData($$"""{"Version":"2012-10-17","Statement":[{{Allowing}}]}""", "Version")]
    [InlineData($$"""{"version":"1","Statement":[{{Allowing}}]}""", "written 'Version'")]
    [InlineData($$"""{"Version":"1","Statement":[{{Allowing}}],"Id":"x"}""", "'Id'")]
    [InlineData($$"""{"Version":"1","Version":"1","Statement":[{{Allowing}}]}""", "twice")]
    [InlineData("""{"Version":"1","Statement":[]}""", "at least one")]
    [InlineData("""{"Version":"1","Statement":"*"}""", "at least one")]
    [InlineData("""{"Version":"1","Statement":[1]}""", "Statement[0]")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"allow","Action":"ecs:*","Resource":"*"}]}""", "Statement[0].Effect")]
    [InlineData("""{"Version":"1","Statement":[{"Action":"ecs:*","Resource":"*"}]}""", "Effect")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Resource":"*"}]}""", "either Action or NotAction")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","NotAction":"ram:*","Resource":"*"}]}""", "either Action or NotAction")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*"}]}""", "either Resource or NotResource")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":[],"Resource":"*"}]}""", "empty")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"","Resource":"*"}]}""", "empty")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"CopyImage","Resource":"*"}]}""", "CopyImage")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":["ecs:CopyImage",7],"Resource":"*"}]}""", "a number")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"m-1"}]}""", "m-1")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"acs:ecs:*:image/m-1"}]}""", "acs:ecs:*:image/m-1")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*","Principal":{"RAM":["x"]}}]}""", "trust policy")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"StringIs":{"a":"b"}}}]}""", "StringEquals")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"ForAnyValue:StringEquals":{"a":"b"}}}]}""", "operator")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"Bool":{"acs:MFAPresent":true}}}]}""", "a boolean")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"Bool":{"acs:MFAPresent":"yes"}}}]}""", "true or false")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"IpAddress":{"acs:SourceIp":"192.0.2.0/33"}}}]}""", "192.0.2.0/33")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"DateLessThan":{"acs:CurrentTime":"tomorrow"}}}]}""", "tomorrow")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"NumericEquals":{"a:b":"one"}}}]}""", "one")]
    [InlineData("""{"Version":"1","Statement":[{"Effect":"Allow","Action":"\ud800:x","Resource":"*"}]}""", "not JSON")]
    public void What_RAM_does_not_have_is_refused_with_the_place_or_the_word(string document, string part)
    {
        var error = Assert.Throws<RamPolicyException>(() => RamPolicy.Parse(document));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_is_no_longer_than_RAM_takes()
    {
        static string Padded(int length) => $$"""{"Version":"1","Statement":[{{Allowing}}]}""".PadRight(length);
        Assert.Single(RamPolicy.Parse(Padded(6144)).Statements);
        Assert.Contains("6144", Assert.Throws<RamPolicyException>(() => RamPolicy.Parse(Padded(6145))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Conditions_survive_being_written()
    {
        const string Document = """{"Effect":"Deny","Action":"ecs:*","Resource":"*","Condition":{"NotIpAddress":{"acs:SourceIp":["192.0.2.0/24","203.0.113.2"]},"Bool":{"acs:SecureTransport":"false"}}}""";
        var policy = RamPolicy.Parse($$"""{"Version":"1","Statement":{{Document}}}""");
        Assert.Equal(Document, RamPolicyWriter.Write(policy.Statements[0]));
    }
}
