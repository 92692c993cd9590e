using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Grains.Boards;

/// <summary>What forgetting makes of a board's events (P10): texts and names become <see cref="PersonalAttribute.Forgotten"/>,
/// authors become <see cref="PersonId.Nobody"/>; ids of things, order, times and votes stay, so that the board still replays.</summary>
public static class BoardForgetting
{
    /// <summary>For a stream's events in their order: which ideas were theirs it learns on the way, from the events alone, so that
    /// a forgetting that was cut off can be repeated.</summary>
    /// <param name="removed">Whether their texts go; else they stay, without author.</param>
    /// <param name="keys">Their voter keys, as far as anybody can know them: once an anonymous ballot closed, nobody can say which reasons were theirs.</param>
    public static Func<Envelope, Envelope> Person(PersonId person, bool removed, IReadOnlySet<VoterKey> keys)
    {
        var (theirs, said, titles) = (new HashSet<IdeaId>(), new HashSet<CommentId>(), new Dictionary<ThemeId, string>());
        return envelope => Rewrite(envelope, happened =>
        {
            if (happened.Event is IdeaAdded added && added.Author == person) theirs.Add(added.Idea);
            if (happened.Event is CommentAdded comment && comment.Author == person) said.Add(comment.Comment);
            if (happened.Event is ThemeGiven given && given.Author == person) titles.TryAdd(given.Theme, given.Title);
            return happened with
            {
                By = happened.By == person ? PersonId.Nobody : happened.By,
                Event = WithoutAuthor(removed ? WithoutTitle(WithoutText(happened.Event, theirs, said), titles) : happened.Event, person, keys, removed),
            };
        });
    }

    /// <summary>Of somebody for whom facilitators voted: the reasons they gave, as far as anybody can know them. Their votes stay.</summary>
    public static Func<Envelope, Envelope> Proxy(IReadOnlySet<VoterKey> keys) => envelope => Rewrite(envelope, happened => happened.Event is VoteGiven { Reason: not null } given && keys.Contains(given.Voter)
        ? happened with { Event = given with { Reason = PersonalAttribute.Forgotten } } : happened);

    /// <summary>Expunges what one idea says and what was said of it.</summary>
    public static Func<Envelope, Envelope> Text(IdeaId idea)
    {
        HashSet<IdeaId> one = [idea];
        return envelope => Rewrite(envelope, happened => happened with { Event = WithoutText(happened.Event, one, []) });
    }

    public static Func<Envelope, Envelope> Text(CommentId comment)
    {
        HashSet<CommentId> one = [comment];
        return envelope => Rewrite(envelope, happened => happened with { Event = WithoutText(happened.Event, [], one) });
    }

    /// <summary>Expunges the title that a theme was made with; which one that was it learns on the way.</summary>
    public static Func<Envelope, Envelope> Text(ThemeId theme)
    {
        var title = new Dictionary<ThemeId, string>();
        return envelope => Rewrite(envelope, happened =>
        {
            if (TitleOf(happened.Event) is var (made, called) && made == theme) title.TryAdd(theme, called);
            return happened with { Event = WithoutTitle(happened.Event, title) };
        });
    }

    /// <summary>Expunges these titles where ideas were brought that say them, or once said them; what else such an idea says stays.</summary>
    public static Func<Envelope, Envelope> Titles(IReadOnlySet<string> titles)
    {
        var brought = new HashSet<IdeaId>();
        return envelope => Rewrite(envelope, happened =>
        {
            if (happened.Event is IdeaAdded { From: not null } added) brought.Add(added.Idea);
            return happened with
            {
                Event = happened.Event switch
                {
                    IdeaAdded one when brought.Contains(one.Idea) => one with { Text = Left(one.Text) },
                    IdeaEdited one when brought.Contains(one.Idea) => one with { Text = Left(one.Text), Before = Left(one.Before) },
                    var other => other,
                },
            };
        });

        string Left(string text) => titles.Contains(text) ? PersonalAttribute.Forgotten : text;
    }

    private static (ThemeId Theme, string Title)? TitleOf(BoardEvent happened) => happened switch
    {
        ThemeAdded added => (added.Theme, added.Title),
        ThemeGiven given => (given.Theme, given.Title),
        ThemeSplit split => (split.Part, split.Title),
        _ => null,
    };

