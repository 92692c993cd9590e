using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Journals;
using static LiveCoCreate.Fast.Boards.Floor;
using static LiveCoCreate.Grains.Boards.BoardCommand;

namespace LiveCoCreate.Fast.Boards;

/// <summary>Each method against a count by hand, made of the commands that were accepted and of nothing else: through votes that change, retries,
/// what is hidden, merged and undone meanwhile, servers that start anew, and second rounds.</summary>
public sealed class CountingTests
{
    private static readonly string[] All = [Methods.Dots, Methods.Approval, Methods.Score, Methods.Agree, Methods.Rank, Methods.Consent, Methods.Axes];

    public static TheoryData<string, int> Seeds
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var method in All)
                for (var seed = 1; seed <= 25; seed++) data.Add(method, seed);
            return data;
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task Every_vote_is_counted_once(string method, int seed)
    {
        var wrong = await new Round(method, seed, (_, view) => view).RunAsync();
        Assert.True(wrong is null, wrong);
    }

    private static readonly Dictionary<string, (string Method, Func<Board, BoardView, BoardView> View)> Bugs = new()
    {
        ["what was merged adds up beyond the most for one idea"] = (Methods.Dots, (board, view) => view with
        {
            Tallies = view.Tallies.ToImmutableDictionary(one => one.Key, one => Merged(view, id => board.Ballots[one.Key].Tallies.GetValueOrDefault(id), ids => ids.Sum())),
        }),
        ["what was merged is not counted"] = (Methods.Score, (board, view) => view with
        {
            Counts = view.Counts.ToImmutableDictionary(one => one.Key, one => one.Value.SetItems(one.Value.Keys.Select(id => KeyValuePair.Create(id, board.Ballots[one.Key].Counted.GetValueOrDefault(id, Count.None))))),
        }),
        ["a second round shows the first"] = (Methods.Agree, (board, view) => view with
        {
            Counts = view.Counts.ToImmutableDictionary(one => one.Key, one => view.Counts.OrderBy(other => board.Ballots[other.Key].Round).First().Value),
        }),
        ["how sure people are gets lost"] = (Methods.Consent, (_, view) => view with
        {
            Counts = view.Counts.ToImmutableDictionary(one => one.Key, one => one.Value.ToImmutableDictionary(count => count.Key, count => count.Value with { Sure = null })),
        }),
        ["counts while the ballot is open"] = (Methods.Approval, (board, view) => view with
        {
            Counts = view.Counts.SetItems(board.Ballots.Where(ballot => ballot.Value.Open).Select(ballot => KeyValuePair.Create(ballot.Key, ballot.Value.Counted))),
        }),
    };

    public static TheoryData<string> Planted => [.. Bugs.Keys];

    [Theory, MemberData(nameof(Planted))]
    public async Task A_planted_mistake_in_counting_is_found(string bug)
    {
        for (var seed = 1; seed <= 40; seed++)
            if (await new Round(Bugs[bug].Method, seed, Bugs[bug].View).RunAsync() is not null) return;
        Assert.Fail($"Nobody noticed that {bug}.");
    }

    private static ImmutableDictionary<IdeaId, T> Merged<T>(BoardView view, Func<IdeaId, T> of, Func<IEnumerable<T>, T> sum) =>
        view.Ideas.GroupBy(idea => idea.Value.Into ?? idea.Key, idea => of(idea.Key)).ToImmutableDictionary(idea => idea.Key, idea => sum(idea));

    private sealed class Round(string method, int seed, Func<Board, BoardView, BoardView> view)
    {
        private const int Budget = 5;
        private const int Most = 3;

        private static readonly IdeaId[] Ideas = [.. Enumerable.Range(1, 5).Select(n => new IdeaId($"idea-{n}"))];

        private readonly Random _random = new(seed);
        private readonly InMemoryJournal _journal = new();
        private readonly InMemorySecrets _secrets = LiveBoard.Secrets();
        private readonly List<(Submission<BoardCommand> Submission, Reply Reply)> _accepted = [];
        private readonly Dictionary<IdeaId, (bool Hidden, IdeaId? Into)> _ideas = [];
        private readonly Dictionary<BallotId, (bool Open, bool Anonymous, bool Live, bool Asks, Dictionary<(PersonId Person, IdeaId Idea), Vote> Votes)> _ballots = [];
        private readonly Dictionary<CommandId, (IdeaId Idea, (bool, IdeaId?) Before)> _done = [];
        private BoardGrain _grain = null!;
        private int _commands;

        /// <summary>What was counted wrongly, or null.</summary>
        public async Task<string?> RunAsync()
        {
            _grain = await LiveBoard.ActivateAsync(_journal, _secrets);
            await SendAsync(Caller.System, BoardSpec.OpenIt());
            foreach (var idea in Ideas)
            {
                await SendAsync(Gus, new AddIdea(idea, Now, idea.Value));
                _ideas[idea] = (false, null);
            }

            for (var step = 0; step < 90; step++)
                if (await StepAsync() is { } wrong) return $"{method}, seed {seed}, step {step}: {wrong}";
            return null;
        }

        private async Task<string?> StepAsync()
        {
            if (_random.Next(25) == 0) _grain = await LiveBoard.ActivateAsync(_journal, _secrets);
            var open = _ballots.Where(ballot => ballot.Value.Open).Select(ballot => (BallotId?)ballot.Key).FirstOrDefault();
            if (open is null) await OpenAsync();
            else if (_random.Next(30) == 0) await CloseAsync(open.Value);
            else if (_random.Next(4) == 0) await FacilitateAsync();
            else if (await VoteAsync(open.Value) is { } wrong) return wrong;

            if (_random.Next(4) == 0 && await AgainAsync() is { } twice) return twice;
            return Look();
        }

        private async Task OpenAsync()
        {
            var (ballot, anonymous, live, asks) = (new BallotId($"ballot-{_ballots.Count}"), _random.Next(2) == 0, _random.Next(2) == 0, method is not Methods.Dots && _random.Next(2) == 0);
            var budget = method is Methods.Dots ? Budget : method is Methods.Rank ? Most : (int?)null;
            await SendAsync(Fay, new OpenBallot(ballot, budget, method is Methods.Dots ? Most : null, live ? CountsDue.Live : CountsDue.Close, anonymous, method, null, asks));
            _ballots[ballot] = (true, anonymous, live, asks, []);
        }

        private async Task CloseAsync(BallotId ballot)
        {
            await SendAsync(Fay, new CloseBallot(ballot));
            _ballots[ballot] = _ballots[ballot] with { Open = false };
        }

        private async Task FacilitateAsync()
        {
            var idea = Any(Ideas);
            BoardCommand command = _random.Next(6) switch
            {
                0 => new HideIdea(idea, "why"),
                1 => new ShowIdea(idea),
                2 or 3 => new MergeIdea(idea, Any(Ideas)),
                4 => new UnmergeIdea(idea),
                _ => new Undo(_done.Count == 0 ? new CommandId("none") : Any([.. _done.Keys])),
            };
            var (id, reply) = await SendAsync(Fay, command);
            if (!reply.Accepted) return;
            if (command is Undo undo)
            {
                var (undone, before) = _done[undo.Command];
                _done[id] = (undone, _ideas[undone]);
                _ideas[undone] = before;
                return;
            }

            _done[id] = (idea, _ideas[idea]);
            _ideas[idea] = command switch
            {
                HideIdea => _ideas[idea] with { Hidden = true },
                ShowIdea => _ideas[idea] with { Hidden = false },
                MergeIdea merge => _ideas[idea] with { Into = merge.Into },
                _ => _ideas[idea] with { Into = null },
            };
            // What goes from view frees what was given to it and to what was merged into it, for good.
            if (command is not HideIdea || _done[id].Before.Item1) return;
            foreach (var ballot in _ballots.Values.Where(ballot => ballot.Open))
            foreach (var key in ballot.Votes.Keys.Where(key => key.Idea == idea || Root(key.Idea) == idea).ToList()) ballot.Votes.Remove(key);
        }

        private async Task<string?> VoteAsync(BallotId ballot)
        {
            var (by, idea) = (Any([Ada, Ben, Cyd, .. Hall]), Any(Ideas));
            var (asks, votes) = (_ballots[ballot].Asks, _ballots[ballot].Votes);
            var sure = _random.Next(3) switch { 0 => true, 1 => false, _ => (bool?)null };
            Vote? said = _random.Next(5) == 0 ? null : method switch
            {
                Methods.Dots => new Vote(_random.Next(0, Most + 2)),
                Methods.Approval => new Vote(1, Sure: sure),
                Methods.Score => new Vote(_random.Next(1, 6), Sure: sure),
                Methods.Agree => new Vote(_random.Next(-1, 2), Sure: sure),
                Methods.Rank => new Vote(_random.Next(1, Most + 1), Sure: sure),
                Methods.Consent => _random.Next(2) == 0 ? new Vote(1, Sure: sure) : new Vote(-1, Any("dear", "late"), Sure: sure),
                _ => new Vote(_random.Next(0, 11), Effort: _random.Next(0, 11), Sure: sure),
            };
            var command = method is Methods.Dots ? new CastVote(ballot, idea, said?.Value ?? 0) : new CastVote(ballot, idea, Vote: said);
            var (_, reply) = await SendAsync(by, command);

            // By the words of the rules: what is not in sight can only be taken back, and only by who gave something.
            if (method is Methods.Dots && said?.Value is 0) said = null;
            if (said is not null && (!asks || (method is Methods.Agree && said.Value == 0))) said = said with { Sure = null };
            var before = votes.GetValueOrDefault((by.Id, idea));
            var gives = method is Methods.Dots ? (said?.Value ?? 0) > (before?.Value ?? 0) : said is not null && said != before;
            var spent = votes.Where(vote => vote.Key.Person == by.Id).Sum(vote => vote.Value.Value);
            string? refused = !IsSeen(idea) && (before is null || gives) ? "idea-missing"
                : method is not Methods.Dots || said == before ? null
                : said?.Value > Most ? "most-per-idea"
                : gives && spent - (before?.Value ?? 0) + said!.Value > Budget ? "budget-spent" : null;
            if (reply.Refusal?.Code != refused) return $"{command} of {by.Id} was answered {reply.Refusal?.Code ?? "yes"} instead of {refused ?? "yes"}";
            if (refused is not null) return null;
            if (method is Methods.Rank && said is not null)
                foreach (var there in votes.Where(vote => vote.Key.Person == by.Id && vote.Key.Idea != idea && vote.Value.Value == said.Value).Select(vote => vote.Key).ToList()) votes.Remove(there);
            if (said is null) votes.Remove((by.Id, idea));
            else votes[(by.Id, idea)] = said;
            return null;
        }

        private async Task<string?> AgainAsync()
        {
            var (submission, first) = _accepted[_random.Next(_accepted.Count)];
            if (submission.Command is CastVote vote && _ballots[vote.Ballot] is { Anonymous: true, Open: false }) return null;
            var reply = await _grain.SubmitAsync(submission with { At = submission.At.AddHours(1) });
            return reply == first ? null : $"{submission.Command} was answered {first} and then {reply}";
        }

        private string? Look()
        {
            var board = _grain.Look();
            foreach (var audience in Audiences)
            {
                var seen = view(board, board.SeenBy(TheBoard, audience));
                foreach (var (id, ballot) in _ballots)
                {
                    var due = ballot.Live || !ballot.Open;
                    if (seen.Tallies.ContainsKey(id) != (due && method is Methods.Dots) || seen.Counts.ContainsKey(id) != (due && method is not Methods.Dots)) return $"{audience} have the counts of {id}, or have not, at the wrong time";
                    // Facilitators also see what is hidden, and what was given to it in closed ballots.
                    if (!due || audience is Audience.Facilitators) continue;
                    var (told, counted) = (method is Methods.Dots ? Told(seen.Tallies[id], seen) : Told(seen.Counts[id], seen), ByHand(ballot.Votes));
                    if (told != counted) return $"{audience} are told {told} in {id} instead of {counted}";
                }
            }

            foreach (var (id, ballot) in board.Ballots)
            foreach (var person in new[] { Ada, Ben, Cyd }.Concat(Hall))
            {
                if (!_ballots[id].Open && _ballots[id].Anonymous) continue;
                var own = _grain.MineAsync(person.Id).AsTask().Result.Ballots[id];
                var mine = _ballots[id].Votes.Where(vote => vote.Key.Person == person.Id).ToDictionary(vote => vote.Key.Idea, vote => vote.Value);
                if (method is not Methods.Dots && ((own.Votes?.Count ?? 0) != mine.Count || mine.Any(vote => own.Votes![vote.Key] with { Signature = null } != vote.Value))) return $"{person.Id} has {string.Join(", ", own.Votes ?? ImmutableDictionary<IdeaId, Vote>.Empty)} in {id} instead of {string.Join(", ", mine)}";
                if (method is Methods.Dots && (own.Left != Budget - mine.Values.Sum(vote => vote.Value) || own.Left < 0 || own.Dots.Values.Any(dots => dots > Most))) return $"{person.Id} has {own.Left} left in {id}";
            }

            return null;
        }

        private bool IsSeen(IdeaId idea) => !_ideas[idea].Hidden && (_ideas[idea].Into is not { } into || !_ideas[Root(into)].Hidden);

        private IdeaId Root(IdeaId idea) => _ideas[idea].Into is { } into ? Root(into) : idea;

        private string ByHand(Dictionary<(PersonId Person, IdeaId Idea), Vote> votes) => string.Join("; ", Ideas.Where(idea => _ideas[idea] is { Hidden: false, Into: null }).Select(idea =>
        {
            var parts = Ideas.Where(part => Root(part) == idea && IsSeen(part)).ToList();
            var people = votes.Where(vote => parts.Contains(vote.Key.Idea)).GroupBy(vote => vote.Key.Person, vote => (vote.Key.Idea, vote.Value)).ToList();
            if (people.Count == 0) return null;
            if (method is Methods.Dots) return $"{idea} {people.Sum(person => Math.Min(Most, person.Sum(one => one.Value.Value)))}";
            var said = people.ConvertAll(person => person.MinBy(one => one.Idea == idea ? "" : one.Idea.Value, StringComparer.Ordinal).Value);
            return Line(idea, said.GroupBy(vote => vote.Value).Select(one => (one.Key, one.Count())), said.Where(vote => vote.Effort is not null).GroupBy(vote => vote.Effort!.Value).Select(one => (one.Key, one.Count())),
                said.Where(vote => vote.Sure is true).GroupBy(vote => vote.Value).Select(one => (one.Key, one.Count())), said.Where(vote => vote.Sure is false).GroupBy(vote => vote.Value).Select(one => (one.Key, one.Count())),
                said.Select(vote => vote.Reason).OfType<string>());
        }).OfType<string>());

        private static string Told(ImmutableDictionary<IdeaId, int> tallies, BoardView seen) =>
            string.Join("; ", tallies.Where(tally => seen.Ideas[tally.Key].State is IdeaState.Shown && tally.Value != 0).OrderBy(tally => tally.Key.Value, StringComparer.Ordinal).Select(tally => $"{tally.Key} {tally.Value}"));

        private static string Told(ImmutableDictionary<IdeaId, Count> counts, BoardView seen) =>
            string.Join("; ", counts.Where(count => seen.Ideas[count.Key].State is IdeaState.Shown).OrderBy(count => count.Key.Value, StringComparer.Ordinal).Select(count =>
                Line(count.Key, Pairs(count.Value.Values), Pairs(count.Value.Efforts), Pairs(count.Value.Sure), Pairs(count.Value.Unsure), (count.Value.Reasons ?? []).Select(reason => reason.Text))));

        private static IEnumerable<(int, int)> Pairs(ImmutableDictionary<int, int>? numbers) => (numbers ?? ImmutableDictionary<int, int>.Empty).Select(one => (one.Key, one.Value));

        private static string Line(
            IdeaId idea, IEnumerable<(int, int)> values, IEnumerable<(int, int)> efforts, IEnumerable<(int, int)> sure, IEnumerable<(int, int)> unsure, IEnumerable<string> reasons) =>
            $"{idea} {string.Join(",", values.Order())} efforts {string.Join(",", efforts.Order())} sure {string.Join(",", sure.Order())} unsure {string.Join(",", unsure.Order())} {string.Join(",", reasons.Order(StringComparer.Ordinal))}";

        private async Task<(CommandId Id, Reply Reply)> SendAsync(Caller by, BoardCommand command)
        {
            var submission = new Submission<BoardCommand>(new CommandId($"c{++_commands}"), by, ManualTime.Start.AddSeconds(_commands), command);
            // Now and then it is sent twice before it was answered once.
            var replies = await Task.WhenAll(Enumerable.Range(0, _random.Next(5) == 0 ? 2 : 1).Select(_ => _grain.SubmitAsync(submission).AsTask()));
            Assert.Single(replies.Distinct());
            if (replies[0].Accepted) _accepted.Add((submission, replies[0]));
            return (submission.Id, replies[0]);
        }

        private T Any<T>(params T[] from) => from[_random.Next(from.Length)];
    }
}
