using System.Management.Automation;

namespace EcsImages.PowerShell.Knowledge;

/// <summary>Turns a point in time into its day and back, so that an end of life compares with Get-Date. PowerShell itself compares a day with texts only.</summary>
public sealed class DayConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => sourceValue is DateTime or DateTimeOffset && destinationType == typeof(DateOnly);

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => sourceValue is DateOnly && (destinationType == typeof(DateTime) || destinationType == typeof(DateTimeOffset));

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        DateOnly.FromDateTime(sourceValue is DateTimeOffset moment ? moment.DateTime : (DateTime)sourceValue);

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        var midnight = ((DateOnly)sourceValue).ToDateTime(TimeOnly.MinValue);
        return destinationType == typeof(DateTime) ? (object)midnight : new DateTimeOffset(midnight);
    }
}
