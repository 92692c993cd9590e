using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Workshops;
using LiveCoCreate.Web.Door;
using Microsoft.AspNetCore.DataProtection;

namespace LiveCoCreate.Web.Seats;

/// <summary>Gives seats and reads them back (PROTOCOL.md S1–S5). Secrets of links derive from one key kept beside the journal,
/// so no link's secret is stored anywhere, and renewing a link is counting its epoch up.</summary>
public sealed class SeatKeeper(IDataProtectionProvider protection, IGrains grains, ISecrets secrets, TimeProvider clock)
{
    private readonly IDataProtector _protector = protection.CreateProtector("LiveCoCreate.Seat.v1");
    private byte[]? _key;

    public static string CookieName(WorkshopId workshop, SeatKind kind) => $"lcc-{Word(kind)}-{workshop}";

    public static string Word(SeatKind kind) => kind switch
    {
        SeatKind.Facilitator => "facilitator",
        SeatKind.Screen => "screen",
        _ => "participant",
    };

    public static SeatKind? KindOf(string? word) => word switch
    {
        "facilitator" => SeatKind.Facilitator,
        "screen" => SeatKind.Screen,
        "participant" => SeatKind.Participant,
        _ => null,
    };

    public void Give(HttpContext http, WorkshopId workshop, SeatKind kind, PersonId id)
    {
        var seat = new Seat(workshop, kind, id, clock.Now() + Limits.SeatLife);
        var token = Convert.ToBase64String(_protector.Protect(JsonSerializer.SerializeToUtf8Bytes(seat, Json.Options))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        http.Response.Cookies.Append(CookieName(workshop, kind), token, Options(http));
    }

    public static void Take(HttpContext http, WorkshopId workshop, SeatKind kind) =>
        http.Response.Cookies.Delete(CookieName(workshop, kind), Options(http));

    /// <summary>The seat named by the query, proven by its cookie.</summary>
    /// <exception cref="RefusedException">The seat's refusals (S3), or <c>workshop-missing</c>.</exception>
    public async ValueTask<Seat> RequireAsync(HttpContext http)
    {
        var (seat, code) = await FindAsync(http, http.Request.Query["workshop"], http.Request.Query["as"]);
        return seat ?? throw new RefusedException(code == "workshop-missing" ? StatusCodes.Status404NotFound : code == "malformed" ? StatusCodes.Status400BadRequest : StatusCodes.Status401Unauthorized, code!);
    }

    /// <summary>The seat of this workshop and kind, or the code of why there is none.</summary>
    /// <param name="evenRevoked">Whoever asks to be forgotten may ask again after their seat has ended.</param>
    public async ValueTask<(Seat? Seat, string? Code)> FindAsync(HttpContext http, string? workshop, string? word, bool evenRevoked = false)
    {
        if (!Ids.IsId(workshop) || KindOf(word) is not { } kind) return (null, "malformed");
        var id = new WorkshopId(workshop);
        if (!http.Request.Cookies.TryGetValue(CookieName(id, kind), out var token) || token.Length == 0) return (null, "seat-missing");
        if (Read(token) is not { } seat || seat.Workshop != id || seat.Kind != kind) return (null, "seat-invalid");
        if (seat.Until < clock.Now()) return (null, "seat-expired");
        var rights = await grains.Workshop(id).RightsAsync();
        if (!rights.Exists) return (null, "workshop-missing");
        return rights.Revoked.Contains(seat.Id) && !evenRevoked ? (null, "seat-revoked") : (seat, null);
    }

    /// <summary>The id that this request makes: the same request again makes the same one, and nobody can guess it from outside.</summary>
    public async ValueTask<string> DeriveAsync(params string[] parts) => Ids.From(await HashAsync(parts));

    /// <summary>The secret of a private link in an epoch.</summary>
    public async ValueTask<string> SecretAsync(WorkshopId workshop, PrivateLink link, int epoch) =>
        System.Buffers.Text.Base64Url.EncodeToString((await HashAsync("link", workshop.Value, link.ToString(), epoch.ToString(System.Globalization.CultureInfo.InvariantCulture))).AsSpan(0, 24));

    /// <summary>The secret of a participant's own link.</summary>
    public async ValueTask<string> SecretAsync(WorkshopId workshop, PersonId participant) =>
        participant + "." + System.Buffers.Text.Base64Url.EncodeToString((await HashAsync("mine", workshop.Value, participant.Value)).AsSpan(0, 24));

    public static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private async ValueTask<byte[]> HashAsync(params string[] parts)
    {
        _key ??= (await secrets.GetOrCreateAsync("links", CancellationToken.None)).ToArray();
        return HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(string.Join('\n', parts)));
    }

    private Seat? Read(string token)
    {
        try
        {
            var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(token);
            return JsonSerializer.Deserialize<Seat>(_protector.Unprotect(bytes), Json.Options);
        }
        catch (Exception damaged) when (damaged is FormatException or CryptographicException or JsonException)
        {
            return null;
        }
    }

    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = "/",
        MaxAge = Limits.SeatLife,
        IsEssential = true,
    };
}
