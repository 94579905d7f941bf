using System.Globalization;

namespace EcsImages.Core.Images;

/// <summary>Puts together what is known of one image.</summary>
internal static class ImageKnowledge
{
    /// <summary>Trust, support, lifecycle, responsibility and fee of an image on the day that it was seen.</summary>
    public static EcsImageSupport SupportOf(EcsImage image)
    {
        var today = image.SeenOn;
        var lifecycle = LifecycleOf(image);
        var successor = Lifecycles.SuccessorOf(lifecycle, today);
        var supporter = Supporters.Of(image, today);
        var responsibility = Responsibilities.Of(image.ImageType);
        var fee = Fees.Of(image);
        return new EcsImageSupport
        {
            ImageId = image.ImageId,
            Name = image.Name,
            ImageType = image.ImageType,
            Trust = image.Trust,
            SupportedBy = supporter.Name,
            Why = supporter.Why,
            OS = lifecycle.Name,
            Phase = lifecycle.Phase,
            MainstreamEnd = lifecycle.MainstreamEnd,
            EndOfLife = lifecycle.EndOfLife,
            DaysLeft = lifecycle.DaysLeft,
            ExtendedEnd = lifecycle.ExtendedEnd,
            Successor = successor?.Name,
            Afterwards = Afterwards(image, lifecycle, successor, today),
            MadeBy = responsibility.MadeBy,
            AlibabaCloudSecures = responsibility.AlibabaCloudSecures,
            YouSecure = responsibility.YouSecure,
            Fee = fee.Text,
            WhyFee = fee.Why,
            Regions = Availabilities.Of(image.ImageType)?.Text,
            RegionId = image.RegionId,
            ContextAccountId = image.ContextAccountId,
        };
    }

    /// <summary>The lifecycle of an image on the day that it was seen; without dates if it is not known.</summary>
    public static EcsOSLifecycle LifecycleOf(EcsImage image)
    {
        var row = Lifecycles.Of(image) ?? new EcsOSLifecycle
        {
            OS = image.OSName ?? image.Platform ?? "Unknown",
            Platform = image.Platform,
            Note = "No lifecycle is known for what the image says of its operating system.",
        };
        return row with { ImageId = image.ImageId, ImageName = image.Name, RegionId = image.RegionId, ContextAccountId = image.ContextAccountId, SeenOn = image.SeenOn };
    }

    private static string Afterwards(EcsImage image, EcsOSLifecycle lifecycle, EcsOSLifecycle? successor, DateOnly today)
    {
        if (lifecycle.Version is null) return "Its end is not known: ask whoever makes its operating system.";
        var parts = new List<string>();
        if (lifecycle.EndOfLife is null) parts.Add("Its end is not published where this table looked.");
        if (lifecycle.Extension is { } extension && lifecycle.ExtendedEnd >= today)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{(lifecycle.IsPastEnd(today) ? "There" : "After its end there")} is {extension}, until {lifecycle.ExtendedEnd:yyyy-MM-dd}."));
        if (successor is not null) parts.Add($"{When(lifecycle, today)} to {Either(successor, lifecycle)}: Find-EcsImage -ReplacementFor {image.ImageId} -RegionId {image.RegionId}");
        else if (lifecycle.SuccessorReason is { } reason) parts.Add(reason);
        else if (lifecycle.EndOfLife is not null) parts.Add("It is the newest version that this table knows.");
        return string.Join(' ', parts);
    }

    private static string When(EcsOSLifecycle lifecycle, DateOnly today) => lifecycle.EndOfLife is { } end && !lifecycle.IsPastEnd(today)
        ? string.Create(CultureInfo.InvariantCulture, $"By {end:yyyy-MM-dd} move")
        : "Move";

    private static string Either(EcsOSLifecycle successor, EcsOSLifecycle lifecycle) =>
        string.Join(" or ", lifecycle.Alternatives.Where(a => a != successor.Name).Prepend(successor.Name));
}
