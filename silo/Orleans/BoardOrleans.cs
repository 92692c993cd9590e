using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using Orleans;
using Orleans.Concurrency;

namespace LiveCoCreate.Silo.Orleans;

[Reentrant, GrainType("board")]
public sealed class BoardOrleans(SiloGround silo) : Hosted<BoardGrain>(silo), IBoardOrleans
{
    private readonly Dictionary<IBoardWatcher, WatchingNode> _nodes = [];
    private readonly Editions<Board> _states = new();

    public Task<Answer<Reply>> SubmitAsync(Submission<BoardCommand> submission) => AskAsync(board => board.SubmitAsync(submission));

    public Task<Answer<BoardView[]>> WatchAsync(IBoardWatcher node, long watch, int connections) => AskAsync(async board =>
    {
        await LetGoAsync(board, node);
        foreach (var (other, watching) in _nodes.ToList())
            if (watching.IsOver) await LetGoAsync(board, other);
        var views = await board.WatchAsync(_nodes[node] = new WatchingNode(node, watch, connections, Silo.Clock));
        return views.ToArray();
    });

    public Task<Answer<long>> RenewAsync(IBoardWatcher node, long watch, int connections) => AskAsync(_ =>
        new ValueTask<long>(_nodes.TryGetValue(node, out var watching) ? watching.Renew(watch, connections) : -1));

    public Task<Answer<bool>> UnwatchAsync(IBoardWatcher node) => DoAsync(board => LetGoAsync(board, node));

    public Task<Answer<MineView>> MineAsync(PersonId person) => AskAsync(board => board.MineAsync(person));

    public Task<Answer<ImmutableArray<Pair>>> PairsAsync(PersonId person, int most) => AskAsync(board => board.PairsAsync(person, most));

    public Task<Answer<OpinionView>> OpinionsAsync(string? ballot) => AskAsync(board => board.OpinionsAsync(ballot is null ? null : new BallotId(ballot)))!;

    public Task<Answer<OpinionHere>> HereAsync(PersonId person) => AskAsync(board => board.HereAsync(person))!;

    public Task<Answer<Edition<Board>>> StateAsync(long known) => AskAsync(async board => _states.Of(await board.StateAsync(), known));

    public Task<Answer<bool>> ForgetAsync(CommandId command, PersonId person, bool removeIdeas, DateTimeOffset at) =>
        DoAsync(board => board.ForgetAsync(command, person, removeIdeas, at));

    public Task<Answer<ImmutableDictionary<ProxyId, ProxyBallot>>> ProxiesAsync(BallotId ballot) => AskAsync(board => board.ProxiesAsync(ballot));

    public Task<Answer<bool>> ForgetProxyAsync(CommandId command, ProxyId proxy, DateTimeOffset at) => DoAsync(board => board.ForgetAsync(command, proxy, at));

    public Task<Answer<Reply>> ExpungeIdeaAsync(CommandId command, IdeaId idea, DateTimeOffset at) => AskAsync(board => board.ExpungeAsync(command, idea, at));

    public Task<Answer<Reply>> ExpungeCommentAsync(CommandId command, CommentId comment, DateTimeOffset at) => AskAsync(board => board.ExpungeAsync(command, comment, at));

    public Task<Answer<Reply>> ExpungeThemeAsync(CommandId command, ThemeId theme, DateTimeOffset at) => AskAsync(board => board.ExpungeAsync(command, theme, at));

    public Task<Answer<string[]>> TitlesByAsync(PersonId person) => AskAsync(async board => (await board.TitlesByAsync(person)).ToArray());

    public Task<Answer<bool>> ForgetTitlesAsync(string[] titles) => DoAsync(board => board.ForgetTitlesAsync(titles.ToHashSet(StringComparer.Ordinal)));

    protected override ValueTask<BoardGrain> ActivateAsync() => BoardGrain.ActivateAsync(
        new BoardId(this.GetPrimaryKeyString()), Silo.Journal, Silo.Secrets, Silo.Clock, Silo.Pressure, CancellationToken.None, Silo.Grains);

    private async ValueTask LetGoAsync(BoardGrain board, IBoardWatcher node)
    {
        if (_nodes.Remove(node, out var watching)) await board.UnwatchAsync(watching);
    }
}
