using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;

namespace LiveCoCreate.Grains.Turns;

/// <summary>Each person's last accepted commands and the version that holds their effect, so that a retry gets
/// the first answer (P2). Rebuilt by replay; bounded by <see cref="Limits.RememberedCommands"/> a person.
/// <para>Of a command's id 64 bits are remembered (XXH3), not its text: 16 bytes an answer instead of a hundred, in a room where everybody goes on voting the
/// greater part of all that grows. Another id of the same person looks like one of theirs in one of 7e16 cases; nobody else's is ever looked at.</para></summary>
public sealed class Answered
{
    private readonly Dictionary<string, Ring> _people = [];

    public long? Find(string under, CommandId command) =>
        _people.TryGetValue(under, out var ring) ? ring.Find(Hash(command)) : null;

    public void Remember(string under, CommandId command, long version)
    {
        if (!_people.TryGetValue(under, out var ring)) _people[under] = ring = new Ring();
        ring.Put(Hash(command), version);
    }

    /// <summary>What is remembered now: for each person their answers, the oldest first, 16 bytes each: the hash of the command's id and the version, both little-endian.
    /// The bytes are made when they are asked for, on any thread and whatever was remembered since: a turn does not wait for them.</summary>
    public Func<Dictionary<string, byte[]>> Keep()
    {
        var kept = _people.Select(pair => (pair.Key, Ring: pair.Value.Keep())).ToArray();
        return () => kept.ToDictionary(person => person.Key, person => person.Ring.Save());
    }

    public static Answered Load(Dictionary<string, byte[]> saved)
    {
        var answered = new Answered();
        foreach (var (under, answers) in saved) answered._people[under] = Ring.Load(answers);
        return answered;
    }

    /// <summary>The same in every process: it is kept in snapshots.</summary>
    private static ulong Hash(CommandId command) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(command.Value.AsSpan()));

    private sealed class Ring
    {
        private const int Saved = sizeof(ulong) + sizeof(long);

        private ulong[] _commands = new ulong[4];
        private long[] _versions = new long[4];
        private int _count;
        private int _next;
        private bool _isKept;

        /// <summary>As it is now. It has the same arrays, until the next answer is remembered here.</summary>
        public Ring Keep()
        {
            _isKept = true;
            return (Ring)MemberwiseClone();
        }

        public byte[] Save()
        {
            var saved = new byte[_count * Saved];
            for (var i = 0; i < _count; i++)
            {
                var place = (_next - _count + i + _commands.Length) % _commands.Length;
                BinaryPrimitives.WriteUInt64LittleEndian(saved.AsSpan(i * Saved), _commands[place]);
                BinaryPrimitives.WriteInt64LittleEndian(saved.AsSpan(i * Saved + sizeof(ulong)), _versions[place]);
            }

            return saved;
        }

        public static Ring Load(ReadOnlySpan<byte> saved)
        {
            var count = Math.Min(saved.Length / Saved, Limits.RememberedCommands);
            saved = saved[^(count * Saved)..];
            var ring = new Ring();
            if (count > ring._commands.Length) ring.Move(Math.Min((int)BitOperations.RoundUpToPowerOf2((uint)count), Limits.RememberedCommands));
            for (var i = 0; i < count; i++)
            {
                ring._commands[i] = BinaryPrimitives.ReadUInt64LittleEndian(saved[(i * Saved)..]);
                ring._versions[i] = BinaryPrimitives.ReadInt64LittleEndian(saved[(i * Saved + sizeof(ulong))..]);
            }

            (ring._count, ring._next) = (count, count % ring._commands.Length);
            return ring;
        }

        public long? Find(ulong command) => _commands.AsSpan(0, _count).IndexOf(command) is var at and >= 0 ? _versions[at] : null;

        public void Put(ulong command, long version)
        {
            // The several events of one command follow one another: the last one's version is the answer.
            var last = (_next - 1 + _commands.Length) % _commands.Length;
            var again = _count > 0 && _commands[last] == command;
            if (!again && _count == _commands.Length && _count < Limits.RememberedCommands)
            {
                // Full for the first time: the oldest is still the first.
                _next = _count;
                Move(Math.Min(_count * 2, Limits.RememberedCommands));
            }
            else if (_isKept)
            {
                Move(_commands.Length);
            }

            var place = again ? last : _next;
            (_commands[place], _versions[place]) = (command, version);
            if (again) return;
            _next = (_next + 1) % _commands.Length;
            _count = Math.Min(_count + 1, _commands.Length);
        }

        private void Move(int length)
        {
            var (commands, versions) = (new ulong[length], new long[length]);
            _commands.CopyTo(commands, 0);
            _versions.CopyTo(versions, 0);
            (_commands, _versions, _isKept) = (commands, versions, false);
        }
    }
}
