using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace LiveCoCreate.Grains.Clustering;

/// <summary>Themes of ideas, found from their words alone: tokens, TF-IDF of stems and pieces, a projection, each text's nearest neighbours, communities
/// of that graph. Same ideas in the same order, rules, previous themes and seed: same result, on any machine of the same vector width. A run is
/// kept while its board lives, because it places new ideas between two runs (<see cref="Place"/>, which may be called from many threads).</summary>
/// <remarks>What is large in it is rented, since large arrays are what makes a process stop to collect: whoever keeps it gives it back when the next one has come.</remarks>
public sealed class ThemeRun : IDisposable
{
    // What has no words lies below all others.
    private static readonly Spot NoWords = new(0, 3);

    private readonly Tuning _tuning;
    private readonly Vectors _vectors;
    private readonly SparseRows _turned;
    private readonly Projection _projection;
    private readonly ThemeId?[] _themeOfText;
    private readonly ImmutableArray<IdeaId>[] _ideasOfText;
    private readonly Spot[] _spotOfText;
    private readonly Dictionary<string, int> _numbers;
    private readonly Dictionary<string, Read> _read;
    private int _lookers = 1;
    private bool _isGivenBack;

    /// <summary>What was found.</summary>
    public Themes Themes { get; }

    /// <param name="ideas">Each id once; of a second one with the same id nothing is taken.</param>
    /// <param name="rules">What people decided.</param>
    /// <param name="previous">The themes that people know: ids stay, and ideas move only for a reason.</param>
    /// <param name="seed">All chance comes from here.</param>
    /// <param name="earlier">A run that has read most of these ideas: they are not read again. The result is the same.</param>
    /// <param name="progress">From 0 to 1.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ThemeRun Of(IReadOnlyList<IdeaText> ideas, ThemeRules rules, Themes previous, ulong seed, Tuning? tuning = null, ThemeRun? earlier = null, IProgress<double>? progress = null, CancellationToken cancelled = default) =>
        new(ideas, rules, previous, seed, tuning ?? Tuning.Default, earlier, progress, cancelled);

