using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Grains.Workshops;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Fast.Boards;

/// <summary>P10: a person can be forgotten, and a single text expunged; board and counts live on.</summary>
public sealed class ForgettingTests
{
    private readonly FailingJournal _journal = new(new InMemoryJournal());
    private readonly InMemorySecrets _secrets = LiveBoard.Secrets();

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_forgotten_persons_name_is_in_no_event_and_their_words_as_they_chose(bool removed)
    {
        var grain = await WrittenAsync();
        await grain.SubmitAsync(new(new("limit"), Caller.System, ManualTime.Start, new LimitAuthors([Ada.Id, Ben.Id])));
        await grain.ForgetAsync(new("forget"), Ada.Id, removed, ManualTime.Start);
        Assert.Equal([Ben.Id], grain.Look().Limited);
        var kept = string.Join('\n', await _journal.EventsAsync());
        Assert.DoesNotContain(Ada.Id.Value, kept, StringComparison.Ordinal);
        Assert.DoesNotContain("alias1", kept, StringComparison.Ordinal);
        Assert.Equal(!removed, kept.Contains("adas first words", StringComparison.Ordinal));
        Assert.Equal(!removed, kept.Contains("adas later words", StringComparison.Ordinal));
        Assert.Equal(!removed, kept.Contains("why hers", StringComparison.Ordinal));
        Assert.Contains("bens words", kept, StringComparison.Ordinal);
        Assert.Contains("why his", kept, StringComparison.Ordinal);
        Assert.Contains("owner of his", kept, StringComparison.Ordinal);
        foreach (var words in new[] { "owner of hers", "later owner of hers", "measure of hers" }) Assert.Equal(!removed, kept.Contains(words, StringComparison.Ordinal));
        foreach (var words in new[] { "adas comment", "adas edited comment", "why her comment" }) Assert.Equal(!removed, kept.Contains(words, StringComparison.Ordinal));
        Assert.Equal(!removed, kept.Contains("bens answer to her", StringComparison.Ordinal));
        Assert.Contains("bens comment", kept, StringComparison.Ordinal);

        Assert.Equal(grain.Held(), (await LiveBoard.ActivateAsync(_journal, _secrets)).Held());
        Assert.Equal(removed ? [Shade] : [Bench, Shade, Tap], grain.Look().SeenBy(TheBoard, Audience.Participants).Ideas.Keys.OrderBy(id => id.Value, StringComparer.Ordinal));
        var mine = await grain.MineAsync(Ada.Id);
        Assert.True(mine.Ideas.IsEmpty && mine.Comments.IsEmpty && mine.Reactions.IsEmpty);
        // A reaction is a person's or nobody's: without the one it goes, whatever becomes of the words.
        Assert.Equal(new Reactions(Heart: 1), grain.Look().SeenBy(TheBoard, Audience.Participants).Reactions[Shade]);
    }

    [Fact]
    public async Task An_expunged_comment_is_in_no_event_and_the_others_stay()
    {
        var grain = await WrittenAsync();
        Assert.True((await grain.ExpungeAsync(new("expunge"), Why, ManualTime.Start)).Accepted);
        var kept = string.Join('\n', await _journal.EventsAsync());
        foreach (var words in new[] { "adas comment", "adas edited comment", "why her comment" }) Assert.DoesNotContain(words, kept, StringComparison.Ordinal);
        foreach (var words in new[] { "bens comment", "bens words", "why his" }) Assert.Contains(words, kept, StringComparison.Ordinal);
        Assert.Equal(PersonalAttribute.Forgotten, grain.Look().SeenBy(TheBoard, Audience.Participants).Comments[Why].Text);
        Assert.Equal(grain.Held(), (await LiveBoard.ActivateAsync(_journal, _secrets)).Held());
    }

    [Fact]
    public async Task Counts_stay_when_a_voter_is_forgotten()
    {
        var grain = await WrittenAsync();
        await grain.ForgetAsync(new("forget"), Ada.Id, false, ManualTime.Start);
        Assert.Equal(3, grain.Look().SeenBy(TheBoard, Audience.Public).Tallies[First][Shade]);
    }

