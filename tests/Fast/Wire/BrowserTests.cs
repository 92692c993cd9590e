using System.Net;
using System.Net.Sockets;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Seats;

namespace LiveCoCreate.Fast.Wire;

public class BrowserTests
{
    public static readonly TheoryData<Exception> WordsOfAServerThatIsAway = new()
    {
        new HttpRequestException("Connection refused"),
        new IOException("The response ended prematurely."),
        new SocketException((int)SocketError.NotConnected),
    };

    [Theory]
    [MemberData(nameof(WordsOfAServerThatIsAway))]
    public async Task A_server_that_is_away_is_asked_again(Exception away)
    {
        using var server = new LiveServer(new Uri("http://localhost"));
        var answers = new Queue<Func<HttpAnswer>>([() => throw away, () => new HttpAnswer(HttpStatusCode.OK, [], null, new Dictionary<string, string>(), "GET it")]);

        var answer = await new Browser(server).RetryAsync(() => Task.FromResult(answers.Dequeue()()), giveUpAfter: TimeSpan.FromMinutes(1));

        Assert.True(answer.Ok);
    }
}
