using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace LiveCoCreate.Wire.Seats;

/// <summary>What one person's browser holds: cookies, and nothing else. Its connections are the server's shared ones, since
/// two thousand handlers would each keep their own.</summary>
public sealed class Browser(LiveServer server)
{
    private readonly Dictionary<string, string> _cookies = [];
    private int _door = server.NextDoor();

    /// <summary>Hears the request and the body of every answer, decompressed.</summary>
    public Action<string, ReadOnlyMemory<byte>>? Heard { get; set; }

    /// <summary>The web node that this person goes to.</summary>
    public Uri Address => server.Addresses[_door % server.Addresses.Count];

    /// <summary>To the next web node, as a load balancer would send them.</summary>
    public void GoElsewhere() => Interlocked.Increment(ref _door);

    public long BytesReceived { get; private set; }

    /// <summary>Sent as <c>Origin</c>; a program has none (S4).</summary>
    public string? Origin { get; set; }

    /// <summary>The Cookie header.</summary>
    public string Cookies
    {
        get { lock (_cookies) return string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")); }
    }

    public string? Cookie(string name)
    {
        lock (_cookies) return _cookies.GetValueOrDefault(name);
    }

    /// <summary>Sets a cookie by hand, for trying forged ones; null takes it away.</summary>
    public void SetCookie(string name, string? value)
    {
        lock (_cookies)
        {
            if (value is null) _cookies.Remove(name);
            else _cookies[name] = value;
        }
    }

    public Task<HttpAnswer> GetAsync(string path, string? ifNoneMatch = null, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Get, path, null, ifNoneMatch, cancellation);

    public Task<HttpAnswer> PostAsync(string path, object body, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Post, path, WireJson.Write(body), null, cancellation);

    public async Task<HttpAnswer> SendAsync(HttpMethod method, string path, byte[]? json, string? ifNoneMatch = null, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path));
        if (Cookies is { Length: > 0 } cookies) request.Headers.TryAddWithoutValidation("Cookie", cookies);
        if (Origin is not null) request.Headers.TryAddWithoutValidation("Origin", Origin);
        if (ifNoneMatch is not null) request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        if (server.OrganiserKey is { } key) request.Headers.TryAddWithoutValidation("Organiser-Key", key);
        if (json is not null) request.Content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

        using var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
        KeepCookies(response);
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        BytesReceived += body.Length;
        Heard?.Invoke($"{method} {path}", body);
        return new HttpAnswer(response.StatusCode, body, response.Headers.ETag?.ToString(), HeadersOf(response), $"{method} {path}");
    }

    /// <summary>Sends again while the server is away, busy or says <c>too-fast</c>. Only for what may be sent twice: a GET, or a
    /// POST with a <c>request</c> id.</summary>
    public async Task<HttpAnswer> RetryAsync(Func<Task<HttpAnswer>> send, TimeSpan giveUpAfter, CancellationToken cancellation = default)
    {
        var patience = new Patience(giveUpAfter);
        while (true)
        {
            string why;
            try
            {
                var answer = await send();
                if ((int)answer.Status is not (408 or 429 or >= 500)) return answer;
                if (patience.IsOver) return answer;
                why = $"it answered {(int)answer.Status}";
            }
            catch (Exception away) when (IsAway(away) || (away is TaskCanceledException && !cancellation.IsCancellationRequested))
            {
                if (patience.IsOver) throw new LineLostException($"{Address} is away: {away.Message}");
                why = away.Message;
                GoElsewhere();
            }

            await patience.WaitAsync(why, cancellation);
        }
    }

    /// <summary>Whether this says that the server is not there. Of one that is killed just as it is connected to, .NET tells in the socket's own words.</summary>
    internal static bool IsAway(Exception broken) => broken is HttpRequestException or IOException or SocketException;

    private void KeepCookies(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var lines)) return;
        foreach (var line in lines)
        {
            var pair = line.Split(';', 2)[0];
            var (name, value) = pair.Split('=', 2) is [var left, var right] ? (left.Trim(), right.Trim()) : (pair, "");
            var isTakenAway = value.Length == 0 || line.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase);
            SetCookie(name, isTakenAway ? null : value);
        }
    }

    private static Dictionary<string, string> HeadersOf(HttpResponseMessage response) =>
        response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
}
