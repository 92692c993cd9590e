using System.Collections.Immutable;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Grains.Boards;

/// <summary>Tells a board's observers what is now true, at most once a beat: the first change at once, what comes within a beat together.
/// A frame is the difference of two views, so nothing that a view withholds can be in it (P5).</summary>
/// <param name="voterOf">Whose anonymous vote that was, as far as this process knows; only to tell them their own overlay.</param>
public sealed class BoardTeller(BoardId id, TimeProvider clock, Pressure pressure, Func<Board> current, Func<VoterKey, PersonId?> voterOf) : IDisposable
{
    private static readonly ImmutableArray<Audience> Audiences = [Audience.Facilitators, Audience.Participants, Audience.Screens];

    private readonly Lock _gate = new();
    private ImmutableArray<IBoardObserver> _observers = [];
    private ImmutableDictionary<Audience, BoardView> _told = ImmutableDictionary<Audience, BoardView>.Empty;
    private Board _toldBoard = Board.Empty;
    private HashSet<PersonId> _touched = [];
    private bool _everyone;
    private bool _forgotten;
    private bool _changed;
    private bool _telling;
    private ITimer? _beat;
    private long _lastBeat;
    private bool _disposed;

    public bool IsWatched => !_observers.IsEmpty;

    /// <summary>Is told of what could not be told.</summary>
    public Action<Mishap>? Mishap { get; set; }

    /// <summary>How long a beat is for this many connections: 20 ms up to 50, 50 ms at 300, 80 ms from 1,500 on, so that what a
    /// full room is sent each second grows slower than the room. Under pressure it is wider.</summary>
    public static TimeSpan BeatFor(int connections) => TimeSpan.FromMilliseconds(
        20 + 30 * Math.Clamp((connections - 50) / 250.0, 0, 1) + 30 * Math.Clamp((connections - 300) / 1_200.0, 0, 1));

    public ImmutableArray<BoardView> Watch(IBoardObserver observer)
    {
        lock (_gate)
        {
            // Nobody would tell who comes after the end that it has come.
            if (_disposed) throw new GrainGoneException(id.Stream);
            if (_told.IsEmpty) Look(current());
            if (!_observers.Contains(observer)) _observers = _observers.Add(observer);
            return [.. Audiences.Select(audience => _told[audience])];
        }
    }

    public void Unwatch(IBoardObserver observer)
    {
        lock (_gate) _observers = _observers.Remove(observer);
    }

    /// <summary>Called after each durable write.</summary>
    public void Changed(Board board, IReadOnlyList<Recorded<BoardEvent>> news)
    {
        lock (_gate)
        {
            // Nobody looks: the next to watch gets a fresh view.
            if (_observers.IsEmpty)
            {
                _told = _told.Clear();
                return;
            }

            Touch(board, news);
            // A rewrite is told with the event that follows it: a frame must have a version of its own to be news.
            if (news.Count == 0) return;
            _changed = true;
            Schedule();
        }
    }

    public void Dispose()
    {
        ImmutableArray<IBoardObserver> observers;
        lock (_gate)
        {
            _disposed = true;
            _beat?.Dispose();
            (observers, _observers) = (_observers, []);
        }

        foreach (var observer in observers) observer.Ended();
    }

    private void Touch(Board board, IReadOnlyList<Recorded<BoardEvent>> news)
    {
        if (news.Count == 0) _forgotten = _everyone = true;
        foreach (var happened in news)
        {
            if (happened.By is { } by) _touched.Add(by);
            switch (happened.Event)
            {
                // An anonymous vote names nobody. Where this process does not know either whose it was, everyone's overlay is looked at.
                case VoteCast or VoteGiven when happened.By is null:
                    Touch(Board.VoterOf(happened.Event)!.Value);
                    break;
                // Those who had voted on it when all were last told; whoever did since is told of their own vote anyway.
                case DotsFreed { Ballot: var ballot, Idea: var idea }:
                    foreach (var voter in _toldBoard.Ballots.GetValueOrDefault(ballot)?.VotersOn(idea) ?? []) Touch(voter);
                    break;
                // These change many people's.
                case IdeasRevealed or BallotOpened or BallotClosed or IdeaMerged or IdeaUnmerged or ThemeRemoved or AuthorForgotten or ThemeApproved or ThemeHeldBack or ThemeMerged or ThemeUnmerged or ThemeExpunged or ThemesForgotten:
                    _everyone = true;
                    break;
                case IdeaApproved { Idea: var idea }: OwnAndWithin(board, idea); break;
                case IdeaHeldBack { Idea: var idea }: OwnAndWithin(board, idea); break;
                case IdeaHidden { Idea: var idea }: OwnAndWithin(board, idea); break;
                case IdeaShown { Idea: var idea }: OwnAndWithin(board, idea); break;
                case IdeaEdited { Idea: var idea }: OwnAndWithin(board, idea); break;
                case IdeaMoved { Idea: var idea }: Own(board, idea); break;
                case TextExpunged { Idea: var idea }:
                    Own(board, idea);
                    Commenters(board, idea);
                    break;
                case IdeaWithdrawn { Idea: var idea }: Commenters(board, idea); break;
                default:
                    if (Board.CommentOf(happened.Event) is var (comment, _)) _touched.Add(board.Comments[comment].Author);
                    break;
            }
        }
    }

