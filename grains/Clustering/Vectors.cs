using System.Buffers;
using System.Runtime.InteropServices;

namespace LiveCoCreate.Grains.Clustering;

/// <summary>Sparse rows, one behind the other: the features of each text and their weights.</summary>
/// <remarks>All its room is rented: who made it gives it back.</remarks>
internal sealed class SparseRows(int count, int[] starts, int[] features, float[] weights, int width) : IDisposable
{
    public int Count => count;
    public int Width => width;

    public ReadOnlySpan<int> Features(int row) => features.AsSpan(starts[row]..starts[row + 1]);

    public ReadOnlySpan<float> Weights(int row) => weights.AsSpan(starts[row]..starts[row + 1]);

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(starts);
        ArrayPool<int>.Shared.Return(features);
        ArrayPool<float>.Shared.Return(weights);
    }

    /// <summary>The same, by feature: which rows have it.</summary>
    public SparseRows Turned()
    {
        var (all, turned, next) = (starts[count], ArrayPool<int>.Shared.Rent(width + 1), ArrayPool<int>.Shared.Rent(width + 1));
        Array.Clear(turned, 0, width + 1);
        foreach (var feature in features.AsSpan(0, all)) turned[feature + 1]++;
        for (var at = 0; at < width; at++) turned[at + 1] += turned[at];
        Array.Copy(turned, next, width);
        var (rows, values) = (ArrayPool<int>.Shared.Rent(all), ArrayPool<float>.Shared.Rent(all));
        for (var row = 0; row < count; row++)
        {
            if (row % 32 == 0) Background.Breathe();
            for (var at = starts[row]; at < starts[row + 1]; at++)
            {
                var to = next[features[at]]++;
                (rows[to], values[to]) = (row, weights[at]);
            }
        }

        ArrayPool<int>.Shared.Return(next);
        return new(width, turned, rows, values, count);
    }
}

/// <summary>How texts become vectors: stems and pieces of three to five letters of their words, weighted by TF-IDF. Stems tell topics, pieces hold
/// together what stems miss: other endings, other spellings, compounds. What the board's texts taught is kept, so that a new text can be weighed the same way.</summary>
internal sealed class Vectors
{
    private const int ShortestPiece = 3;
    private const int LongestPiece = 5;

    private readonly Dictionary<ulong, int> _features = [];
    private readonly Dictionary<string, int> _candidates = [];
    private readonly Dictionary<string, string> _stems = [];
    private readonly List<int> _documents = [];
    private readonly List<bool> _isWord = [];
    private readonly Tuning _tuning;
    private float[] _idf = [];
    private int[] _columns = [];
    private int _texts;

    private Vectors(Tuning tuning) => _tuning = tuning;

    public static (Vectors Vectors, SparseRows Rows) Of(IReadOnlyList<List<Token>> texts, Tuning tuning, CancellationToken cancelled)
    {
        var vectors = new Vectors(tuning) { _texts = texts.Count };
        vectors.LearnStems(texts);
        var (counted, ends, count) = (ArrayPool<(int Feature, int Times)>.Shared.Rent(texts.Sum(MostFeatures)), new int[texts.Count + 1], 0);
        var bag = new Dictionary<ulong, (int Times, bool Word)>();
        for (var text = 0; text < texts.Count; text++)
        {
            cancelled.ThrowIfCancellationRequested();
            Background.Breathe();
            vectors.Count(texts[text], bag);
            foreach (var (hash, (times, word)) in bag)
            {
                ref var feature = ref CollectionsMarshal.GetValueRefOrAddDefault(vectors._features, hash, out var known);
                if (!known)
                {
                    feature = vectors._documents.Count;
                    vectors._documents.Add(0);
                    vectors._isWord.Add(word);
                }

                vectors._documents[feature]++;
                counted[count++] = (feature, times);
            }

            ends[text + 1] = count;
        }

        vectors.Weigh();
        var rows = vectors.Fill(counted, ends);
        ArrayPool<(int Feature, int Times)>.Shared.Return(counted);
        return (vectors, rows);
    }

    /// <summary>A text that is not among those that taught: what it has in common with them.</summary>
    public (int[] Features, float[] Weights) Of(List<Token> text)
    {
        var bag = new Dictionary<ulong, (int Times, bool Word)>();
        Count(text, bag);
        var counted = new List<(int Feature, int Times)>();
        var (unknownWords, unknownPieces) = (0, 0);
        foreach (var (hash, (times, word)) in bag)
            if (_features.TryGetValue(hash, out var feature)) counted.Add((feature, times));
            else if (word) unknownWords++;
            else unknownPieces++;
        var (features, weights) = (new int[counted.Count], new float[counted.Count]);
        var length = Row(counted, features, weights, unknownWords, unknownPieces);
        return (features[..length], weights[..length]);
    }

    public string Stem(Token token)
    {
        if (token.Script is not (Script.Hebrew or Script.Arabic)) return Stems.ByRule(token);
        if (_stems.TryGetValue(token.Word, out var stem)) return stem;
        var best = token.Word;
        var most = 0;
        foreach (var candidate in Stems.Candidates(token))
            if (_candidates.GetValueOrDefault(candidate) is var count && (count > most || (count == most && candidate.Length > best.Length))) (best, most) = (candidate, count);
        return most > 0 ? best : token.Word;
    }