    /// <summary>Without the titles that these themes were made with, wherever an event holds one; other titles of theirs stay.</summary>
    private static BoardEvent WithoutTitle(BoardEvent happened, Dictionary<ThemeId, string> titles)
    {
        return titles.Count == 0 ? happened : happened switch
        {
            ThemeAdded one => one with { Title = Left(one.Theme, one.Title) },
            ThemeGiven one => one with { Title = Left(one.Theme, one.Title) },
            ThemeRenamed one => one with { Title = Left(one.Theme, one.Title), Before = Left(one.Theme, one.Before) },
            ThemeRemoved one => one with { Title = Left(one.Theme, one.Title) },
            ThemeMerged one => one with { Title = Left(one.Theme, one.Title) },
            ThemeUnmerged one => one with { Title = Left(one.Theme, one.Title) },
            ThemeSplit one => one with { Title = Left(one.Part, one.Title) },
            ThemeUnsplit one => one with { Title = Left(one.Part, one.Title) },
            _ => happened,
        };

        string Left(ThemeId theme, string title) => titles.GetValueOrDefault(theme) == title ? PersonalAttribute.Forgotten : title;
    }

    private static Envelope Rewrite(Envelope envelope, Func<Recorded<BoardEvent>, Recorded<BoardEvent>> change)
    {
        var before = EventCodec<BoardEvent>.Read(envelope);
        var after = change(before);
        return after == before ? envelope : EventCodec<BoardEvent>.Write(envelope.Stream, after);
    }

    private static BoardEvent WithoutAuthor(BoardEvent happened, PersonId person, IReadOnlySet<VoterKey> keys, bool removed) => happened switch
    {
        IdeaAdded added when added.Author == person => added with { Author = PersonId.Nobody, Signature = null },
        CommentAdded added when added.Author == person => added with { Author = PersonId.Nobody, Signature = null },
        ThemeGiven given when given.Author == person => given with { Author = PersonId.Nobody },
        ThemeRemoved one when one.Author == person => one with { Author = PersonId.Nobody },
        AuthorsLimited limited => limited with { Authors = limited.Authors.Remove(person) },
        VoteGiven given when keys.Contains(given.Voter) => given with { Reason = given.Reason is null || !removed ? given.Reason : PersonalAttribute.Forgotten, Signature = null },
        _ => happened,
    };

    /// <summary>Without what these ideas say, what was said of them, and what these comments say.</summary>
    private static BoardEvent WithoutText(BoardEvent happened, HashSet<IdeaId> ideas, HashSet<CommentId> comments) => happened switch
    {
        IdeaAdded added when ideas.Contains(added.Idea) => added with { Text = PersonalAttribute.Forgotten },
        IdeaEdited edited when ideas.Contains(edited.Idea) => edited with { Text = PersonalAttribute.Forgotten, Before = PersonalAttribute.Forgotten },
        IdeaHidden hidden when ideas.Contains(hidden.Idea) => hidden with { Reason = PersonalAttribute.Forgotten },
        VoteGiven { Reason: not null } given when ideas.Contains(given.Idea) => given with { Reason = PersonalAttribute.Forgotten },
        IdeaShown { Reason: not null } shown when ideas.Contains(shown.Idea) => shown with { Reason = PersonalAttribute.Forgotten },
        StatusSet set when ideas.Contains(set.Idea) => set with { Note = Forgotten(set.Note), NoteBefore = Forgotten(set.NoteBefore) },
        ReplySet set when ideas.Contains(set.Idea) => set with { Text = Forgotten(set.Text), Before = Forgotten(set.Before) },
        PlanSet set when ideas.Contains(set.Idea) => set with
        {
            Owner = Forgotten(set.Owner), Measure = Forgotten(set.Measure), OwnerBefore = Forgotten(set.OwnerBefore), MeasureBefore = Forgotten(set.MeasureBefore),
        },
        _ when Board.CommentOf(happened) is not var (comment, idea) || !(ideas.Contains(idea) || comments.Contains(comment)) => happened,
        CommentAdded added => added with { Text = PersonalAttribute.Forgotten },
        CommentEdited edited => edited with { Text = PersonalAttribute.Forgotten, Before = PersonalAttribute.Forgotten },
        CommentHidden hidden => hidden with { Reason = PersonalAttribute.Forgotten },
        CommentShown shown => shown with { Reason = Forgotten(shown.Reason) },
        _ => happened,
    };

    private static string? Forgotten(string? text) => text is null ? null : PersonalAttribute.Forgotten;
}
