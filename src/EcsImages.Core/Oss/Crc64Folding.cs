using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace EcsImages.Core.Oss;

/// <summary>Brings bytes down to 16 that have the same CRC-64, with carry-less multiplication: many times as fast as by table.</summary>
/// <remarks>
/// A block of 128 bits that stands n bits before another may be replaced by its product with x to the power of n, modulo the polynomial, added to
/// that other one. Source: "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction", Intel, 2009; the constants are computed here.
/// </remarks>
internal static class Crc64Folding
{
    /// <summary>How many bytes are left.</summary>
    public const int Left = 16;

    /// <summary>Fewer bytes are not worth it, or cannot be folded.</summary>
    public const int Least = 128;

    private const int Step = 64;

    // Four blocks side by side: a multiplication takes several cycles, but the next can begin in each of them.
    private static readonly Vector128<ulong> Far = Distance(8 * Step), Near = Distance(8 * Left);

    /// <summary>Whether the processor multiplies without carry.</summary>
    public static bool IsSupported => BitConverter.IsLittleEndian && (Pclmulqdq.IsSupported || ArmAes.IsSupported);

    /// <summary>Folds as many bytes as go into steps.</summary>
    /// <param name="crc">The register before them, as it is added to the first eight bytes.</param>
    /// <param name="bytes">At least <see cref="Least"/>.</param>
    /// <param name="left">16 bytes that stand for all that was taken, with a register of 0 before them.</param>
    /// <returns>How many bytes were taken.</returns>
    // Optimized from the first call: a loop over hundreds of MiB would be over before the runtime saw that it is worth it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Fold(ulong crc, ReadOnlySpan<byte> bytes, Span<byte> left)
    {
        var (far, near) = (Far, Near);
        var blocks = MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes);
        var (a, b, c, d) = (blocks[0] ^ Vector128.CreateScalar(crc), blocks[1], blocks[2], blocks[3]);
        var taken = 4;
        for (; taken + 4 <= blocks.Length; taken += 4)
        {
            a = Move(a, far) ^ blocks[taken];
            b = Move(b, far) ^ blocks[taken + 1];
            c = Move(c, far) ^ blocks[taken + 2];
            d = Move(d, far) ^ blocks[taken + 3];
        }
        var last = Move(Move(Move(a, near) ^ b, near) ^ c, near) ^ d;
        MemoryMarshal.Write(left, in last);
        return taken * Left;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Move(Vector128<ulong> block, Vector128<ulong> by) => Pclmulqdq.IsSupported
        ? Pclmulqdq.CarrylessMultiply(block, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(block, by, 0x11)
        : ArmAes.PolynomialMultiplyWideningLower(block.GetLower(), by.GetLower()) ^ ArmAes.PolynomialMultiplyWideningUpper(block, by);

    // The earlier half of a block stands 64 bits further away. In reflected order a product comes out one bit too high.
    private static Vector128<ulong> Distance(int bits) => Vector128.Create(Crc64.PowerOfX(bits + 64 - 1), Crc64.PowerOfX(bits - 1));
}
