using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Codes;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Grains.Workshops;

namespace LiveCoCreate.Fast.Journals;

/// <summary>P7: events in the journal are read for ever. Lines are added to golden-events.json and never changed: a test that fails
/// here says that journals out there would no longer be read, or be written as something else.</summary>
public sealed class GoldenEventsTests
{
    [Fact]
    public void What_is_written_is_what_was_always_written()
    {
        var written = Written("board", GoldenEvents.OfBoards).Concat(Written("workshop", GoldenEvents.OfWorkshops))
            .Concat(Written("participant", GoldenEvents.OfParticipants)).Concat(Written("code", GoldenEvents.OfCodes)).ToList();
        var committed = GoldenEvents.Committed().ToList();
        for (var i = 0; i < Math.Min(written.Count, committed.Count); i++) Assert.Equal(committed[i], written[i]);
        Assert.True(written.Count == committed.Count, "golden-events.json needs these lines too:\n" + string.Join('\n', written.Skip(committed.Count).Select(
            line => $$"""{"family":"{{line.Family}}","type":"{{line.Type}}","payload":{{line.Payload}}},""")));
    }

    [Fact]
    public void What_was_written_is_read_as_what_it_was()
    {
        Read("board", GoldenEvents.OfBoards);
        Read("workshop", GoldenEvents.OfWorkshops);
        Read("participant", GoldenEvents.OfParticipants);
        Read("code", GoldenEvents.OfCodes);
    }

    [Fact]
    public void Every_kind_of_event_is_in_the_file()
    {
        string[] known =
        [
            .. EventCodec<BoardEvent>.Family.Select(pair => "board " + pair.Key), .. EventCodec<WorkshopEvent>.Family.Select(pair => "workshop " + pair.Key),
            .. EventCodec<ParticipantEvent>.Family.Select(pair => "participant " + pair.Key), .. EventCodec<CodeEvent>.Family.Select(pair => "code " + pair.Key),
        ];
        Assert.Equal(known.Order(StringComparer.Ordinal), GoldenEvents.Committed().Select(line => $"{line.Family} {line.Type}").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_event_can_be_folded_by_its_family()
    {
        // A new event without its arm in Evolve would break every board that has one.
        foreach (var happened in GoldenEvents.OfWorkshops) Workshop.Evolve(Workshop.Evolve(Workshop.Empty, Recorded(GoldenEvents.OfWorkshops[0])), Recorded(happened));
        foreach (var happened in GoldenEvents.OfParticipants) Participant.Evolve(Participant.Empty, Recorded(happened));
        foreach (var happened in GoldenEvents.OfCodes) Code.Evolve(Code.Empty, Recorded(happened));
        foreach (var happened in GoldenEvents.OfBoards) Board.Evolve(WithAllInIt, Recorded(happened));
    }

    [Fact]
    public void A_field_that_nobody_knows_yet_is_ignored()
    {
        foreach (var (family, type, payload) in GoldenEvents.Committed().Where(line => line.Family == "board"))
        {
            var later = payload == "{}" ? """{"later":[1,{"x":null}]}""" : """{"later":[1,{"x":null}],""" + payload[1..];
            Assert.Equal(payload, EventCodec<BoardEvent>.Write("board/1", EventCodec<BoardEvent>.Read(Kept(family, type, later))).Payload);
        }
    }

    [Fact]
    public void A_null_and_an_absent_field_are_the_same() => Assert.Equal(
        EventCodec<BoardEvent>.Read(Kept("board", "idea-themed", """{"idea":"idea-1"}""")).Event,
        EventCodec<BoardEvent>.Read(Kept("board", "idea-themed", """{"idea":"idea-1","theme":null,"before":null}""")).Event);

    [Fact]
    public void An_event_of_an_unknown_kind_is_refused_by_name()
    {
        var refused = Assert.Throws<UnknownEventException>(() => EventCodec<BoardEvent>.Read(Kept("board", "idea-sung", "{}")));
        Assert.Equal("board/1 holds 'idea-sung' at version 7, which this version of LiveCoCreate does not know. Run the version that wrote it, or a newer one.", refused.Message);
    }

    [Fact]
    public void What_an_event_needs_and_does_not_have_is_refused() => Assert.Throws<System.Text.Json.JsonException>(
        () => EventCodec<BoardEvent>.Read(Kept("board", "idea-added", """{"idea":"idea-1"}""")));

    private static Board WithAllInIt => GoldenEvents.OfBoards
        .Where(happened => happened is BoardEvent.BoardOpened or BoardEvent.IdeaAdded or BoardEvent.CommentAdded or BoardEvent.ThemeAdded or BoardEvent.BallotOpened)
        .Aggregate(Board.Empty, (so, happened) => Board.Evolve(so, Recorded(happened)));

    private static IEnumerable<(string Family, string Type, string Payload)> Written<TEvent>(string family, ImmutableArray<TEvent> events) where TEvent : notnull =>
        events.Select(happened => EventCodec<TEvent>.Write(family + "/1", Recorded(happened))).Select(kept => (family, kept.Type, kept.Payload));

    private static void Read<TEvent>(string family, ImmutableArray<TEvent> events) where TEvent : notnull
    {
        var lines = GoldenEvents.Committed().Where(line => line.Family == family).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            var read = EventCodec<TEvent>.Read(Kept(family, lines[i].Type, lines[i].Payload));
            Assert.IsType(events[i].GetType(), read.Event);
            Assert.Equal(Canonical.Of<object>(events[i]), Canonical.Of<object>(read.Event));
        }
    }

    private static Recorded<TEvent> Recorded<TEvent>(TEvent happened) => new(7, ManualTime.Start, new PersonId("person-1"), new CommandId("command-1"), happened);

    private static Envelope Kept(string family, string type, string payload) => new(family + "/1", 7, type, ManualTime.Start, "person-1", "command-1", payload);
}
