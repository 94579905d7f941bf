using System.Globalization;
using System.Management.Automation;

namespace EcsImages.PowerShell.Parameters;

/// <summary>Turns -SizeGiB 40GB, which PowerShell reads as 42,949,672,960, into a hint instead of an overflow.</summary>
public sealed class SizeGiBAttribute : ArgumentTransformationAttribute
{
    private const long LargestGiB = 65536;
    private const double BytesPerGiB = 1L << 30;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is object[] several)
        {
            var sizes = new object[several.Length];
            for (var i = 0; i < sizes.Length; i++) sizes[i] = Transform(engineIntrinsics, several[i]);
            return sizes;
        }
        if (value is string text)
        {
            var digits = text.Trim().TrimEnd('B', 'b').TrimEnd('i', 'I').TrimEnd('G', 'g').Trim();
            if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var gib))
                throw new ArgumentTransformationMetadataException($"'{text}' is not a size. Write whole GiB as a plain number, such as 40.");
            return digits == text.Trim() ? Whole(gib) : throw Hint(text, gib);
        }
        if (value is not IConvertible) return inputData;
        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        return number > LargestGiB ? throw Hint(number.ToString("0", CultureInfo.InvariantCulture), number / BytesPerGiB) : Whole(number);
    }

    private static int Whole(double gib) => gib == Math.Floor(gib) && gib is >= 1 and <= LargestGiB
        ? (int)gib
        : throw new ArgumentTransformationMetadataException($"{gib.ToString(CultureInfo.InvariantCulture)} is not a size in whole GiB from 1 to {LargestGiB}.");

    private static ArgumentTransformationMetadataException Hint(string given, double gib) => new(
        $"{given} is more than a disk can have in GiB: the number is already in GiB, without a unit. Write {Math.Max(1, Math.Round(gib)).ToString("0", CultureInfo.InvariantCulture)}, not {Math.Max(1, Math.Round(gib)).ToString("0", CultureInfo.InvariantCulture)}GB.");
}
