using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Codes;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Workshops;
using Orleans;

namespace LiveCoCreate.Silo.Orleans;

/// <summary><see cref="IBoard"/> between nodes: the same questions, answered with what became of them.</summary>
public interface IBoardOrleans : IGrainWithStringKey
{
    Task<Answer<Reply>> SubmitAsync(Submission<BoardCommand> submission);

    /// <summary>From now on this web node is told, for as long as it renews. A watch begins anew with each call.</summary>
    Task<Answer<BoardView[]>> WatchAsync(IBoardWatcher node, long watch, int connections);

    /// <summary>How often this watch has been told of something; -1 where nobody here knows of it.</summary>
    Task<Answer<long>> RenewAsync(IBoardWatcher node, long watch, int connections);

    Task<Answer<bool>> UnwatchAsync(IBoardWatcher node);

    Task<Answer<MineView>> MineAsync(PersonId person);

    Task<Answer<ImmutableArray<Pair>>> PairsAsync(PersonId person, int most);

    Task<Answer<OpinionView>> OpinionsAsync(string? ballot);

    Task<Answer<OpinionHere>> HereAsync(PersonId person);

    Task<Answer<Edition<Board>>> StateAsync(long known);

    Task<Answer<bool>> ForgetAsync(CommandId command, PersonId person, bool removeIdeas, DateTimeOffset at);

    Task<Answer<ImmutableDictionary<ProxyId, ProxyBallot>>> ProxiesAsync(BallotId ballot);

    Task<Answer<bool>> ForgetProxyAsync(CommandId command, ProxyId proxy, DateTimeOffset at);

    Task<Answer<Reply>> ExpungeIdeaAsync(CommandId command, IdeaId idea, DateTimeOffset at);

    Task<Answer<Reply>> ExpungeCommentAsync(CommandId command, CommentId comment, DateTimeOffset at);

    Task<Answer<Reply>> ExpungeThemeAsync(CommandId command, ThemeId theme, DateTimeOffset at);

    Task<Answer<string[]>> TitlesByAsync(PersonId person);

    Task<Answer<bool>> ForgetTitlesAsync(string[] titles);
}

public interface IWorkshopOrleans : IGrainWithStringKey
{
    Task<Answer<Reply>> SubmitAsync(Submission<WorkshopCommand> submission);

    Task<Answer<Edition<Rights>>> RightsAsync(long known);

    Task<Answer<Edition<Workshop>>> StateAsync(long known);

    Task<Answer<bool>> WatchAsync(IWorkshopWatcher node, long watch);

    /// <summary>As of a board.</summary>
    Task<Answer<long>> RenewAsync(IWorkshopWatcher node, long watch);

    Task<Answer<bool>> UnwatchAsync(IWorkshopWatcher node);

    Task<Answer<bool>> ForgetAsync(PersonId facilitator);

    Task<Answer<bool>> ForgetProxyAsync(CommandId command, ProxyId proxy, DateTimeOffset at);
}

public interface IParticipantOrleans : IGrainWithStringKey
{
    Task<Answer<Reply>> SubmitAsync(Submission<ParticipantCommand> submission);

    Task<Answer<Participant>> StateAsync();

    Task<Answer<bool>> ForgetAsync(CommandId command, DateTimeOffset at);
}

public interface ICodeOrleans : IGrainWithStringKey
{
    Task<Answer<Reply>> SubmitAsync(Submission<CodeCommand> submission);

    Task<Answer<string>> WorkshopAsync();
}

/// <summary>A web node that watches a board. What it is told is numbered, so that it notices when something was lost on the way; nobody waits for it.</summary>
public interface IBoardWatcher : IGrainObserver
{
    void Heard(long watch, long number, ToldNews news);

    void HeardOpinions(long watch, long number, OpinionView opinions);

    void Ended(long watch);
}

public interface IWorkshopWatcher : IGrainObserver
{
    void Heard(long watch, long number, Workshop workshop);

    void Ended(long watch);
}
