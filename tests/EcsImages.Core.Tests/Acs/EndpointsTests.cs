using EcsImages.Core.Acs;

namespace EcsImages.Core.Tests.Acs;

public sealed class EndpointsTests
{
    [Theory]
    [InlineData("cn-hangzhou", "ecs.cn-hangzhou.aliyuncs.com", "sts.cn-hangzhou.aliyuncs.com")]
    [InlineData("ap-southeast-1", "ecs.ap-southeast-1.aliyuncs.com", "sts.ap-southeast-1.aliyuncs.com")]
    [InlineData("cn-hangzhou-finance", "ecs.aliyuncs.com", "sts.aliyuncs.com")]
    [InlineData("cn-shenzhen-finance-1", "ecs-cn-hangzhou.aliyuncs.com", "sts.aliyuncs.com")]
    [InlineData("ap-south-1", "ecs.ap-south-1.aliyuncs.com", "sts.aliyuncs.com")]
    public void A_product_has_its_own_host_in_each_region(string region, string ecs, string sts)
    {
        Assert.Equal($"https://{ecs}/", AcsEndpoints.Public.For(AcsProduct.Ecs, region).AbsoluteUri);
        Assert.Equal($"https://{sts}/", AcsEndpoints.Public.For(AcsProduct.Sts, region).AbsoluteUri);
        Assert.Equal("https://quotas.aliyuncs.com/", AcsEndpoints.Public.For(AcsProduct.Quotas, region).AbsoluteUri);
    }

    [Theory]
    [InlineData("ram", "ram.aliyuncs.com")]
    [InlineData("quotas", "quotas.aliyuncs.com")]
    [InlineData("location", "location-readonly.aliyuncs.com")]
    [InlineData("oos", "oos.cn-beijing.aliyuncs.com")]
    public void A_central_product_has_one_host_for_all_regions(string product, string host) =>
        Assert.Equal($"https://{host}/", AcsEndpoints.Public.For(EcsImages.Core.Contract.ApiProduct.Find(product)!.Acs, "cn-beijing").AbsoluteUri);

    [Theory]
    [InlineData("ecs.example.com", "https://ecs.example.com/")]
    [InlineData("https://ecs.example.com:8443", "https://ecs.example.com:8443/")]
    [InlineData("http://127.0.0.1:8801", "http://127.0.0.1:8801/")]
    [InlineData("http://[::1]:8801/", "http://[::1]:8801/")]
    [InlineData("http://localhost", "http://localhost/")]
    [InlineData("http://ecs.localhost:81", "http://ecs.localhost:81/")]
    public void An_explicit_endpoint_serves_every_product_and_region(string address, string expected)
    {
        var endpoints = AcsEndpoints.At(address);
        Assert.Equal(expected, endpoints.Fixed!.AbsoluteUri);
        Assert.Equal(expected, endpoints.For(AcsProduct.Sts, "anything at all").AbsoluteUri);
    }

    [Theory]
    [InlineData("http://ecs.cn-hangzhou.aliyuncs.com")]
    [InlineData("http://localhost.example.com")]
    [InlineData("http://10.0.0.1")]
    [InlineData("http://128.0.0.1")]
    public void Http_to_another_machine_is_refused(string address) =>
        Assert.Contains("unencrypted", Assert.Throws<ArgumentException>(() => AcsEndpoints.At(address)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("https://")]
    [InlineData("ftp://ecs.example.com")]
    [InlineData("https://ecs.example.com/path")]
    [InlineData("https://ecs.example.com?x=1")]
    [InlineData("https://ecs.example.com#x")]
    [InlineData("https://ecs.example.com@evil.example.com")]
    [InlineData("a b")]
    public void What_is_not_an_endpoint_is_refused_with_an_example(string address) =>
        Assert.Contains("Write it like https://", Assert.Throws<ArgumentException>(() => AcsEndpoints.At(address)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("cn-hangzhou.example.com/")]
    [InlineData("cn_hangzhou")]
    [InlineData("cn-hangzhöu")]
    [InlineData("a/b")]
    public void A_region_that_would_change_the_host_is_refused(string region) =>
        Assert.Throws<ArgumentException>(() => AcsEndpoints.Public.For(AcsProduct.Ecs, region));
}
