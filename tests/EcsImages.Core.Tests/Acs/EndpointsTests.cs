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
    [InlineData("cn-zhengzhou-jva", "ecs.cn-zhengzhou-jva.aliyuncs.com", "sts.aliyuncs.com")]
    [InlineData("ap-southeast-6", "ecs.ap-southeast-6.aliyuncs.com", "sts.aliyuncs.com")]
    [InlineData("eu-west-2", "ecs.eu-west-2.aliyuncs.com", "sts.aliyuncs.com")]
    public void A_product_has_its_own_host_in_each_region(string region, string ecs, string sts)
    {
        Assert.Equal($"https://{ecs}/", AcsEndpoints.Public.For(AcsProduct.Ecs, region).AbsoluteUri);
        Assert.Equal($"https://{sts}/", AcsEndpoints.Public.For(AcsProduct.Sts, region).AbsoluteUri);
        Assert.Equal("https://quotas.aliyuncs.com/", AcsEndpoints.Public.For(AcsProduct.Quotas, region).AbsoluteUri);
    }

    [Theory]
    [InlineData("ecs")]
    [InlineData("sts")]
    [InlineData("oos")]
    public void The_hosts_are_those_of_the_contract(string product)
    {
        var known = EcsImages.Core.Contract.ApiProduct.Find(product)!;
        Assert.NotEmpty(known.Contract().Endpoints);
        Assert.All(known.Contract().Endpoints, e => Assert.Equal(e.Value, AcsEndpoints.Public.For(known.Acs, e.Key).Host));
    }

    [Theory]
    [InlineData("ecs", "cn-hangzhou", "ecs-vpc.cn-hangzhou.aliyuncs.com")]
    [InlineData("ecs", "cn-hangzhou-finance", "ecs.aliyuncs.com")]
    [InlineData("sts", "cn-hangzhou", "sts-vpc.cn-hangzhou.aliyuncs.com")]
    [InlineData("sts", "ap-southeast-6", "sts.aliyuncs.com")]
    [InlineData("oos", "cn-beijing", "oos-vpc.cn-beijing.aliyuncs.com")]
    [InlineData("ram", "cn-beijing", "ram.vpc-proxy.aliyuncs.com")]
    [InlineData("quotas", "cn-beijing", "quotas.aliyuncs.com")]
    public void A_private_network_has_hosts_of_its_own_where_the_product_has_any(string product, string region, string host) =>
        Assert.Equal($"https://{host}/", AcsEndpoints.Private.For(EcsImages.Core.Contract.ApiProduct.Find(product)!.Acs, region).AbsoluteUri);

    [Fact]
    public void Buckets_are_reached_by_the_endpoint_of_the_network()
    {
        var request = new EcsImages.Core.Oss.OssRequest("HeadObject", HttpMethod.Head, "cn-beijing", "bucket", "key");
        Assert.Equal("bucket.oss-cn-beijing.aliyuncs.com", EcsImages.Core.Oss.OssAddress.Of(request, AcsEndpoints.Public).Host);
        Assert.Equal("bucket.oss-cn-beijing-internal.aliyuncs.com", EcsImages.Core.Oss.OssAddress.Of(request, AcsEndpoints.Private).Host);
    }

    [Theory]
    [InlineData("ecs.cn-hangzhou.aliyuncs.com")]
    [InlineData("https://ecs-vpc.cn-hangzhou.aliyuncs.com")]
    [InlineData("https://ECS.ALIYUNCS.COM.")]
    public void An_endpoint_of_one_product_is_refused_for_all(string address) =>
        Assert.Contains("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", Assert.Throws<ArgumentException>(() => AcsEndpoints.At(address)).Message, StringComparison.Ordinal);

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
