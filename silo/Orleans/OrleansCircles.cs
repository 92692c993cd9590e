using System.Security.Cryptography;
using LiveCoCreate.Grains.Circles;
using Orleans;
using Orleans.Runtime;

namespace LiveCoCreate.Silo.Orleans;

/// <summary>This node's places in the circles of a cluster.</summary>
public sealed class OrleansCircles(IGrainFactory factory, TimeProvider clock) : ICircles
{
    /// <summary>What was lost on the way is here within that.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan ShowEvery = TimeSpan.FromSeconds(1);

    /// <summary>Another name with each start, so that nobody takes what a node showed in an earlier life for its own.</summary>
    private readonly string _node = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public ICircle Open(string topic, ICircleListener listener) => new Place(factory, clock, _node, topic, listener);

    private sealed class Place : ICircle, ICircleWatcher
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<string, long> _known = [];
        private readonly IGrainFactory _factory;
        private readonly TimeProvider _clock;
        private readonly ICircleOrleans _circle;
        private readonly ICircleListener _listener;
        private readonly ICircleWatcher _me;
        private readonly ITimer _timer;
        private byte[] _state = [];
        private long _edition;
        private long _shown;
        private bool _waits;
        private bool _showing;
        private bool _over;

        public Place(IGrainFactory factory, TimeProvider clock, string node, string topic, ICircleListener listener)
        {
            (_factory, _clock, Node, _listener) = (factory, clock, node, listener);
            _circle = factory.GetGrain<ICircleOrleans>(topic);
            _me = factory.CreateObjectReference<ICircleWatcher>(this);
            _timer = clock.CreateTimer(_ => _ = ShowAsync(), null, TimeSpan.Zero, RenewEvery);
        }

        public string Node { get; }

        public void Show(ReadOnlyMemory<byte> state)
        {
            lock (_gate)
            {
                if (_over || state.Span.SequenceEqual(_state)) return;
                (_state, _edition) = (state.ToArray(), _edition + 1);
                if (_waits) return;
                _waits = true;
                var left = ShowEvery - _clock.GetElapsedTime(_shown);
                _timer.Change(_shown == 0 || left < TimeSpan.Zero ? TimeSpan.Zero : left, RenewEvery);
            }
        }

        public void Say(ReadOnlyMemory<byte> word) => _ = TryAsync(() => _circle.SayAsync(Node, word.ToArray()));

        public async ValueTask<string> LeadAsync()
        {
            var leader = Node;
            await TryAsync(async () => leader = await _circle.LeadAsync(_me, Node));
            return leader;
        }

        public async ValueTask DisposeAsync()
        {
            lock (_gate) _over = true;
            await _timer.DisposeAsync();
            await TryAsync(() => _circle.LeaveAsync(Node));
            _factory.DeleteObjectReference<ICircleWatcher>(_me);
        }

        void ICircleWatcher.Shown(string name, long edition, byte[] state)
        {
            lock (_gate)
            {
                // An older one that came later would undo the newer; a node's editions only grow.
                if (_over || (_known.TryGetValue(name, out var has) && has >= edition)) return;
                _known[name] = edition;
            }

            _listener.Shown(name, state);
        }

        void ICircleWatcher.Said(string name, byte[] word) => _listener.Said(name, word);

        void ICircleWatcher.Gone(string name)
        {
            lock (_gate)
                if (!_known.Remove(name)) return;
            _listener.Shown(name, null);
        }

        private async Task ShowAsync()
        {
            byte[] state;
            long edition;
            Dictionary<string, long> known;
            lock (_gate)
            {
                if (_over || _showing) return;
                (_showing, _waits, _shown) = (true, false, _clock.GetTimestamp());
                (state, edition, known) = (_state, _edition, new(_known));
            }

            await TryAsync(async () =>
            {
                var others = await _circle.ShowAsync(_me, Node, edition, state, known);
                foreach (var other in others)
                    if (other.State is { } shown) ((ICircleWatcher)this).Shown(other.Name, other.Edition, shown);
                foreach (var gone in known.Keys.Except(others.Select(other => other.Name))) ((ICircleWatcher)this).Gone(gone);
            });
            lock (_gate)
            {
                _showing = false;
                // Shown meanwhile, when this turn was taken.
                if (_waits && !_over) _timer.Change(ShowEvery, RenewEvery);
            }
        }

        /// <summary>What did not arrive is told again with the next renewal.</summary>
        private static async Task TryAsync(Func<Task> tell)
        {
            try
            {
                await tell();
            }
            catch (Exception passing) when (OrleansGrains.IsPassing(passing) || passing is ObjectDisposedException or InvalidOperationException)
            {
            }
        }
    }
}
