using LiveCoCreate.Fast.Journals;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Fast.Boards;

/// <summary>P2 and C2: a command that was accepted is answered as the first time, for ever after; a refusal leaves no trace.</summary>
public sealed class RetryTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 120)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task Any_accepted_command_may_be_sent_again(int seed)
    {
        var (journal, secrets, walk) = (new InMemoryJournal(), LiveBoard.Secrets(), new BoardWalk(seed));
        var grain = await LiveBoard.ActivateAsync(journal, secrets);
        var accepted = new List<(Submission<BoardCommand> Submission, Reply Reply)>();
        for (var step = 0; step < 70; step++)
        {
            var where = $"seed {seed}, step {step}";
            var submission = step == 0 ? walk.Open() : walk.Next(grain.Look());
            // Sometimes the retry overtakes the answer and meets the first attempt in the same batch.
            var replies = await Task.WhenAll(Enumerable.Range(0, walk.Random.Next(4) == 0 ? 2 : 1).Select(_ => grain.SubmitAsync(submission).AsTask()));
            Assert.True(replies.Distinct().Count() == 1, $"{where}: {submission.Command} was answered {string.Join(" and ", replies.Distinct())}");
            if (replies[0].Accepted) accepted.Add((submission, replies[0]));

            if (walk.Random.Next(20) == 0) grain = await LiveBoard.ActivateAsync(journal, secrets);
            var (again, first) = accepted[walk.Random.Next(accepted.Count)];
            if (await IsBeyondKnowing(grain, again)) continue;
            var before = grain.Held();
            var reply = await grain.SubmitAsync(again with { At = again.At.AddHours(2) });
            Assert.True(first == reply, $"{where}: {again.Command} was answered {first} and again {reply}");
            Assert.True(before == grain.Held(), $"{where}: {again.Command} changed something the second time");
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task A_refused_command_leaves_no_trace_and_is_tried_anew(int seed)
    {
        var (journal, secrets, walk) = (new InMemoryJournal(), LiveBoard.Secrets(), new BoardWalk(seed));
        var grain = await LiveBoard.ActivateAsync(journal, secrets);
        await grain.SubmitAsync(walk.Open());
        for (var step = 0; step < 50; step++)
        {
            var (before, submission) = (grain.Held(), walk.Next(grain.Look()));
            if ((await grain.SubmitAsync(submission)).Accepted) continue;
            Assert.True(before == grain.Held(), $"seed {seed}, step {step}: {submission.Command} was refused and left a trace");
        }

        Assert.Equal((await journal.EventsAsync()).Count, (await grain.StateAsync()).Version);
    }

    [Fact]
    public async Task What_was_refused_is_accepted_once_it_can_be()
    {
        var grain = await OpenAsync(new InMemoryJournal(), LiveBoard.Secrets());
        await grain.SubmitAsync(Sent("close", Fay, new CloseWriting()));
        Assert.Equal("writing-closed", (await grain.SubmitAsync(Sent("write", Ada, new AddIdea(Bench, Now, "x")))).Refusal?.Code);
        await grain.SubmitAsync(Sent("open-again", Fay, new OpenWriting()));
        Assert.True((await grain.SubmitAsync(Sent("write", Ada, new AddIdea(Bench, Now, "x")))).Accepted);
    }

    [Fact]
    public async Task Two_people_may_happen_to_use_the_same_command_id()
    {
        var grain = await OpenAsync(new InMemoryJournal(), LiveBoard.Secrets());
        await grain.SubmitAsync(Sent("same", Ada, new AddIdea(Bench, Now, "x")));
        await grain.SubmitAsync(Sent("same", Ben, new AddIdea(Shade, Now, "y")));
        Assert.Equal(2, (await grain.StateAsync()).Ideas.Count);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_last_256_commands_of_a_person_are_known_also_to_the_next_activation(bool reactivated)
    {
        var (journal, secrets) = (new InMemoryJournal(), LiveBoard.Secrets());
        var grain = await OpenAsync(journal, secrets);
        var replies = new List<Reply>();
        for (var n = 0; n < Limits.RememberedCommands + 1; n++) replies.Add(await grain.SubmitAsync(Sent($"rename-{n}", Fay, new RenameLane(Now, $"title {n}"))));
        if (reactivated) grain = await LiveBoard.ActivateAsync(journal, secrets);

        for (var n = 1; n < replies.Count; n++) Assert.Equal(replies[n], await grain.SubmitAsync(Sent($"rename-{n}", Fay, new RenameLane(Now, $"title {n}"))));
        Assert.Equal(replies[^1].Version, (await grain.StateAsync()).Version);
        // Beyond that it is a new attempt; a client has at most 64 unanswered (L4).
        Assert.NotEqual(replies[0], await grain.SubmitAsync(Sent("rename-0", Fay, new RenameLane(Now, "title 0"))));
    }

    [Fact]
    public async Task A_batch_is_answered_command_by_command_and_its_own_retries_with_it()
    {
        var journal = new FailingJournal(new InMemoryJournal());
        var grain = await OpenAsync(journal, LiveBoard.Secrets());
        var held = journal.HoldAppends();
        var first = grain.SubmitAsync(Sent("first", Ada, new AddIdea(Bench, Now, "x"))).AsTask();
        await held.Reached;
        Task<Reply>[] batch =
        [
            grain.SubmitAsync(Sent("first", Ada, new AddIdea(Bench, Now, "x"))).AsTask(),
            grain.SubmitAsync(Sent("second", Ben, new AddIdea(Bench, Now, "y"))).AsTask(),
            grain.SubmitAsync(Sent("third", Fay, new HideIdea(Bench, "why"))).AsTask(),
            grain.SubmitAsync(Sent("third", Fay, new HideIdea(Bench, "why"))).AsTask(),
        ];
        held.LetGo();
        Assert.Equal(["2", "2", "id-taken", "3", "3"],
            (await Task.WhenAll([first, .. batch])).Select(reply => reply.Refusal?.Code ?? $"{reply.Version}"));
    }

    [Fact]
    public async Task Once_an_anonymous_ballot_closed_its_votes_cannot_be_known_again()
    {
        // The limit of C2: the key under which the vote's id is remembered went with the ballot's secret (J6, J9).
        var grain = await OpenAsync(new InMemoryJournal(), LiveBoard.Secrets());
        await grain.SubmitAsync(Sent("write", Ada, new AddIdea(Bench, Now, "x")));
        await grain.SubmitAsync(Sent("ballot", Fay, new OpenBallot(First, 3, 3, CountsDue.Close, true)));
        var vote = Sent("vote", Ada, new CastVote(First, Bench, 1));
        var reply = await grain.SubmitAsync(vote);
        Assert.Equal(reply, await grain.SubmitAsync(vote));
        await grain.SubmitAsync(Sent("close", Fay, new CloseBallot(First)));
        Assert.Equal("ballot-closed", (await grain.SubmitAsync(vote)).Refusal?.Code);
    }

    private static async Task<bool> IsBeyondKnowing(BoardGrain grain, Submission<BoardCommand> submission) =>
        (submission.Command switch { CastVote vote => vote.Ballot, CastProxyVote vote => vote.Ballot, _ => default(BallotId?) }) is { } ballot
        && (await grain.StateAsync()).Ballots.GetValueOrDefault(ballot) is { Anonymous: true, Open: false };

    private static async Task<BoardGrain> OpenAsync(IJournal journal, ISecrets secrets)
    {
        var grain = await LiveBoard.ActivateAsync(journal, secrets);
        await grain.SubmitAsync(Sent("open", Caller.System, BoardSpec.OpenIt()));
        return grain;
    }

    private static Submission<BoardCommand> Sent(string id, Caller by, BoardCommand command) => new(new(id), by, ManualTime.Start, command);
}
