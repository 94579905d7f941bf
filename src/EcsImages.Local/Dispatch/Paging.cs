namespace EcsImages.Local.Dispatch;

/// <summary>PageNumber and PageSize: from 1, 1 to 100, by default the first 10.</summary>
internal readonly record struct Paging(int Number, int Size)
{
    public int Offset => (int)Math.Min(int.MaxValue, (long)(Number - 1) * Size);

    public static Paging Of(Call call, int most = 100)
    {
        var page = new Paging(call.Int("PageNumber") ?? 1, call.Int("PageSize") ?? 10);
        if (page.Number < 1) throw Error.Invalid("PageNumber", $"{page.Number} is below 1.");
        if (page.Size < 1 || page.Size > most) throw Error.Invalid("PageSize", $"{page.Size} is not from 1 to {most}.");
        return page;
    }
}
