using System.Security.Cryptography;
using System.Text;

namespace LiveCoCreate.Grains.Workshops;

/// <summary>What a thing is called on the board it was copied to: whoever knows the one finds the other, so that it can be forgotten there too.</summary>
public static class Copied
{
    public static IdeaId Idea(BoardId to, IdeaId idea) => new(Id(to, idea.Value));

    public static CommentId Comment(BoardId to, CommentId comment) => new(Id(to, comment.Value));

    public static ThemeId Theme(BoardId to, ThemeId theme) => new(Id(to, theme.Value));

    public static string Id(BoardId to, string what) => Ids.From(SHA256.HashData(Encoding.UTF8.GetBytes($"copy {to.Value} {what}")));
}
