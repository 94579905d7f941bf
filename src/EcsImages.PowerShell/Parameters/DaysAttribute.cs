using System.Globalization;
using System.Management.Automation;

namespace EcsImages.PowerShell.Parameters;

/// <summary>Takes a number for so many days, where PowerShell would read ticks of 100 ns; a TimeSpan stays what it is.</summary>
public sealed class DaysAttribute : ArgumentTransformationAttribute
{
    private const double Longest = 36_500;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var days = value switch
        {
            null => (double?)null,
            TimeSpan span => span.TotalDays,
            string text => Read(text),
            IConvertible number and not (bool or char or DateTime) => Convert.ToDouble(number, CultureInfo.InvariantCulture),
            _ => throw new ArgumentTransformationMetadataException($"A {value.GetType().Name} is no length of time. Write a number of days, such as 90."),
        };
        return days switch
        {
            null => null,
            >= 0 and <= Longest => TimeSpan.FromDays(days.Value),
            < 0 => throw new ArgumentTransformationMetadataException($"{value} is in the past. Write a number of days from now, such as 90; -Ended gets what has ended."),
            _ => throw new ArgumentTransformationMetadataException($"{value} is not between 0 and {Longest.ToString("0", CultureInfo.InvariantCulture)} days. Write a number of days from now, such as 90."),
        };
    }

    private static double Read(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var days)) return days;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span)) return span.TotalDays;
        throw new ArgumentTransformationMetadataException($"'{text}' is no length of time. Write a number of days, such as 90, or days and hours as 90.12:00:00.");
    }
}
