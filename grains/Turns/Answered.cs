using System.Text.Json.Serialization;

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

    public Dictionary<string, List<Answer>> Save() => _people.ToDictionary(pair => pair.Key, pair => pair.Value.Oldest().ToList());

    public static Answered Load(Dictionary<string, List<Answer>> saved)
    {
        var answered = new Answered();
        foreach (var (under, answers) in saved)
            foreach (var answer in answers) answered.Remember(under, new CommandId(answer.Command), answer.Version);
        return answered;
    }

    public sealed record Answer([property: JsonPropertyName("c")] string Command, [property: JsonPropertyName("v")] long Version);

    private sealed class Ring
    {
        private Answer[] _answers = new Answer[4];
        private int _count;
        private int _next;

        public long? Find(string command)
        {
            for (var i = 0; i < _count; i++)
                if (_answers[i].Command == command) return _answers[i].Version;
            return null;
        }

        public void Put(string command, long version)
        {
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

        public IEnumerable<Answer> Oldest() =>
            Enumerable.Range(0, _count).Select(i => _answers[(_next - _count + i + _answers.Length) % _answers.Length]);
    }
}