    private ThemeRun(IReadOnlyList<IdeaText> given, ThemeRules rules, Themes previous, ulong seed, Tuning tuning, ThemeRun? earlier, IProgress<double>? progress, CancellationToken cancelled)
    {
        _tuning = tuning;
        (_numbers, _read) = (new(given.Count), new(given.Count));
        var ids = new HashSet<IdeaId>(given.Count);
        var ideas = given.Where(idea => ids.Add(idea.Id)).ToList();
        var (originals, texts, textOf) = (new List<string>(), new List<List<Token>>(), new int[ideas.Count]);
        for (var idea = 0; idea < ideas.Count; idea++)
        {
            if (idea % 256 == 0) cancelled.ThrowIfCancellationRequested();
            Background.Breathe();
            textOf[idea] = Text(ideas[idea].Text);
        }

        var obedience = Obedience.To(rules, ideas, textOf);
        var titles = obedience.Kept.Select(theme => theme.Title is { } title ? Text(title) : -1).ToArray();
        progress?.Report(0.05);

        (_vectors, var rows) = Vectors.Of(texts, tuning, cancelled);
        _turned = rows.Turned();
        progress?.Report(0.15);
        _projection = Projection.Of(rows, tuning.Dimensions, seed, cancelled);
        progress?.Report(0.3);
        using var near = Neighbours.Among(rows, _turned, _projection, tuning.Neighbours, tuning, cancelled);
        rows.Dispose();
        progress?.Report(0.6);

        var nodesOf = new List<int>[texts.Count];
        for (var text = 0; text < texts.Count; text++) nodesOf[text] = [];
        for (var idea = 0; idea < ideas.Count; idea++)
            if (textOf[idea] >= 0 && obedience.NodeOf[idea] is >= 0 and var node && !nodesOf[textOf[idea]].Contains(node)) nodesOf[textOf[idea]].Add(node);
        for (var theme = 0; theme < titles.Length; theme++)
            if (titles[theme] >= 0 && !nodesOf[titles[theme]].Contains(obedience.NodeOfTheme[theme])) nodesOf[titles[theme]].Add(obedience.NodeOfTheme[theme]);
        using var edges = new Edges();
        using var graph = GraphOf(near, nodesOf, obedience.Nodes, edges);
        var communities = Communities(graph, edges, obedience, Known(ideas, obedience, previous), seed, progress, cancelled);

        var (themes, placed) = Gather(ideas, textOf, near, obedience, communities, previous, seed);
        progress?.Report(0.85);

        // A text's theme is that of most of its ideas: people may have taken copies apart.
        var (themeOfText, copies) = (new int[texts.Count], new int[texts.Count]);
        _ideasOfText = new ImmutableArray<IdeaId>[texts.Count];
        var byText = Enumerable.Range(0, ideas.Count).Where(idea => textOf[idea] >= 0).OrderBy(idea => textOf[idea]).ToArray();
        for (var (text, from) = (0, 0); text < texts.Count; from += copies[text++])
        {
            while (from + copies[text] < byText.Length && textOf[byText[from + copies[text]]] == text) copies[text]++;
            var same = byText.AsSpan(from, copies[text]);
            var inside = new IdeaId[same.Length];
            for (var at = 0; at < inside.Length; at++) inside[at] = ideas[same[at]].Id;
            _ideasOfText[text] = ImmutableCollectionsMarshal.AsImmutableArray(inside);
            themeOfText[text] = copies[text] switch
            {
                0 => Array.IndexOf(titles, text),
                1 => placed[same[0]],
                _ => same.ToArray().GroupBy(idea => placed[idea]).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key,
            };
        }

        var labels = Labels.Of(originals, texts, themeOfText, copies, themes.Count, _vectors);
        progress?.Report(0.9);
        _spotOfText = Layout.Of(near, _projection, themeOfText, Before(byText, textOf, ideas, previous, texts.Count), seed, cancelled);
        _themeOfText = Array.ConvertAll(themeOfText, theme => theme < 0 ? (ThemeId?)null : themes[theme].Id);

        var examples = Examples(ideas, textOf, near, themeOfText, placed, themes.Count);
        var all = themes.Select((theme, at) => new IdeaTheme(theme.Id, theme.Kept, labels[at], examples[at] is { } example ? ideas[example].Id : null,
            [.. Enumerable.Range(0, ideas.Count).Where(idea => placed[idea] == at).Select(idea => ideas[idea].Id)])).ToList();
        Themes = new()
        {
            All = [.. all.OrderByDescending(theme => theme.Kept).ThenByDescending(theme => theme.Ideas.Length)],
            Of = Enumerable.Range(0, ideas.Count).Where(idea => placed[idea] >= 0).ToImmutableDictionary(idea => ideas[idea].Id, idea => themes[placed[idea]].Id),
            Spots = Enumerable.Range(0, ideas.Count).ToImmutableDictionary(idea => ideas[idea].Id, idea => textOf[idea] < 0 ? NoWords : _spotOfText[textOf[idea]]),
            Duplicates = Clustering.Duplicates.Among(near, _ideasOfText, tuning.Duplicate),
            Unmet = [.. obedience.Unmet],
        };
        progress?.Report(1);

        int Text(string text)
        {
            if (!_read.TryGetValue(text, out var read)) _read.Add(text, read = earlier?._read.GetValueOrDefault(text) ?? new Read(Tokens.Of(text)));
            if (read.Tokens.Count == 0) return -1;
            if (!_numbers.TryGetValue(read.Key, out var number))
            {
                _numbers.Add(read.Key, number = texts.Count);
                texts.Add(read.Tokens);
                originals.Add(text);
            }

            return number;
        }
    }

