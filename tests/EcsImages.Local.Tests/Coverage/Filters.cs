namespace EcsImages.Local.Tests.Coverage;

/// <summary>A filter, a value that fits something, and one that fits nothing; either may be missing.</summary>
internal sealed record Filter(string Parameter, string? Fits, string? Misses);

/// <summary>Holds filters of a listing to their effect.</summary>
internal static class Filters
{
    /// <summary>Asks with each value of each filter, and says which found something and should not have, or the other way round.</summary>
    public static async Task HoldAsync(TestClient client, string operation, Func<Answer, int> count, params Filter[] filters)
    {
        var wrong = new List<string>();
        foreach (var (parameter, fits, misses) in filters)
        {
            if (fits is not null && count(await client.OkAsync(operation, (parameter, fits))) == 0) wrong.Add($"{parameter}={fits} finds nothing.");
            if (misses is not null && count(await client.OkAsync(operation, (parameter, misses))) is > 0 and var found) wrong.Add($"{parameter}={misses} finds {found}.");
        }
        Assert.True(wrong.Count == 0, $"{operation}:\n{string.Join('\n', wrong)}");
    }

    /// <summary>Pages by number and by token, with the same two pages, and never the same item twice.</summary>
    public static async Task HoldPagesAsync(TestClient client, string operation, string list, string id, int size = 1)
    {
        var most = size.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var first = Ids(await client.OkAsync(operation, ("PageNumber", "1"), ("PageSize", most)));
        var second = Ids(await client.OkAsync(operation, ("PageNumber", "2"), ("PageSize", most)));
        Assert.Equal(size, first.Length);
        Assert.NotEmpty(second);
        Assert.Empty(first.Intersect(second));
        var start = await client.OkAsync(operation, ("MaxResults", most));
        Assert.Equal(first, Ids(start));
        Assert.Equal(second, Ids(await client.OkAsync(operation, ("MaxResults", most), ("NextToken", start.Text("NextToken")))));

        string[] Ids(Answer answer) => [.. answer.List(list).Select(i => i.GetProperty(id).GetString()!)];
    }
}
