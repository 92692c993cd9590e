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

    /// <summary>What is remembered now, for each person one text: command and version, command and version, the oldest first. Ids hold no blanks
    /// (PROTOCOL.md I1). The texts are made when they are asked for, on any thread and whatever was remembered since: a turn does not wait for them.</summary>
    public Func<Dictionary<string, string>> Keep()
    {
        var kept = _people.Select(pair => (pair.Key, Ring: pair.Value.Keep())).ToArray();
        return () => kept.ToDictionary(person => person.Key, person => person.Ring.Save());
    }

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

        // Looked through for each command, side by side: each command's text would be a step to another place.
        private int[] _hashes = new int[4];
        private int _count;
        private int _next;
        private bool _isKept;

        /// <summary>As it is now. It has the same arrays, until the next answer is remembered here.</summary>
        public Ring Keep()
        {
            _isKept = true;
            return (Ring)MemberwiseClone();
        }

        public string Save() => _unread ?? string.Join(' ', Oldest().Select(answer => $"{answer.Command} {answer.Version.ToString(CultureInfo.InvariantCulture)}"));

        public long? Find(string command)
        {
            Read();
            var (hash, from) = (Hash(command), 0);
            while (_hashes.AsSpan(from, _count - from).IndexOf(hash) is var at and >= 0)
            {
                var answer = _answers[from + at];
                if (answer.Command == command) return answer.Version;
                from += at + 1;
            }

            return null;
        }

        public void Put(string command, long version)
        {
            Read();
            // The several events of one command follow one another: the last one's version is the answer.
            var last = (_next - 1 + _answers.Length) % _answers.Length;
            var again = _count > 0 && _answers[last].Command == command;
            if (!again && _count == _answers.Length && _count < Limits.RememberedCommands)
            {
                // Full for the first time: the oldest is still the first.
                _next = _count;
                Move(Math.Min(_count * 2, Limits.RememberedCommands));
            }
            else if (_isKept)
            {
                Move(_answers.Length);
            }

            var place = again ? last : _next;
            (_answers[place], _hashes[place]) = (new Answer(command, version), Hash(command));
            if (again) return;
            _next = (_next + 1) % _answers.Length;
            _count = Math.Min(_count + 1, _answers.Length);
        }

        private static int Hash(string command) => string.GetHashCode(command, StringComparison.Ordinal);

        private void Move(int length)
        {
            var (answers, hashes) = (new Answer[length], new int[length]);
            _answers.CopyTo(answers, 0);
            _hashes.CopyTo(hashes, 0);
            (_answers, _hashes, _isKept) = (answers, hashes, false);
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
