using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveCoCreate.Fast.Boards;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Codes;
using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Participants;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Grains.Workshops;

namespace LiveCoCreate.Fast.Journals;

/// <summary>P7: journals that earlier versions wrote are kept, with what was seen of them then, and must show the same for ever. The files in <c>kept</c> are never
/// written again: with <c>KEEP_JOURNALS=FOLDER</c> this version's are written there, to be added beside them.</summary>
public sealed class KeptJournalTests
{
    private const int Commands = 400;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Journals", "kept");

    public static TheoryData<string> Kept => [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Kept))]
    public void A_journal_of_an_earlier_version_is_read_and_shows_what_it_showed(string name)
    {
        var kept = JsonSerializer.Deserialize<KeptJournal>(File.ReadAllBytes(Path.Combine(Folder, name + ".json")), Json.Options)!;
        Assert.NotEmpty(kept.Seen);
        foreach (var (stream, seen) in kept.Seen)
        {
            var now = Seen(stream, kept.Events.Where(happened => happened.Stream == stream));
            foreach (var (audience, view) in seen) AssertSays(view, now[audience], $"{stream}, {audience}");
        }
    }

    [Fact]
    public void Journals_are_kept_of_the_walks_of_today()
    {
        var types = new HashSet<string>();
        foreach (var seed in new[] { 12, 14, 16, 18, 20 })
        {
            var kept = Walked(seed);
            types.UnionWith(kept.Events.Select(happened => happened.Type));
            if (Environment.GetEnvironmentVariable("KEEP_JOURNALS") is { Length: > 0 } folder)
                File.WriteAllText(Path.Combine(folder, $"walk-{seed}.json"), JsonSerializer.Serialize(kept, Json.Options));
        }

        Assert.True(types.Count > 40, $"walks that go through little keep little: {string.Join(' ', types.Order(StringComparer.Ordinal))}");
    }

    [Fact]
    public void Every_kind_of_event_stands_in_a_journal_that_is_kept()
    {
        if (Environment.GetEnvironmentVariable("KEEP_JOURNALS") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, "every-kind.json"), JsonSerializer.Serialize(OfEveryKind(), Json.Options));
        var kept = Directory.GetFiles(Folder, "*.json").SelectMany(file => JsonSerializer.Deserialize<KeptJournal>(File.ReadAllBytes(file), Json.Options)!.Events)
            .Select(happened => $"{happened.Stream.Split('/')[0]} {happened.Type}").ToHashSet();
        var missing = GoldenEvents.Committed().Select(line => $"{line.Family} {line.Type}").Distinct().Where(kind => !kept.Contains(kind)).ToList();
        Assert.True(missing.Count == 0, $"Keep a journal with these too (KEEP_JOURNALS=FOLDER writes every-kind.json; add it under a new name): {string.Join(", ", missing)}");
    }

    /// <summary>All golden events of a family on one stream, as they follow one another in the file: no session that anybody lived, and every kind of event is folded and seen.</summary>
    private static KeptJournal OfEveryKind()
    {
        ImmutableArray<Envelope> events =
        [
            .. Stream("board/every", GoldenEvents.OfBoards), .. Stream("workshop/every", GoldenEvents.OfWorkshops),
            .. Stream("participant/every", GoldenEvents.OfParticipants), .. Stream("code/every", GoldenEvents.OfCodes),
        ];
        return new KeptJournal(events, events.GroupBy(happened => happened.Stream).ToImmutableDictionary(stream => stream.Key, stream => Seen(stream.Key, stream)));
    }

    private static IEnumerable<Envelope> Stream<TEvent>(string stream, ImmutableArray<TEvent> events) where TEvent : notnull =>
        events.Select((happened, at) => EventCodec<TEvent>.Write(stream, new Recorded<TEvent>(at + 1, Happened.Noon.AddSeconds(at), new PersonId("noa"), new CommandId($"command-{at}"), happened)));

    private static KeptJournal Walked(int seed)
    {
        var (walk, hand) = (new BoardWalk(seed), new BoardInHand());
        hand.Submit(walk.Open());
        for (var command = 0; command < Commands; command++) hand.Submit(walk.Next(hand.Board));
        ImmutableArray<Envelope> events = [.. hand.Happened.Select(happened => EventCodec<BoardEvent>.Write(Floor.TheBoard.Stream, happened))];
        return new KeptJournal(events, ImmutableDictionary<string, Dictionary<string, JsonNode>>.Empty.Add(Floor.TheBoard.Stream, Seen(Floor.TheBoard.Stream, events)));
    }

    private static Dictionary<string, JsonNode> Seen(string stream, IEnumerable<Envelope> events) => stream.Split('/') switch
    {
        ["board", var id] => Views(new BoardId(id), Fold<Board, BoardCommand, BoardEvent>(Board.Empty, events)),
        ["workshop", var id] => Views(new WorkshopId(id), Fold<Workshop, WorkshopCommand, WorkshopEvent>(Workshop.Empty, events)),
        ["participant", _] => new() { ["itself"] = Node(Fold<Participant, ParticipantCommand, ParticipantEvent>(Participant.Empty, events)) },
        ["code", _] => new() { ["itself"] = Node(Fold<Code, CodeCommand, CodeEvent>(Code.Empty, events)) },
        _ => throw new InvalidDataException($"Nobody knows the family of {stream}."),
    };

    private static Dictionary<string, JsonNode> Views(BoardId id, Board board) =>
        new[] { Audience.Facilitators, Audience.Participants, Audience.Public }.ToDictionary(audience => $"{audience}", audience => Node(board.SeenBy(id, audience)));

    private static Dictionary<string, JsonNode> Views(WorkshopId id, Workshop workshop) =>
        new[] { Audience.Facilitators, Audience.Participants }.ToDictionary(audience => $"{audience}", audience => Node(workshop.SeenBy(id, audience)));

    private static TState Fold<TState, TCommand, TEvent>(TState empty, IEnumerable<Envelope> events)
        where TState : class, ISourced<TState, TCommand, TEvent> where TEvent : notnull =>
        events.Select(EventCodec<TEvent>.Read).Aggregate(empty, TState.Evolve);

    private static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value, Json.Options)!;

    /// <summary>All that was said then is said now; more may be.</summary>
    private static void AssertSays(JsonNode? then, JsonNode? now, string where)
    {
        switch (then)
        {
            case JsonObject fields:
                Assert.True(now is JsonObject, $"{where}: was {then.ToJsonString()}, is {now?.ToJsonString() ?? "nothing"}");
                foreach (var (name, value) in fields) AssertSays(value, ((JsonObject)now!)[name], $"{where}.{name}");
                break;
            case JsonArray items:
                Assert.True(now is JsonArray same && same.Count == items.Count, $"{where}: was {then.ToJsonString()}, is {now?.ToJsonString() ?? "nothing"}");
                for (var at = 0; at < items.Count; at++) AssertSays(items[at], ((JsonArray)now!)[at], $"{where}[{at}]");
                break;
            default:
                Assert.True(JsonNode.DeepEquals(then, now), $"{where}: was {then?.ToJsonString() ?? "nothing"}, is {now?.ToJsonString() ?? "nothing"}");
                break;
        }
    }

    private sealed record KeptJournal(ImmutableArray<Envelope> Events, ImmutableDictionary<string, Dictionary<string, JsonNode>> Seen);
}
