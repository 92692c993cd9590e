using System.Globalization;
using Pressure = LiveCoCreate.Grains.Pressure;
using LiveCoCreate.Rehearsal;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Seats;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Vote = LiveCoCreate.Rehearsal.Vote;

namespace LiveCoCreate.Measure;

/// <summary>How long a hall waits for the answers to its votes while its opinion groups are found live, and told to everybody with where they stand, beside the same hall without. All
/// people and statements of a recorded conversation, with all its votes cast; then people change their minds.</summary>
internal static class OpinionsLive
{
    public static async Task<int> RunAsync(string? folder, int perSecond, int pairs)
    {
        var recording = Recording.Read(folder ?? Path.Combine("..", "shared", "data", "polis", "vtaiwan-uberx"));
        var shown = recording.Statements.Where(statement => statement.Moderated is not Moderated.Rejected).ToDictionary(statement => statement.Id, _ => Ids.New());
        var votes = recording.Votes.Where(vote => shown.ContainsKey(vote.Statement)).GroupBy(vote => (vote.Voter, vote.Statement)).Select(each => each.Last()).ToList();

        var data = Directory.CreateTempSubdirectory("opinions-live").FullName;
        await using var server = Web.LiveServer.Build(["--urls", "http://127.0.0.1:0", "--DataFolder", data, "--Logging:LogLevel:Default=Warning"]);
        await server.StartAsync();
        using var wire = new LiveServer(new Uri(server.Urls.First()), httpConnections: 64);
        await using var noa = wire.NewPerson();
        var made = await noa.CreateWorkshopAsync(new NewWorkshop(recording.Name, Facilitator: "Noa"));
        await noa.WatchAsync();
        var (board, lane, ballot) = (noa.Board.Board, noa.Board.Lanes.Keys.First(), Ids.New());
        foreach (var (statement, idea) in shown) (await noa.SubmitAsync(Commands.AddIdea(board, idea, lane, $"Statement {statement}"))).Expect("add-idea");
        (await noa.SubmitAsync(Commands.OpenBallot(board, ballot, "agree"))).Expect("open-ballot");

        var people = votes.Select(vote => vote.Voter).Distinct().ToDictionary(voter => voter, _ => wire.NewPerson(new LivePersonOptions { Reading = Reading.Light }));
        await Parallel.ForEachAsync(people.Values, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (person, stop) =>
        {
            await person.JoinAsync(made.Code, cancellation: stop);
            await person.WatchAsync(board, stop);
        });
        await Parallel.ForEachAsync(votes.GroupBy(vote => vote.Voter), new ParallelOptions { MaxDegreeOfParallelism = 100 }, async (own, _) =>
        {
            foreach (var vote in own) await SayAsync(vote, ValueOf(vote));
        });

        var dice = new Random(1);
        var pressure = server.Services.GetRequiredService<Pressure>();
        var slices = new Slices(() => SayAsync(votes[dice.Next(votes.Count)], dice.Next(3) - 1), perSecond, () => Environment.CpuUsage.TotalTime, isAlone: false);
        using var meters = new System.Diagnostics.Metrics.MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Name is "livecocreate.opinions.duration") listener.EnableMeasurementEvents(instrument); } };
        var took = new System.Collections.Concurrent.ConcurrentQueue<double>();
        meters.SetMeasurementEventCallback<double>((_, seconds, _, _) => took.Enqueue(seconds * 1000));
        meters.Start();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{recording.Name}: {people.Count} people connected, {shown.Count} statements, {votes.Count} votes"));
        var ratio = await slices.CompareAsync("opinion groups found live", on =>
        {
            pressure.TellsOpinionsLive = on;
            return Task.CompletedTask;
        }, pairs, TimeSpan.FromSeconds(2.5));

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"computed {took.Count} times, {took.Order().ElementAtOrDefault(took.Count / 2):0} ms in the median"));
        await Parallel.ForEachAsync(people.Values, async (person, _) => await person.DisposeAsync());
        await server.StopAsync();
        Directory.Delete(data, recursive: true);
        return ratio <= 1.2 ? 0 : 1;

        async Task<Answer> SayAsync(Vote vote, int value)
        {
            var answer = await people[vote.Voter].SubmitAsync(Commands.CastVote(board, ballot, shown[vote.Statement], new Wire.Boards.Vote(value)));
            answer.Expect("cast-vote");
            return answer;
        }
    }

    private static int ValueOf(Vote vote) => vote.Agrees ? 1 : vote.Passes ? 0 : -1;
}
