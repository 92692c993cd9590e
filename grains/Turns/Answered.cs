using System.Globalization;

namespace LiveCoCreate.Grains.Turns;

/// <summary>The ids of each person's last accepted commands and the version that holds their effect, so that a retry gets
/// the first answer (P2). Rebuilt by replay; bounded by <see cref="Limits.RememberedCommands"/> a person.</summary>
public sealed class Answered
{
    private readonly Dictionary<string, Ring> _people = [];

    public long? Find(string under, CommandId command) =>
        _people.TryGetValue(under, out var ring) ? ring.Find(command.Value) : null;

    public void Remember(string under, CommandId command, long version)
    {
        if (!_people.TryGetValue(under, out var ring)) _people[under] = ring = new Ring();
        ring.Put(command.Value, version);
    }

    /// <summary>For each person one text: command and version, command and version, the oldest first. Ids hold no blanks (PROTOCOL.md I1).</summary>
    public Dictionary<string, string> Save() => _people.ToDictionary(pair => pair.Key, pair => pair.Value.Save());

    /// <summary>A long board's snapshot holds a hundred thousand answers, and only those of people who come again are ever looked
    /// at: each person's text is read when they send something.</summary>
    public static Answered Load(Dictionary<string, string> saved)
    {
        var answered = new Answered();
        foreach (var (under, answers) in saved) answered._people[under] = new Ring(answers);
        return answered;
    }

    private readonly record struct Answer(string Command, long Version);

    private sealed class Ring(string? unread = null)
    {
        private string? _unread = unread;
        private Answer[] _answers = new Answer[4];
        private int _count;
        private int _next;

        public string Save() => _unread ?? string.Join(' ', Oldest().Select(answer => $"{answer.Command} {answer.Version.ToString(CultureInfo.InvariantCulture)}"));

        public long? Find(string command)
        {
            Read();
            for (var i = 0; i < _count; i++)
                if (_answers[i].Command == command) return _answers[i].Version;
            return null;
        }

        public void Put(string command, long version)
        {
            Read();
            // The several events of one command follow one another: the last one's version is the answer.
            var last = (_next - 1 + _answers.Length) % _answers.Length;
            if (_count > 0 && _answers[last].Command == command)
            {
                _answers[last] = new Answer(command, version);
                return;
            }

            if (_count == _answers.Length && _answers.Length < Limits.RememberedCommands)
            {
                var oldest = Oldest().ToArray();
                _answers = new Answer[Math.Min(_answers.Length * 2, Limits.RememberedCommands)];
                oldest.CopyTo(_answers, 0);
                _next = _count;
            }

            _answers[_next] = new Answer(command, version);
            _next = (_next + 1) % _answers.Length;
            _count = Math.Min(_count + 1, _answers.Length);
        }

        private void Read()
        {
            if (_unread is not { } unread) return;
            _unread = null;
            var words = unread.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i + 1 < words.Length; i += 2) Put(words[i], long.Parse(words[i + 1], CultureInfo.InvariantCulture));
        }

        private IEnumerable<Answer> Oldest() =>
            Enumerable.Range(0, _count).Select(i => _answers[(_next - _count + i + _answers.Length) % _answers.Length]);
    }
}
