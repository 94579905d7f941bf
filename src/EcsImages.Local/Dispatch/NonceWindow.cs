using System.Security.Cryptography;
using System.Text;

namespace EcsImages.Local.Dispatch;

/// <summary>The nonces of the last while: each is good once. Bounded by time and by number.</summary>
internal sealed class NonceWindow(TimeSpan length, int most = 200_000)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset At, string Nonce)> _order = new();
    private readonly object _gate = new();

    public bool TryUse(string nonce, DateTimeOffset now)
    {
        // Kept for a while, so however long one is, no more of it than tells it apart.
        if (nonce.Length > 256) nonce = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(nonce)));
        lock (_gate)
        {
            while (_order.TryPeek(out var oldest) && (now - oldest.At > length || _order.Count >= most)) _known.Remove(_order.Dequeue().Nonce);
            if (!_known.Add(nonce)) return false;
            _order.Enqueue((now, nonce));
            return true;
        }
    }
}
