using System.Buffers.Text;
using System.Text;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Checks what a machine would be handed at its next boot. Nothing of it is kept but the key pair's name.</summary>
internal static class LaunchLogin
{
    private const int MostUserData = 32 * 1024;

    public static void Check(Call call, Session store, Image image)
    {
        var (password, key) = (call.Text("Password"), call.Text("KeyPairName"));
        if (key is not null && image.OsType == "windows") throw Error.Of("DependencyViolation.WindowsInstance", key);
        if (password is not null && key is not null) throw Error.Of("InvalidPasswordParam.Mismatch");
        if (key is not null) NamedKeyPair.Need(call, store, key);
        CheckPassword(password);
        if (call.Text("UserData") is { } data) CheckUserData(data);
    }

    public static void CheckPassword(string? password)
    {
        // The text itself appears in no message.
        if (password is not null && !IsStrong(password)) throw Error.Of("InvalidPassword.Malformed");
    }

    private static bool IsStrong(string password) =>
        password.Length is >= 8 and <= 30 && password.All(static c => c is > ' ' and <= '~')
        && (password.Any(char.IsAsciiLetterLower) ? 1 : 0) + (password.Any(char.IsAsciiLetterUpper) ? 1 : 0)
            + (password.Any(char.IsAsciiDigit) ? 1 : 0) + (password.Any(static c => !char.IsAsciiLetterOrDigit(c)) ? 1 : 0) >= 3;

    public static void CheckUserData(string data)
    {
        if (!Base64.IsValid(Encoding.UTF8.GetBytes(data), out var length)) throw Error.Of("InvalidUserData.Base64FormatInvalid");
        if (length > MostUserData) throw Error.Of("InvalidUserData.SizeExceeded", length, MostUserData);
    }
}
