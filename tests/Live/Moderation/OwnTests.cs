using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Live.Moderation;

/// <summary>PROTOCOL F2: what becomes of one's own while somebody else acts is told, whatever part of it changes.</summary>
public sealed class OwnTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact]
    public async Task Whose_theme_is_approved_is_told_although_no_idea_of_theirs_changes()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom(Moderation: "approve"));
        var joe = await room.JoinAsync();
        await room.DoAsync(room.Facilitator, "change-settings", new { sorting = "everyone" });
        var theme = Ids.New();
        await room.DoAsync(joe, "add-theme", new { theme, title = "Shade", colour = 3 });
        await joe.WaitForAsync(person => person.Mine.Themes.ContainsKey(theme));

        await room.DoAsync(room.Facilitator, "approve-theme", new { theme });
        await joe.WaitForAsync(person => person.Board.Themes.ContainsKey(theme) && person.Mine.Themes.Count == 0);
    }
}
