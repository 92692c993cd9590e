using LiveCoCreate.Grains;

namespace LiveCoCreate.Web.Door;

/// <summary>An HTTP request that is answered with a refusal: status and code (PROTOCOL.md I5).</summary>
public sealed class RefusedException(int status, string code) : Exception(code)
{
    public int Status { get; } = status;

    public Refusal Refusal { get; } = Refusal.Of(code);

    /// <summary>The refusal of a command, as HTTP.</summary>
    public static RefusedException From(Refusal refusal) => new(
        refusal.Code switch
        {
            "workshop-missing" or "board-missing" or "code-unknown" or "idea-missing" or "comment-missing" => StatusCodes.Status404NotFound,
            "not-allowed" => StatusCodes.Status403Forbidden,
            "too-fast" => StatusCodes.Status429TooManyRequests,
            "too-large" => StatusCodes.Status413PayloadTooLarge,
            "malformed" or "empty-text" => StatusCodes.Status400BadRequest,
            "internal-error" => StatusCodes.Status500InternalServerError,
            "retry" => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status409Conflict,
        },
        refusal.Code);
}