    /// <summary>Nothing is placed by it any more. Who is placing something just now ends in peace.</summary>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isGivenBack, true)) LookAway();
    }

    /// <summary>Where a new idea belongs: the theme that most of its nearest neighbours have, or none; none too where this run has been given back.</summary>
    public Placement Place(string text)
    {
        if (!Look()) return new(null, 0, [], NoWords);
        try
        {
            return Placed(text);
        }
        finally
        {
            LookAway();
        }
    }

    private Placement Placed(string text)
    {
        var tokens = Tokens.Of(text);
        if (tokens.Count == 0 || _ideasOfText.Length == 0) return new(null, 0, [], NoWords);
        var (features, weights) = _vectors.Of(tokens);
        var scores = new float[_ideasOfText.Length];
        // A text of which the board knows a syllable only has a place too, but it means as little as that syllable.
        var (place, known) = (_projection.Place(features, weights), MathF.Sqrt(Floats.Dot(weights, weights)));
        foreach (ref var number in place.AsSpan()) number *= known;
        Neighbours.Like(features, weights, place, _turned, _projection, _tuning, scores);
        if (_numbers.TryGetValue(Key(tokens), out var same)) scores[same] = 1;
        var (queue, least) = (new PriorityQueue<int, float>(_tuning.Neighbours + 1), _tuning.Least);
        for (var other = 0; other < scores.Length; other++)
        {
            if (scores[other] < least) continue;
            queue.Enqueue(other, scores[other]);
            if (queue.Count > _tuning.Neighbours) queue.Dequeue();
            if (queue.Count == _tuning.Neighbours) least = Math.Max(least, scores[queue.Peek()]);
        }

        var nearest = queue.UnorderedItems.Select(item => item.Element).Order().ToList();
        if (nearest.Count == 0) return new(null, 0, [], NoWords);

        // Squared, so that few that are very like it outweigh many that are a little.
        var all = nearest.Sum(other => scores[other] * scores[other]);
        var best = nearest.Where(other => _themeOfText[other] is not null).GroupBy(other => _themeOfText[other]!.Value)
            .Select(group => (Theme: group.Key, Share: group.Sum(other => scores[other] * scores[other]) / all)).OrderByDescending(theme => theme.Share).FirstOrDefault();
        var spot = new Spot(nearest.Sum(other => scores[other] * scores[other] * _spotOfText[other].X) / all, nearest.Sum(other => scores[other] * scores[other] * _spotOfText[other].Y) / all);
        return new(best.Share >= _tuning.Share ? best.Theme : null, best.Share, [.. nearest.Where(other => scores[other] >= _tuning.Duplicate).OrderByDescending(other => scores[other]).SelectMany(other => _ideasOfText[other])], spot);
    }

    private bool Look()
    {
        for (var seen = Volatile.Read(ref _lookers); seen > 0;)
        {
            var was = Interlocked.CompareExchange(ref _lookers, seen + 1, seen);
            if (was == seen) return true;
            seen = was;
        }

        return false;
    }

    private void LookAway()
    {
        if (Interlocked.Decrement(ref _lookers) != 0) return;
        _turned.Dispose();
        _projection.Dispose();
    }

    private static string Key(List<Token> tokens) => string.Join(' ', tokens.Select(token => token.Word));

    /// <summary>An idea's words, and what is the same for ideas of the same words.</summary>
    private sealed class Read(List<Token> tokens)
    {
        public List<Token> Tokens => tokens;

        public string Key { get; } = ThemeRun.Key(tokens);
    }

    private static Graph GraphOf(Neighbours near, List<int>[] nodesOf, int count, Edges edges)
    {
        var loops = new double[count];
        for (var text = 0; text < near.Count; text++)
        {
            Background.Breathe();
            var others = near.Of(text);
            var likeness = near.Likeness(text);
            for (var at = 0; at < others.Length; at++)
                foreach (var one in nodesOf[text])
                    foreach (var other in nodesOf[others[at]])
                        if (one == other) loops[one] += likeness[at];
                        else edges.Add(one, other, likeness[at]);
            for (var one = 0; one < nodesOf[text].Count; one++)
                for (var other = 0; other < one; other++) edges.Add(nodesOf[text][one], nodesOf[text][other], 1);
        }

        return Graph.Of(count, edges, loops);
    }

    // The theme in which each node's ideas were; null when there were no themes.
    private static int[]? Known(List<IdeaText> ideas, Obedience obedience, Themes previous)
    {
        if (previous.Of.IsEmpty) return null;
        var (numbers, votes) = (new Dictionary<ThemeId, int>(), new List<(int Node, int Theme)>(ideas.Count));
        for (var theme = 0; theme < obedience.Kept.Count; theme++) numbers[obedience.Kept[theme].Id] = obedience.NodeOfTheme[theme];
        foreach (var theme in previous.All) numbers.TryAdd(theme.Id, obedience.Nodes + numbers.Count);
        for (var idea = 0; idea < ideas.Count; idea++)
            if (obedience.NodeOf[idea] is >= 0 and var node && previous.Of.TryGetValue(ideas[idea].Id, out var theme) && numbers.TryGetValue(theme, out var number))
                votes.Add((node, number));
        votes.Sort();
        var start = new int[obedience.Nodes];
        for (var node = 0; node < start.Length; node++) start[node] = Settling.Unknown - node;
        // The theme of most of its ideas; of two the first.
        for (var (from, most) = (0, 0); from < votes.Count;)
        {
            var many = 1;
            while (from + many < votes.Count && votes[from + many] == votes[from]) many++;
            if (from == 0 || votes[from - 1].Node != votes[from].Node) most = 0;
            if (many > most) (start[votes[from].Node], most) = (votes[from].Theme, many);
            from += many;
        }

        foreach (var node in obedience.NodeOfTheme) start[node] = node;

        // People may have taken apart what was together.
        for (var node = 0; node < start.Length; node++)
            if (obedience.Apart[node] is { } others && others.Any(other => start[other] == start[node]) && !obedience.NodeOfTheme.Contains(node)) start[node] = Settling.Unknown - node;
        return start;
    }

    // Several runs vote; what most of them keep together weighs more in the last one. Themes that people know change towards it, or towards what improves them, in small steps.
    private int[] Communities(Graph graph, Edges edges, Obedience obedience, int[]? known, ulong seed, IProgress<double>? progress, CancellationToken cancelled)
    {
        var leiden = new Leiden(_tuning.Resolution, edges);
        var runs = new int[Math.Max(1, _tuning.Runs)][];
        for (var run = 0; run < runs.Length; run++)
        {
            leiden.Shake(seed * 1000 + (ulong)run);
            runs[run] = leiden.Communities(graph, null, obedience.Apart, cancelled);
            progress?.Report(0.6 + 0.2 * (run + 1) / runs.Length);
        }

        edges.Clear();
        for (var node = 0; node < graph.Count; node++)
        {
            Background.Breathe();
            var ends = graph.Ends(node);
            var weights = graph.Weights(node);
            for (var edge = 0; edge < ends.Length && ends[edge] < node; edge++)
            {
                var agreed = 0;
                foreach (var run in runs)
                    if (run[node] == run[ends[edge]]) agreed++;
                if (agreed > 0) edges.Add(node, ends[edge], weights[edge] * agreed * agreed / runs.Length / runs.Length);
            }
        }

        using var agreedOn = Graph.Of(graph.Count, edges, graph.Loops);
        leiden.Shake(seed);
        var fresh = leiden.Communities(agreedOn, null, obedience.Apart, cancelled);
        if (known is null) return fresh;
        var loyal = leiden.Communities(graph, known, obedience.Apart, cancelled);
        var better = leiden.Quality(graph, fresh) > leiden.Quality(graph, loyal) * (1 + _tuning.Better) ? fresh : loyal;
        return Leiden.Renumbered(Settling.Towards(better, known, graph, obedience, _tuning.Moving), out _);
    }

    private (List<(ThemeId Id, bool Kept)> Themes, int[] Placed) Gather(List<IdeaText> ideas, int[] textOf, Neighbours near, Obedience obedience, int[] communities, Themes previous, ulong seed)
    {
        var copies = new int[near.Count];
        foreach (var text in textOf)
            if (text >= 0) copies[text]++;
        var members = new List<int>[obedience.Nodes];
        var (kept, linked) = (new Dictionary<int, int>(), new bool[obedience.Nodes]);
        for (var theme = 0; theme < obedience.Kept.Count; theme++) kept[communities[obedience.NodeOfTheme[theme]]] = theme;
        for (var node = 0; node < obedience.Nodes; node++) linked[communities[node]] |= obedience.Linked[node];
        for (var idea = 0; idea < ideas.Count; idea++)
        {
            if (obedience.NodeOf[idea] is not (>= 0 and var node)) continue;
            // Like nothing else, and nobody said it belongs: better alone than forced. An idea that several people wrote in the same words is not alone.
            // Who was in a theme is not dropped for a hair's breadth.
            var least = previous.Of.ContainsKey(ideas[idea].Id) ? _tuning.Least / 2 : _tuning.Least;
            var alone = textOf[idea] < 0 || near.Likeness(textOf[idea]) is not [var most, ..] || most < least;
            if (alone && !obedience.Linked[node] && !obedience.NodeOfTheme.Contains(node) && (textOf[idea] < 0 || copies[textOf[idea]] < 2)) continue;
            (members[communities[node]] ??= []).Add(idea);
        }

        var placed = new int[ideas.Count];
        Array.Fill(placed, -1);
        var themes = obedience.Kept.Select(theme => (theme.Id, true)).ToList();
        var smallest = ideas.Count < 10 * _tuning.Smallest ? 2 : _tuning.Smallest;
        var found = new List<List<int>>();
        for (var community = 0; community < members.Length; community++)
            if (members[community] is { } inside)
            {
                if (kept.TryGetValue(community, out var theme)) inside.ForEach(idea => placed[idea] = theme);
                else if (inside.Count >= smallest || linked[community] || (inside.Count > 1 && inside.All(idea => previous.Of.ContainsKey(ideas[idea].Id)))) found.Add(inside);
            }

        found = [.. found.OrderByDescending(inside => inside.Count)];
        var ids = Names(found, ideas, previous, [.. obedience.Kept.Select(theme => theme.Id)], seed);
        for (var at = 0; at < found.Count; at++)
        {
            found[at].ForEach(idea => placed[idea] = themes.Count);
            themes.Add((ids[at], false));
        }

        return (themes, placed);
    }

    // A theme is the one of before with which it shares most ideas, if that is a good part of both. New ids derive from the seed and the theme's first idea.
    private static ThemeId[] Names(List<List<int>> found, List<IdeaText> ideas, Themes previous, HashSet<ThemeId> taken, ulong seed)
    {
        const double enough = 0.3;
        var ids = new ThemeId?[found.Count];
        var pairs = found.SelectMany((inside, at) => inside.Where(idea => previous.Of.ContainsKey(ideas[idea].Id)).GroupBy(idea => previous.Of[ideas[idea].Id])
            .Select(shared => (At: at, Theme: shared.Key, Shared: shared.Count()))).OrderByDescending(pair => pair.Shared).ThenBy(pair => pair.At).ThenBy(pair => pair.Theme.Value, StringComparer.Ordinal).ToList();
        var sizes = previous.All.ToDictionary(theme => theme.Id, theme => theme.Ideas.Length);
        foreach (var (at, theme, shared) in pairs)
            if (ids[at] is null && shared >= enough * Math.Min(found[at].Count, sizes.GetValueOrDefault(theme)) && taken.Add(theme)) ids[at] = theme;

        // An id that once was a theme's is no other's: whoever kept it would mean another theme by it.
        taken.UnionWith(previous.All.Select(theme => theme.Id));
        Span<byte> bytes = stackalloc byte[16];
        for (var at = 0; at < found.Count; at++)
        {
            if (ids[at] is not null) continue;
            var state = seed;
            foreach (var letter in ideas[found[at][0]].Id.Value) state = (state ^ letter) * 1099511628211;
            var dice = new Dice(state);
            ThemeId id;
            do
            {
                BitConverter.TryWriteBytes(bytes, dice.Next());
                BitConverter.TryWriteBytes(bytes[8..], dice.Next());
                id = new(Ids.From(bytes));
            }
            while (!taken.Add(id));
            ids[at] = id;
        }

        return Array.ConvertAll(ids, id => id!.Value);
    }

    private static int?[] Examples(List<IdeaText> ideas, int[] textOf, Neighbours near, int[] themeOfText, int[] placed, int count)
    {
        var (best, most) = (new int?[count], new float[count]);
        for (var idea = 0; idea < ideas.Count; idea++)
        {
            if (placed[idea] < 0) continue;
            var inside = 0f;
            if (textOf[idea] >= 0)
            {
                var others = near.Of(textOf[idea]);
                for (var at = 0; at < others.Length; at++)
                    if (themeOfText[others[at]] == placed[idea]) inside += near.Likeness(textOf[idea])[at];
            }

            if (best[placed[idea]] is null || inside > most[placed[idea]]) (best[placed[idea]], most[placed[idea]]) = (idea, inside);
        }

        return best;
    }

    private static Spot?[] Before(int[] byText, int[] textOf, List<IdeaText> ideas, Themes previous, int count)
    {
        var spots = new Spot?[count];
        foreach (var idea in byText)
            if (spots[textOf[idea]] is null && previous.Spots.TryGetValue(ideas[idea].Id, out var spot)) spots[textOf[idea]] = spot;
        return spots;
    }
}
