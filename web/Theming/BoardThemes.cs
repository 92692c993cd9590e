using System.Collections.Immutable;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Clustering;
using LiveCoCreate.Grains.Turns;
using LiveCoCreate.Web.Live;
using Microsoft.AspNetCore.SignalR;

namespace LiveCoCreate.Web.Theming;

/// <summary>The themes that are proposed for one board: soft like presence, for facilitators alone, and gone when nobody watches the
/// board any more. One run at a time; between two runs what is written meanwhile is placed one by one.</summary>
/// <param name="wake">Wakes the facilitators who watch the board here.</param>
public sealed partial class BoardThemes(BoardId id, IBoard board, ThemeWorks works, Action wake) : IDisposable
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlaceEvery = TimeSpan.FromMilliseconds(250);
    private const int LongestTitle = Limits.ThemeTitle;

    private readonly Lock _gate = new();
    private Dictionary<IdeaId, Place> _places = [];
    private readonly Dictionary<ThemeId, int> _colours = [];
    private Dictionary<ThemeId, int> _numbers = [];
    private ImmutableList<ThemeId> _aside = [];
    private ImmutableArray<ProposedTheme> _themes = [];
    private IReadOnlyList<IReadOnlyList<IdeaId>> _same = [];
    private ImmutableHashSet<Pair> _apart = [];
    private ImmutableDictionary<IdeaId, Idea>? _looked;
    private ThemeRun? _found;
    private Themes _previous = Themes.Empty;
    private ThemingState _state;
    private double _progress;
    private int _run;
    private long _version;
    private long _kept;
    private long _progressTold;
    private CancellationTokenSource? _running;
    private ITimer? _placing;
    private bool _placeWaits;
    private bool _disposed;
    private (long Version, SerializedHubMessage Message)? _whole;

    private readonly record struct Place(Spot Spot, ThemeId? Theme, string Text, long Version);

    /// <summary>Begins a run, from the themes as people made them. While one is under way it is the one that was asked for.</summary>
    /// <returns>Why not; null where it has begun.</returns>
    public async ValueTask<string?> ProposeAsync()
    {
        if ((await board.StateAsync()).ThemableCount < Limits.FewestIdeasToGroup) return "too-few-ideas";
        if (await IsFoundElsewhereAsync()) return null;
        CancellationTokenSource running;
        lock (_gate)
        {
            if (_disposed || _running is not null) return null;
            running = _running = new CancellationTokenSource();
            (_state, _progress) = (ThemingState.Waiting, 0);
            _version++;
        }

        Tell();
        _ = Task.Run(() => RunAsync(running));
        return null;
    }

    public void Cancel()
    {
        Say(new ThemesSignal(id.Value, "cancel"));
        lock (_gate) _running?.Cancel();
    }

    public void PutAside(ThemeId theme, bool aside)
    {
        if (Say(new ThemesSignal(id.Value, aside ? "put-aside" : "bring-back", theme.Value))) return;
        lock (_gate)
        {
            if (_aside.Contains(theme) == aside) return;
            _aside = aside ? _aside.Add(theme) : _aside.Remove(theme);
            _version++;
        }

        Tell();
    }

    /// <summary>The ideas that are proposed for a theme now; none where it is not proposed.</summary>
    public ImmutableArray<IdeaId> IdeasFor(ThemeId theme)
    {
        lock (_gate) return _elsewhere is { } told ? IdeasFor(theme, told) : [.. _places.Where(place => place.Value.Theme == theme).Select(place => place.Key).OrderBy(idea => idea.Value, StringComparer.Ordinal)];
    }

    /// <summary>The board changed: what was written since the run is placed soon.</summary>
    public void Heard(BoardNews news)
    {
        if (news.Forgotten) Forget();
        else PlaceSoon();
    }

    /// <summary>What a connection lacks that was told up to <paramref name="sent"/> of <paramref name="run"/>; null when nothing.</summary>
    public (SerializedHubMessage Message, int Run, long Version)? Since(int run, long sent)
    {
        lock (_gate)
        {
            if (run == _run && sent == _version) return null;
            if (_elsewhere is { } told)
            {
                if (_whole?.Version != _version) _whole = (_version, Message(told));
                return (_whole.Value.Message, _run, _version);
            }

            if (run == _run && sent > 0)
            {
                var added = _places.Where(place => place.Value.Version > sent).ToDictionary(place => place.Key, place => Told(place.Value));
                return (Message(new ThemesTold(id, _run, _state, ProgressTold, Places: added.Count == 0 ? null : added, Apart: ApartTold, Aside: _aside)), _run, _version);
            }

            if (_whole?.Version != _version)
                _whole = (_version, Message(WholeTold()));
            return (_whole.Value.Message, _run, _version);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _running?.Cancel();
            _placing?.Dispose();
            _found?.Dispose();
        }

        Leave();
    }

    private double? ProgressTold => _state is ThemingState.Running ? Math.Round(_progress, 2) : null;

    private IReadOnlyList<IReadOnlyList<IdeaId>> ApartTold => Told(_apart);

    private static IReadOnlyList<IReadOnlyList<IdeaId>> Told(ImmutableHashSet<Pair> apart) => [.. apart.Select(pair => (IReadOnlyList<IdeaId>)[pair.Idea, pair.Other])];

    private double[] Told(Place place) => Told(place, _numbers);

    private static double[] Told(Place place, Dictionary<ThemeId, int> numbers) =>
        [Math.Round(place.Spot.X, 3), Math.Round(place.Spot.Y, 3), place.Theme is { } theme ? numbers.GetValueOrDefault(theme, -1) : -1];

    private ThemesTold WholeTold() => new(id, _run, _state, ProgressTold, Whole: true, _themes, _places.ToDictionary(place => place.Key, place => Told(place.Value)), _same, ApartTold, _aside);

    private static SerializedHubMessage Message(ThemesTold told) => ReadyMessage.Of("themes", told, out _);

    private async Task RunAsync(CancellationTokenSource running)
    {
        var state = ThemingState.Failed;
        try
        {
            var now = await board.StateAsync();
            await works.DoAsync(find =>
            {
                var (previous, earlier) = Before();
                var ideas = now.ThemableIdeas;
                var found = find(ideas, now.ThemeRules, previous, Seed(id), earlier, new Progress(this), running.Token);
                running.Token.ThrowIfCancellationRequested();
                Keep(running, found, ideas, now);
            }, Begins, running.Token);
            state = ThemingState.Done;
        }
        catch (OperationCanceledException)
        {
            state = ThemingState.Cancelled;
        }
        // Whatever went wrong, proposing can be tried again, and nothing else on this node may notice.
#pragma warning disable CA1031
        catch (Exception wrong)
#pragma warning restore CA1031
        {
            works.Failed(id.Value, wrong);
        }

        lock (_gate)
        {
            // What was forgotten meanwhile ended this run, and what is said of it.
            if (!ReferenceEquals(_running, running)) return;
            _running = null;
            if (state is not ThemingState.Done) (_state, _version) = (state, _version + 1);
        }

        running.Dispose();
        Tell();
        // What was written while it ran.
        if (state is ThemingState.Done) PlaceSoon();
    }

    private void Begins()
    {
        lock (_gate)
        {
            _state = ThemingState.Running;
            _version++;
        }

        Tell();
    }

    private void Progressed(double progress)
    {
        lock (_gate)
        {
            _progress = progress;
            if (_progressTold != 0 && works.Clock.GetElapsedTime(_progressTold) < ProgressEvery) return;
            _progressTold = works.Clock.GetTimestamp();
            _version++;
        }

        Tell();
    }

    /// <summary>As people know them: what was placed since the last run with it.</summary>
    private (Themes Themes, ThemeRun? Run) Before()
    {
        lock (_gate)
        {
            var themes = _previous with
            {
                Of = _previous.Of.SetItems(_places.Where(place => place.Value.Version > _kept && place.Value.Theme is not null).Select(place => KeyValuePair.Create(place.Key, place.Value.Theme!.Value))),
                Spots = _previous.Spots.SetItems(_places.Where(place => place.Value.Version > _kept).Select(place => KeyValuePair.Create(place.Key, place.Value.Spot))),
            };
            return (themes, _found);
        }
    }

    /// <summary>Makes of what was found what is proposed, and writes it out: on the thread that stands back, and without holding up who tells the board's news meanwhile.</summary>
    private void Keep(CancellationTokenSource running, ThemeRun found, ImmutableArray<IdeaText> ideas, Board now)
    {
        ImmutableArray<ProposedTheme> themes;
        ImmutableList<ThemeId> before, aside;
        int run;
        long version;
        lock (_gate)
        {
            (run, version, before) = (_run + 1, _version + 1, _aside);
            foreach (var (kept, made) in now.Themes) _colours[kept] = made.Colour;
            themes = [.. found.Themes.All.Select(theme => new ProposedTheme(theme.Id, now.Themes.GetValueOrDefault(theme.Id)?.Title ?? Title(theme.Words), ColourOf(theme.Id, found.Themes), theme.Kept ? true : null, theme.Example))];
            aside = StillProposed(before);
        }

        var (places, numbers) = (new Dictionary<IdeaId, Place>(ideas.Length), new Dictionary<ThemeId, int>());
        foreach (var idea in ideas)
        {
            Background.Breathe();
            places[idea.Id] = new Place(found.Themes.Spots[idea.Id], found.Themes.Of.TryGetValue(idea.Id, out var theme) ? theme : null, idea.Text, version);
        }

        foreach (var theme in themes) numbers[theme.Theme] = numbers.Count;
        IReadOnlyList<IReadOnlyList<IdeaId>> same = [.. found.Themes.Duplicates.Select(group => (IReadOnlyList<IdeaId>)group)];
        var whole = Message(new ThemesTold(id, run, ThemingState.Done, null, Whole: true, themes, places.ToDictionary(place => place.Key, place => Told(place.Value, numbers)), same, Told(now.KeptApart), aside));
        lock (_gate)
        {
            if (!ReferenceEquals(_running, running) || _run + 1 != run)
            {
                found.Dispose();
                return;
            }

            _found?.Dispose();
            (_found, _previous, _places, _numbers, _themes, _same) = (found, found.Themes, places, numbers, themes, same);
            (_apart, _looked) = (now.KeptApart, now.Ideas);
            (_run, _state) = (run, ThemingState.Done);
            _kept = ++_version;
            // Somebody put one aside meanwhile: what was written out does not say so.
            if (!ReferenceEquals(_aside, before)) _aside = StillProposed(_aside);
            else (_aside, _whole) = (aside, (_version, whole));
        }

        ImmutableList<ThemeId> StillProposed(ImmutableList<ThemeId> all) => all.RemoveAll(theme => found.Themes.All.All(one => one.Id != theme));
    }

    private static string Title(ImmutableArray<string> words)
    {
        var title = string.Join(", ", words);
        return title.Length <= LongestTitle ? title : words[0].Length <= LongestTitle ? words[0] : "";
    }

    // A theme keeps its colour; a new one gets the one that fewest of those there are have.
    private int ColourOf(ThemeId theme, Themes found)
    {
        if (_colours.TryGetValue(theme, out var known)) return known;
        var used = found.All.Where(one => _colours.ContainsKey(one.Id)).CountBy(one => _colours[one.Id]).ToDictionary();
        return _colours[theme] = Enumerable.Range(0, 12).MinBy(colour => used.GetValueOrDefault(colour));
    }

    private void PlaceSoon()
    {
        lock (_gate)
        {
            if (_disposed || _placeWaits || _found is null) return;
            _placeWaits = true;
            if (_placing is null) _placing = works.Clock.CreateTimer(_ => _ = PlaceAsync(), null, PlaceEvery, Timeout.InfiniteTimeSpan);
            else _placing.Change(PlaceEvery, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task PlaceAsync()
    {
        try
        {
            ThemeRun? found;
            lock (_gate) (_placeWaits, found) = (false, _found);
            var now = await board.StateAsync();
            if (found is null || !PlaceNews(found, now)) return;
            Tell();
        }
        // The board is on its way out; who asks for the next one proposes anew.
        catch (GrainGoneException)
        {
        }
    }

    /// <returns>Whether anything is another than before.</returns>
    private bool PlaceNews(ThemeRun found, Board now)
    {
        List<IdeaText> news;
        lock (_gate)
        {
            // Votes and comments change none of it.
            if (ReferenceEquals(_looked, now.Ideas) && ReferenceEquals(_apart, now.KeptApart)) return false;
            _looked = now.Ideas;
        }

        lock (_gate) news = [.. now.ThemableIdeas.Where(idea => !_places.TryGetValue(idea.Id, out var place) || place.Text != idea.Text)];
        var placed = news.Select(idea => (Idea: idea, Where: found.Place(idea.Text))).ToList();
        lock (_gate)
        {
            if (!ReferenceEquals(found, _found) || (placed.Count == 0 && ReferenceEquals(_apart, now.KeptApart))) return false;
            _version++;
            _apart = now.KeptApart;
            foreach (var (idea, where) in placed) _places[idea.Id] = new Place(where.Spot, where.Theme, idea.Text, _version);
            return true;
        }
    }

    /// <summary>Of what was forgotten nothing is kept, and its words may have named a theme: what there was goes, and is found anew without it.</summary>
    private void Forget()
    {
        bool again;
        lock (_gate)
        {
            again = _found is not null || _running is not null;
            _running?.Cancel();
            _found?.Dispose();
            (_running, _found, _previous, _themes, _same, _apart) = (null, null, Themes.Empty, [], [], []);
            _places.Clear();
            ForgetElsewhere();
            if (!again) return;
            _state = ThemingState.None;
            _run++;
            _version++;
        }

        Tell();
        _ = Task.Run(async () => await ProposeAsync());
    }

    private static ulong Seed(BoardId board)
    {
        var seed = 14695981039346656037UL;
        foreach (var letter in board.Value) seed = (seed ^ letter) * 1099511628211;
        return seed;
    }

    private sealed class Progress(BoardThemes themes) : IProgress<double>
    {
        public void Report(double value) => themes.Progressed(value);
    }
}
