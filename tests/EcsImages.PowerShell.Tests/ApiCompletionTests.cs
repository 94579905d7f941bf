using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

public sealed class ApiCompletionTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private readonly TestShell _shell = shared.Shell;

    [Theory]
    [InlineData("Invoke-EcsApi DescribeImageF", "DescribeImageFromFamily")]
    [InlineData("Invoke-EcsApi describeimagefrom", "DescribeImageFromFamily")]
    [InlineData("Invoke-EcsApi *Family", "DescribeImageFromFamily")]
    [InlineData("Invoke-EcsApi -Product sts Get", "GetCallerIdentity")]
    [InlineData("Invoke-EcsApi -Product lo", "location")]
    [InlineData("Invoke-EcsApi CopyImage -Dest", "-DestinationDescription -DestinationImageName -DestinationRegionId")]
    [InlineData("Invoke-EcsApi AssumeRole -Product sts -Role", "-RoleArn -RoleSessionName")]
    [InlineData("Invoke-EcsApi DescribeImages -ImageOwnerAlias s", "system self")]
    [InlineData("Invoke-EcsApi -Operation DescribeImages -ImageOwnerAlias self -Usage ", "instance none")]
    [InlineData("Invoke-EcsApi CopyImage -DestinationRegionId cn-be", "cn-beijing")]
    [InlineData("Invoke-EcsApi CopyImage -Parameter Enc", "@{ EncryptAlgorithm = } @{ Encrypted = }")]
    [InlineData("Invoke-EcsApi Nonsense -Image", "")]
    public void Tab_completes_operations_their_parameters_and_known_values(string typed, string expected) =>
        Assert.Equal(expected, string.Join(' ', Complete(typed).Select(static c => c.CompletionText)));

    [Fact]
    public void Tab_completes_ids_of_what_the_account_has() =>
        Assert.Contains(_shell.Text("$image.ImageId"), Complete("Invoke-EcsApi DeleteImage -ImageId ").Select(static c => c.CompletionText));

    [Fact]
    public void Every_operation_is_offered_with_what_it_needs()
    {
        var offered = Complete("Invoke-EcsApi ");
        Assert.True(offered.Count > 80);
        Assert.StartsWith("Needs ImageId.", offered.Single(static o => o.CompletionText == "CopyImage").ToolTip, StringComparison.Ordinal);
    }

    /// <summary>A name that PowerShell keeps for itself is left to -Parameter; all others are there, and none breaks the cmdlet.</summary>
    [Fact]
    public void Every_operation_of_every_product_has_its_parameters()
    {
        var left = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var product in new[] { "ecs", "sts", "quotas", "oos", "ram", "location" })
        {
            foreach (var operation in Complete($"Invoke-EcsApi -Product {product} -Operation ").Select(static c => c.CompletionText))
            {
                var has = Complete($"Invoke-EcsApi {operation} -Product {product} -").Select(static c => c.CompletionText[1..]).ToHashSet(StringComparer.OrdinalIgnoreCase);
                var takes = _shell.Texts($"Invoke-EcsApi {operation} -Product {product} -ShowParameter | ForEach-Object {{ $_.Name.Split('.')[0] }}").Distinct();
                left.UnionWith(takes.Where(t => !has.Contains(t)));
            }
        }
        Assert.Equal(["Verbose"], left);
    }

    private System.Collections.ObjectModel.Collection<CompletionResult> Complete(string typed)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_shell.Runspace);
        return CommandCompletion.CompleteInput(typed, typed.Length, null, shell).CompletionMatches;
    }
}