    private void Touch(VoterKey voter)
    {
        if (voterOf(voter) is { } person) _touched.Add(person);
        else _everyone = true;
    }

    private void Own(Board board, IdeaId idea) => _touched.Add(board.Ideas[idea].Author);

    private void Commenters(Board board, IdeaId idea) => _touched.UnionWith(board.CommentsOn.GetValueOrDefault(idea, []).Select(comment => board.Comments[comment].Author));

    /// <summary>What was merged into it comes and goes with it, and each of those has an author.</summary>
    private void OwnAndWithin(Board board, IdeaId idea)
    {
        Own(board, idea);
        if (board.Ideas.Values.Any(other => other.Into == idea)) _everyone = true;
    }

    private void Schedule()
    {
        if (_telling || _disposed || !_changed) return;
        _telling = true;
        var beat = pressure.Widen(BeatFor(_observers.Sum(observer => observer.Connections)));
        GrainMetrics.Beats.Record(beat.TotalSeconds);
        var wait = _lastBeat == 0 ? TimeSpan.Zero : beat - clock.GetElapsedTime(_lastBeat);
        if (wait <= TimeSpan.Zero) _ = Task.Run(TellAsync);
        else if (_beat is null) _beat = clock.CreateTimer(_ => _ = TellAsync(), null, wait, Timeout.InfiniteTimeSpan);
        else _beat.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private async Task TellAsync()
    {
        try
        {
            ImmutableArray<IBoardObserver> observers;
            BoardNews news;
            lock (_gate)
            {
                _lastBeat = clock.GetTimestamp();
                _changed = false;
                var board = current();
                var frames = Look(board);
                news = new BoardNews(id, board.Version, frames, [.. _touched], _everyone, _forgotten);
                (_touched, _everyone, _forgotten) = ([], false, false);
                observers = _observers;
            }

            foreach (var observer in observers) await TellAsync(observer, news);
        }
        // A fault of ours. What could not be told is told with the next change, which is looked at from where the last frame ended; a teller that never tells again would be worse.
#pragma warning disable CA1031
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Mishap?.Invoke(new Mishap(id.Stream, "telling what changed", default, broken));
        }
        finally
        {
            lock (_gate)
            {
                _telling = false;
                Schedule();
            }
        }
    }

    /// <summary>Tells all observers what a round of agreeing says; it has no beat and no version, since each replaces the one before.</summary>
    public void Tell(OpinionView opinions)
    {
        foreach (var observer in _observers) _ = TellAsync(observer, opinions);
    }

    public Task TellAsync(IBoardObserver observer, OpinionView opinions) => TellAsync(observer, () => observer.TellAsync(opinions)).AsTask();

    private ValueTask TellAsync(IBoardObserver observer, BoardNews news) => TellAsync(observer, () => observer.TellAsync(news));

    /// <summary>Who could not take a frame would find a gap in the next: it is let go, and watches again. The others are told.</summary>
    private async ValueTask TellAsync(IBoardObserver observer, Func<ValueTask> tell)
    {
        try
        {
            await tell();
        }
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            Unwatch(observer);
            observer.Ended();
        }
    }

    /// <summary>Looks at the board for every audience and keeps what each has now been told. A frame that says nothing waits for one that does.</summary>
    private ImmutableArray<(Audience, Frame)> Look(Board board)
    {
        var frames = ImmutableArray.CreateBuilder<(Audience, Frame)>();
        var told = ImmutableDictionary.CreateBuilder<Audience, BoardView>();
        foreach (var audience in Audiences)
        {
            if (!_told.TryGetValue(audience, out var before))
            {
                told[audience] = board.SeenBy(id, audience);
                continue;
            }

            var view = board.SeenBy(id, audience, (_toldBoard, before));
            var frame = Frame.Between(before, view);
            if (frame.SaysSomething) frames.Add((audience, frame));
            // The version told stays where the last frame left it: the next frame's `since` is what clients have.
            told[audience] = frame.SaysSomething ? view : view with { Version = before.Version };
        }

        (_told, _toldBoard) = (told.ToImmutable(), board);
        return frames.ToImmutable();
    }
}
