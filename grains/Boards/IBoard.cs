using System.Collections.Immutable;

namespace LiveCoCreate.Grains.Boards;

/// <summary>One board, live. Wherever it runs, it answers one turn at a time.</summary>
public interface IBoard
{
    /// <summary>Accepted means durable (P1, P2).</summary>
    ValueTask<Reply> SubmitAsync(Submission<BoardCommand> submission);

    /// <summary>Tells this observer of every frame from now on, and answers with the views those frames complete.
    /// Listen first, read second: a frame may repeat what a view holds, and is dropped by its version.</summary>
    ValueTask<ImmutableArray<BoardView>> WatchAsync(IBoardObserver observer);

    ValueTask UnwatchAsync(IBoardObserver observer);

    /// <summary>What this person alone sees.</summary>
    ValueTask<MineView> MineAsync(PersonId person);

    /// <summary>Which ideas this person may compare next, the most useful pairs first (PROTOCOL.md G5).</summary>
    ValueTask<ImmutableArray<Pair>> PairsAsync(PersonId person, int most);

    /// <summary>What a round of agreeing says of the room, of the latest where none is named; null before its counts are due (PROTOCOL.md O1).</summary>
    ValueTask<OpinionView?> OpinionsAsync(BallotId? ballot);

    /// <summary>What of it is this person's own (O5); null where there is nothing yet to stand in.</summary>
    ValueTask<OpinionHere?> HereAsync(PersonId person);

    /// <summary>The state itself, for the timeline: it stays inside the server.</summary>
    ValueTask<Board> StateAsync();

    /// <summary>Forgets a person (P10): their ideas stay without author, or go.</summary>
    ValueTask ForgetAsync(CommandId command, PersonId person, bool removeIdeas, DateTimeOffset at);

    /// <summary>Every title that a person ever gave a theme here, of themes that are gone as well.</summary>
    ValueTask<ImmutableHashSet<string>> TitlesByAsync(PersonId person);

    /// <summary>Forgets these titles where ideas that were brought here once said them.</summary>
    ValueTask ForgetTitlesAsync(IReadOnlySet<string> titles);

    /// <summary>What facilitators entered in a ballot for those without a phone.</summary>
    ValueTask<ImmutableDictionary<ProxyId, ProxyBallot>> ProxiesAsync(BallotId ballot);

    /// <summary>Forgets what was said for somebody without a phone; their votes stay.</summary>
    ValueTask ForgetAsync(CommandId command, ProxyId proxy, DateTimeOffset at);

    /// <summary>Expunges one idea's text, and what was said of it.</summary>
    ValueTask<Reply> ExpungeAsync(CommandId command, IdeaId idea, DateTimeOffset at);

    ValueTask<Reply> ExpungeAsync(CommandId command, CommentId comment, DateTimeOffset at);

    /// <summary>Expunges the title that a theme was made with.</summary>
    ValueTask<Reply> ExpungeAsync(CommandId command, ThemeId theme, DateTimeOffset at);
}

/// <summary>Who passes a board's frames on to connections. One for each board and web node.</summary>
public interface IBoardObserver
{
    /// <summary>How many connections it serves, which sets the beat.</summary>
    int Connections { get; }

    /// <summary>At most once a beat. Completes when the frames are handed to every connection that can take one; it never waits for a slow reader.</summary>
    ValueTask TellAsync(BoardNews news);

    /// <summary>What the latest round of agreeing says now; at most every two seconds while votes come. Of this too it never waits for a reader.</summary>
    ValueTask TellAsync(OpinionView opinions);

    /// <summary>The grain was dropped; watch again.</summary>
    void Ended();
}

/// <summary>What a board tells at a beat.</summary>
/// <param name="Frames">One for each audience to whom something visible changed.</param>
/// <param name="Mine">Who must be told their own overlay anew.</param>
/// <param name="Everyone">Everybody's overlay may have changed: <paramref name="Mine"/> is only the part that is known.</param>
/// <param name="Forgotten">Something was forgotten: views and frames kept from before must be let go.</param>
public sealed record BoardNews(
    BoardId Board, long Version, ImmutableArray<(Audience Audience, Frame Frame)> Frames, ImmutableArray<PersonId> Mine, bool Everyone, bool Forgotten);