    // A form counts once for each text: what many people share is a word, and what one person repeats is not.
    private void LearnStems(IReadOnlyList<List<Token>> texts)
    {
        var (forms, seen) = (new Dictionary<string, List<string>>(), new HashSet<string>());
        foreach (var text in texts)
        {
            seen.Clear();
            Background.Breathe();
            foreach (var token in text)
            {
                if (token.Script is not (Script.Hebrew or Script.Arabic) || CommonWords.Has(token)) continue;
                if (!forms.TryGetValue(token.Word, out var candidates)) forms.Add(token.Word, candidates = Stems.Candidates(token));
                foreach (var candidate in candidates)
                    if (seen.Add(candidate)) CollectionsMarshal.GetValueRefOrAddDefault(_candidates, candidate, out _)++;
            }
        }

        foreach (var text in texts)
        {
            Background.Breathe();
            foreach (var token in text)
                if (token.Script is Script.Hebrew or Script.Arabic && !_stems.ContainsKey(token.Word)) _stems[token.Word] = Stem(token);
        }
    }

    private void Count(List<Token> text, Dictionary<ulong, (int Times, bool Word)> bag)
    {
        bag.Clear();
        Span<char> padded = stackalloc char[64];
        foreach (var token in text)
        {
            if (token.Script is not Script.Dense) Add(Hash(Stem(token), 1), true);
            if (token.Script is Script.Symbol or Script.Digits) continue;
            var (edge, shortest) = token.Script is Script.Dense ? (0, 1) : (1, ShortestPiece);
            token.Word.CopyTo(padded[edge..]);
            var length = token.Word.Length + 2 * edge;
            if (edge == 1) (padded[0], padded[length - 1]) = (' ', ' ');
            for (var at = 0; at < length; at++)
                for (var piece = shortest; piece <= LongestPiece && at + piece <= length; piece++) Add(Hash(padded.Slice(at, piece), 2), false);
        }

        void Add(ulong hash, bool word)
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(bag, hash, out _);
            entry = (entry.Times + 1, word);
        }
    }

    // Each word's stem, and pieces of each length as many as it has letters at most.
    private static int MostFeatures(List<Token> text)
    {
        var most = 0;
        foreach (var token in text) most += 1 + (LongestPiece + 1 - (token.Script is Script.Dense ? 1 : ShortestPiece)) * token.Word.Length;
        return most;
    }

    private void Weigh()
    {
        // What one text alone has joins nothing, but it makes that text longer. What most texts have tells nothing.
        var (idf, columns, next) = (new float[_documents.Count], new int[_documents.Count], 0);
        for (var feature = 0; feature < idf.Length; feature++)
        {
            idf[feature] = MathF.Log((1f + _texts) / (1f + _documents[feature])) + 1f;
            columns[feature] = _documents[feature] > 1 && _documents[feature] <= Math.Max(8, _texts * _tuning.TooCommon) ? next++ : -1;
        }

        (_idf, _columns, Width) = (idf, columns, next);
    }

    private int Width { get; set; }

    private SparseRows Fill((int Feature, int Times)[] counted, int[] ends)
    {
        var (starts, features, weights) = (ArrayPool<int>.Shared.Rent(ends.Length), ArrayPool<int>.Shared.Rent(ends[^1]), ArrayPool<float>.Shared.Rent(ends[^1]));
        starts[0] = 0;
        for (var text = 0; text + 1 < ends.Length; text++)
        {
            Background.Breathe();
            starts[text + 1] = starts[text] + Row(counted.AsSpan(ends[text]..ends[text + 1]), features.AsSpan(starts[text]), weights.AsSpan(starts[text]), 0, 0);
        }

        return new(ends.Length - 1, starts, features, weights, Width);
    }

    private int Row(List<(int Feature, int Times)> counted, int[] features, float[] weights, int unknownWords, int unknownPieces) =>
        Row(CollectionsMarshal.AsSpan(counted), features, weights, unknownWords, unknownPieces);

    private int Row(ReadOnlySpan<(int Feature, int Times)> counted, Span<int> features, Span<float> weights, int unknownWords, int unknownPieces)
    {
        var rare = (MathF.Log((1f + _texts) / 2f) + 1f) * _tuning.Lonely;
        var (words, pieces, at) = (unknownWords * rare * rare, unknownPieces * rare * rare, 0);
        foreach (var (feature, times) in counted)
        {
            var weight = (1f + MathF.Log(times)) * _idf[feature] * (_columns[feature] < 0 ? _tuning.Lonely : 1f);
            if (_isWord[feature]) words += weight * weight;
            else pieces += weight * weight;
        }

        var (ofWord, ofPiece) = (words > 0 ? MathF.Sqrt(_tuning.Words / words) : 0, pieces > 0 ? MathF.Sqrt((1f - _tuning.Words) / pieces) : 0);
        foreach (var (feature, times) in counted)
            if (_columns[feature] >= 0) (features[at], weights[at++]) = (_columns[feature], (1f + MathF.Log(times)) * _idf[feature] * (_isWord[feature] ? ofWord : ofPiece));
        return at;
    }

    // FNV-1a with a last mix: 64 bits are enough for a million pieces to have no two alike.
    private static ulong Hash(ReadOnlySpan<char> text, ulong kind)
    {
        var hash = 14695981039346656037 ^ kind;
        foreach (var letter in text) hash = (hash ^ letter) * 1099511628211;
        hash ^= hash >> 32;
        return hash * 0x9E3779B97F4A7C15;
    }
}