    [Fact]
    public async Task A_forgetting_that_was_cut_off_half_way_is_finished_by_its_retry()
    {
        await WrittenAsync();
        // The first attempt had written that Ada is forgotten, and died before it rewrote what she wrote.
        var turns = await TurnTaker<Board, BoardCommand, BoardEvent>.ActivateAsync(TheBoard.Stream, _journal, (_, _) => default, CancellationToken.None);
        await turns.SubmitAsync(new(new("forget"), Caller.System, ManualTime.Start, new ForgetAuthor(Ada.Id, true)));

        await (await LiveBoard.ActivateAsync(_journal, _secrets)).ForgetAsync(new("forget"), Ada.Id, true, ManualTime.Start);
        Assert.DoesNotContain("adas", string.Join('\n', await _journal.EventsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expunged_text_is_in_no_event_and_nobody_is_shown_it()
    {
        var grain = await WrittenAsync();
        var watcher = new Watcher();
        watcher.Has(await grain.WatchAsync(watcher));
        Assert.True((await grain.ExpungeAsync(new("expunge"), Bench, ManualTime.Start)).Accepted);
        var kept = string.Join('\n', await _journal.EventsAsync());
        foreach (var words in new[] { "adas first words", "adas later words", "why hers", "bens answer to her", "why not hers", "the teams reply" }) Assert.DoesNotContain(words, kept, StringComparison.Ordinal);
        Assert.Contains("adas other words", kept, StringComparison.Ordinal);
        Assert.Equal(PersonalAttribute.Forgotten, grain.Look().Ideas[Bench].Text);

        // The repetition that gives the rewrite a version of its own shows nothing new; what comes next carries it along.
        await grain.SubmitAsync(new(new("close"), Fay, ManualTime.Start, new CloseWriting()));
        await watcher.ReachedAsync(grain.Look().Version);
        Views.Same(grain.Look().SeenBy(TheBoard, Audience.Facilitators), watcher.View(Audience.Facilitators), "told");
        while (watcher.HasNews) Assert.True((await watcher.NextAsync()) is { Forgotten: true } or { Frames.Length: > 0 });
    }

    [Fact]
    public async Task Why_it_was_hidden_goes_with_an_expunged_text_at_once()
    {
        var grain = await WrittenAsync();
        await grain.SubmitAsync(new(new("hide-again"), Fay, ManualTime.Start, new HideIdea(Bench, "names somebody")));
        var watcher = new Watcher();
        watcher.Has(await grain.WatchAsync(watcher));
        await grain.ExpungeAsync(new("expunge"), Bench, ManualTime.Start);
        // The repetition that gives the rewrite a version of its own shows nothing new; what comes next carries it along.
        await grain.SubmitAsync(new(new("close"), Fay, ManualTime.Start, new CloseWriting()));
        await watcher.ReachedAsync(grain.Look().Version, Audience.Facilitators);
        Assert.Equal(PersonalAttribute.Forgotten, watcher.View(Audience.Facilitators).Ideas[Bench].Reason);
    }

    [Fact]
    public async Task A_snapshot_on_its_way_is_not_kept_after_a_forgetting() // J7
    {
        var grain = await WrittenAsync();
        var held = _journal.HoldSnapshots();
        while (grain.Look().Version < Limits.SnapshotEvery)
            Assert.All(await Task.WhenAll(Enumerable.Range(0, 250).Select(n => grain.SubmitAsync(new(new($"r{grain.Look().Version}-{n}"), Fay, ManualTime.Start, new RenameLane(Now, $"{n}"))).AsTask())), reply => Assert.True(reply.Accepted));
        await held.Reached;
        var forgetting = grain.ForgetAsync(new("forget"), Ada.Id, true, ManualTime.Start).AsTask();
        // The forgetting has come as far as it can when its command is durable.
        while (!grain.Look().Ideas.Values.All(idea => idea.Author != Ada.Id)) await Task.Yield();
        held.LetGo();
        await forgetting;
        await held.Passed;
        // One that was made again on the way through the rewritten events is welcome.
        if (await _journal.FindSnapshotAsync(TheBoard.Stream, ReplayTests.StateVersion, long.MaxValue, CancellationToken.None) is { } kept)
            Assert.DoesNotContain("adas", Encoding.UTF8.GetString(kept.State), StringComparison.Ordinal);
        Assert.Equal(grain.Held(), (await LiveBoard.ActivateAsync(_journal, _secrets)).Held());
    }

    [Fact]
    public async Task A_broken_activations_snapshot_does_not_bring_back_what_its_successor_forgot() // J7, P10
    {
        var broken = await WrittenAsync();
        var held = _journal.HoldNextSnapshot();
        while (broken.Look().Version < Limits.SnapshotEvery)
            Assert.All(await Task.WhenAll(Enumerable.Range(0, 250).Select(n => broken.SubmitAsync(new(new($"r{broken.Look().Version}-{n}"), Fay, ManualTime.Start, new RenameLane(Now, $"{n}"))).AsTask())), reply => Assert.True(reply.Accepted));
        await held.Reached;
        _journal.FailNextAppend(FailingJournal.Failure.BeforeWriting);
        Assert.Equal("retry", (await broken.SubmitAsync(new(new("breaks"), Fay, ManualTime.Start, new CloseWriting()))).Refusal?.Code);

        var successor = await LiveBoard.ActivateAsync(_journal, _secrets);
        await successor.ForgetAsync(new("forget"), Ada.Id, true, ManualTime.Start);
        held.LetGo();
        await held.Passed;

        if (await _journal.FindSnapshotAsync(TheBoard.Stream, ReplayTests.StateVersion, long.MaxValue, CancellationToken.None) is { } kept)
            Assert.DoesNotContain("adas", Encoding.UTF8.GetString(kept.State), StringComparison.Ordinal);
        Assert.Equal(successor.Held(), (await LiveBoard.ActivateAsync(_journal, _secrets)).Held());
    }

    [Fact]
    public async Task A_participant_is_forgotten()
    {
        var person = await ParticipantGrain.ActivateAsync(Ada.Id, _journal, CancellationToken.None);
        await person.SubmitAsync(new(new("join"), Caller.System, ManualTime.Start, new ParticipantCommand.Join(
            TheWorkshop, "alias1", ["teacher"], ImmutableDictionary<string, string>.Empty.Add("where", "the hills"), "he", 3)));
        await person.ForgetAsync(new("forget"), ManualTime.Start);
        var kept = string.Join('\n', await _journal.AllAsync(Ada.Id.Stream));
        foreach (var words in new[] { "alias1", "teacher", "the hills", "\"he\"" }) Assert.DoesNotContain(words, kept, StringComparison.Ordinal);
        var again = await (await ParticipantGrain.ActivateAsync(Ada.Id, _journal, CancellationToken.None)).StateAsync();
        Assert.Equal(Canonical.Of(await person.StateAsync()), Canonical.Of(again));
        Assert.True(again is { Forgotten: true, Alias: null });
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Why_somebody_objected_to_anothers_idea_goes_with_their_words_while_it_can_be_known_whose_it_was(bool anonymous)
    {
        var grain = await LiveBoard.ActivateAsync(_journal, _secrets);
        var commands = 0;
        foreach (var (by, command) in new (Caller, BoardCommand)[]
        {
            (Caller.System, BoardSpec.OpenIt(new BoardSettings(Moderation.Open, false, Anonymous: false))), (Ben, new AddIdea(Shade, Now, "bens words")),
            (Fay, new OpenBallot(First, null, null, CountsDue.Live, anonymous, Methods.Consent)),
            (Ada, new CastVote(First, Shade, Vote: new Vote(-1, "adas reason"))), (Ben, new CastVote(First, Shade, Vote: new Vote(-1, "bens reason"))),
        })
            Assert.Null((await grain.SubmitAsync(new(new($"o{++commands}"), by, ManualTime.Start, command))).Refusal);

        await grain.ForgetAsync(new("forget"), Ada.Id, true, ManualTime.Start);
        Assert.Equal([new Reason(PersonalAttribute.Forgotten), new Reason("bens reason", anonymous ? null : Ben.Signature)], grain.Look().Ballots[First].Counted[Shade].Reasons!);
        Assert.DoesNotContain(await _journal.EventsAsync(), happened => happened.Payload.Contains("adas reason", StringComparison.Ordinal));
    }

    /// <summary>Personal fields that forgetting a participant does not reach, and why.</summary>
    private static readonly string[] NotYet =
    [
        // What a board is about is the facilitators': who edits it sees to it that nobody is shown the old words (K3).
        "BoardOpened.Subject", "SubjectSet.Text", "SubjectSet.Before",
    ];

    public static TheoryData<string> PersonalFields =>
    [
        .. new[] { typeof(BoardEvent), typeof(ParticipantEvent), typeof(WorkshopEvent) }
            .SelectMany(family => family.GetCustomAttributes<JsonDerivedTypeAttribute>()).Select(derived => derived.DerivedType)
            .SelectMany(type => Constructor(type).GetParameters().Where(one => one.GetCustomAttribute<PersonalAttribute>() is not null).Select(one => $"{type.Name}.{one.Name}")),
    ];

    [Theory, MemberData(nameof(PersonalFields))]
    public void Every_personal_field_is_overwritten(string field)
    {
        if (NotYet.Contains(field)) return;
        var (type, name) = (field.Split('.')[0], field.Split('.')[1]);
        var happened = Sentinel(new[] { typeof(BoardEvent), typeof(ParticipantEvent), typeof(WorkshopEvent) }.SelectMany(family => family.GetNestedTypes()).Single(one => one.Name == type));
        var before = Assert.IsType<string>(Write(happened).Payload);
        Assert.Contains("sentinel-" + name, before, StringComparison.Ordinal);

        var after = happened switch
        {
            BoardEvent => Forget(Write(happened)),
            WorkshopEvent.ProxyAdded => WorkshopForgetting.Proxy(new ProxyId("id-1"))(Write(happened)),
            WorkshopEvent => WorkshopForgetting.Facilitator(Ada.Id)(Write(happened)),
            _ => Participant.Forget(Write(happened)),
        };
        Assert.DoesNotContain("sentinel-" + name, after.Payload, StringComparison.Ordinal);
        // Expunging takes what was said, not who said it.
        if (happened is BoardEvent and not BoardEvent.ThemeGiven && name != "Signature")
            Assert.DoesNotContain("sentinel-" + name, BoardForgetting.Text(Bench)(Write(happened)).Payload, StringComparison.Ordinal);
    }

    private static Envelope Forget(Envelope envelope)
    {
        var forget = BoardForgetting.Person(Ada.Id, removed: true, new HashSet<VoterKey> { new("id-1") });
        forget(EventCodec<BoardEvent>.Write(TheBoard.Stream, new(1, ManualTime.Start, Ada.Id, new("c"), new BoardEvent.IdeaAdded(Bench, Now, "x", null, Ada.Id, null, "a", false, false))));
        return forget(envelope);
    }

    private static Envelope Write(object happened) => happened switch
    {
        BoardEvent board => EventCodec<BoardEvent>.Write(TheBoard.Stream, new(2, ManualTime.Start, Fay.Id, new("c"), board)),
        ParticipantEvent person => EventCodec<ParticipantEvent>.Write(Ada.Id.Stream, new(2, ManualTime.Start, Ada.Id, new("c"), person)),
        _ => EventCodec<WorkshopEvent>.Write(TheWorkshop.Stream, new(2, ManualTime.Start, Ada.Id, new("c"), (WorkshopEvent)happened)),
    };

    /// <summary>An event about Ada's idea whose every text says which field it is.</summary>
    private static object Sentinel(Type type) => Constructor(type).Invoke([.. Constructor(type).GetParameters().Select(field => Sentinel(field.ParameterType, field.Name!))]);

    private static object? Sentinel(Type type, string name) =>
        type == typeof(string) ? "sentinel-" + name
        : type == typeof(IdeaId) ? Bench
        : type == typeof(PersonId) ? Ada.Id
        : type == typeof(ImmutableDictionary<string, string>) ? ImmutableDictionary<string, string>.Empty.Add("question", "sentinel-" + name)
        : type == typeof(ImmutableArray<LaneOfStep>) ? ImmutableArray<LaneOfStep>.Empty
        : type == typeof(ImmutableArray<string>) ? ImmutableArray.Create("sentinel-" + name)
        : type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IId<>)) ? Activator.CreateInstance(type, "id-1")
        : type.IsValueType ? Activator.CreateInstance(type) : null;

    private static ConstructorInfo Constructor(Type type) => type.GetConstructors().Single();

    private async Task<BoardGrain> WrittenAsync()
    {
        var grain = await LiveBoard.ActivateAsync(_journal, _secrets);
        var commands = 0;
        foreach (var (by, command) in new (Caller, BoardCommand)[]
        {
            (Caller.System, BoardSpec.OpenIt(new BoardSettings(Moderation.Open, false, Anonymous: false))),
            (Ada, new AddIdea(Bench, Now, "adas first words")), (Ada, new EditIdea(Bench, "adas later words")), (Ada, new AddIdea(Tap, Now, "adas other words")),
            (Ben, new AddIdea(Shade, Now, "bens words")), (Fay, new MergeIdea(Tap, Bench)),
            (Fay, new HideIdea(Bench, "why hers")), (Fay, new ShowIdea(Bench)), (Fay, new HideIdea(Shade, "why his")), (Fay, new ShowIdea(Shade)),
            (Fay, new OpenBallot(First, 3, 3, CountsDue.Live, false)), (Ada, new CastVote(First, Shade, 2)), (Ben, new CastVote(First, Shade, 1)), (Ben, new CastVote(First, Bench, 1)),
            (Ada, new AddComment(Why, Shade, "adas comment")), (Ada, new EditComment(Why, "adas edited comment")), (Fay, new HideComment(Why, "why her comment")), (Fay, new ShowComment(Why)),
            (Ben, new AddComment(Where, Shade, "bens comment")), (Ben, new AddComment(new("comment-answer"), Bench, "bens answer to her")),
            (Ada, new React(Shade, Reaction.Heart, true)), (Ben, new React(Shade, Reaction.Heart, true)), (Ada, new React(Shade, Reaction.Star, true)),
            (Fay, new SetStatus(Bench, IdeaStatus.NotNow, "why not hers")), (Fay, new ReplyToIdea(Bench, "the teams reply")),
            (Fay, new SetPlan(Bench, "owner of hers", Measure: "measure of hers")), (Fay, new SetPlan(Bench, "later owner of hers")), (Fay, new SetPlan(Shade, "owner of his")),
        })
            Assert.Null((await grain.SubmitAsync(new(new($"w{++commands}"), by, ManualTime.Start, command))).Refusal);
        return grain;
    }
}
