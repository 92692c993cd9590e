using System.Text;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Fast.Wire;

public class CommandTests
{
    [Fact]
    public void A_command_is_written_as_the_protocol_says()
    {
        var command = Command.OnBoard("board-1", "add-idea", new { idea = "idea-1", lane = "lane-a", text = "צל ו\"שקט\"", language = (string?)null }, id: "command-1");

        Assert.Equal("""{"command":"command-1","board":"board-1","type":"add-idea","idea":"idea-1","lane":"lane-a","text":"צל ו\"שקט\""}""", Encoding.UTF8.GetString(command.Json));
    }

    [Fact] // I1
    public void An_id_is_16_characters_of_base64url() => Assert.Matches("^[A-Za-z0-9_-]{16}$", Ids.New());
}
