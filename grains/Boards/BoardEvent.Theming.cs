using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

[JsonDerivedType(typeof(IdeasKeptApart), "ideas-kept-apart")]
public abstract partial record BoardEvent
{
    /// <param name="Apart">Whether clustering never puts the two into one theme from now on.</param>
    public sealed record IdeasKeptApart(IdeaId Idea, IdeaId Other, bool Apart) : BoardEvent;
}
