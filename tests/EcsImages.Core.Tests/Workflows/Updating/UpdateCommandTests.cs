using EcsImages.Core.Workflows;
using EcsImages.Core.Workflows.Updating;

namespace EcsImages.Core.Tests.Workflows.Updating;

public sealed class UpdateCommandTests
{
    [Theory]
    [InlineData(null, null, "linux", "RunShellScript")]
    [InlineData(null, null, "windows", "RunPowerShellScript")]
    [InlineData(null, null, null, "RunShellScript")]
    [InlineData("patch.sh", null, "linux", "RunShellScript")]
    [InlineData("patch.PS1", null, "windows", "RunPowerShellScript")]
    [InlineData("patch.cmd", null, "windows", "RunBatScript")]
    [InlineData("patch", null, "windows", "RunPowerShellScript")]
    [InlineData("patch.txt", "runbatscript", "windows", "RunBatScript")]
    [InlineData("patch.ps1", "RunBatScript", "windows", "RunBatScript")]
    public void The_type_of_a_script_is_that_which_was_asked_for_or_of_its_file_or_of_the_system(string? file, string? type, string? osType, string expected) =>
        Assert.Equal(expected, UpdateCommand.Of("exit 0", file, type, osType).Type);

    [Theory]
    [InlineData("patch.sh", null, "windows", "CommandTypeMismatch")]
    [InlineData("patch.ps1", null, "linux", "CommandTypeMismatch")]
    [InlineData(null, "RunPowerShellScript", "linux", "CommandTypeMismatch")]
    [InlineData(null, "RunPython", "linux", "InvalidCommandType")]
    public void A_script_that_would_not_run_is_told_before(string? file, string? type, string osType, string code)
    {
        var refused = Assert.Throws<PreconditionException>(() => UpdateCommand.Of("exit 0", file, type, osType));
        Assert.Equal(code, refused.Code);
        Assert.Contains(type ?? file!, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" \r\n", "CommandEmpty")]
    [InlineData("a\0b", "CommandUnreadable")]
    public void What_is_no_script_is_refused(string content, string code) =>
        Assert.Equal(code, Assert.Throws<PreconditionException>(() => UpdateCommand.Of(content, null, null, "linux")).Code);

    [Fact]
    public void A_script_may_have_18_KiB_in_Base64_and_no_byte_more()
    {
        Assert.Equal(18 * 1024, Convert.ToBase64String(new byte[UpdateCommand.MostBytes]).Length);
        Assert.NotNull(UpdateCommand.Of(new string('x', UpdateCommand.MostBytes), null, null, "linux"));
        // It is bytes that count, not characters.
        var refused = Assert.Throws<PreconditionException>(() => UpdateCommand.Of(new string('é', UpdateCommand.MostBytes / 2 + 1), null, null, "linux"));
        Assert.Equal("CommandTooLong", refused.Code);
        Assert.Contains($"{UpdateCommand.MostBytes + 2} bytes", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nb", "linux", true)]
    [InlineData("a\nb", "linux", false)]
    [InlineData("a\r\nb", "windows", false)]
    public void Line_ends_that_a_shell_stumbles_over_are_noticed(string content, string osType, bool foreign) =>
        Assert.Equal(foreign, UpdateCommand.Of(content, null, null, osType).HasForeignLineEnds);

    [Theory]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'o', (byte)'k' }, "ok")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'o', 0, (byte)'k', 0 }, "ok")]
    [InlineData(new byte[] { (byte)'o', 0xE9, (byte)'k' }, null)]
    public async Task A_file_is_read_as_its_byte_order_mark_says_and_otherwise_as_UTF_8(byte[] bytes, string? text)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, bytes);
            if (text is not null) Assert.Equal(text, await UpdateCommand.ReadAsync(file, default));
            else Assert.Equal("CommandUnreadable", (await Assert.ThrowsAsync<PreconditionException>(() => UpdateCommand.ReadAsync(file, default))).Code);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
