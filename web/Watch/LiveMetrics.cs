using System.Diagnostics.Metrics;
using LiveCoCreate.Grains;
using LiveCoCreate.Web.Live;

namespace LiveCoCreate.Web.Watch;

/// <summary>What this web node counts (README, Metrics). Nothing in it names a person or a workshop.</summary>
public sealed class LiveMetrics : IDisposable
{
    public const string MeterName = "LiveCoCreate.Web";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _commands;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _answered;
    private readonly Histogram<int> _frames;
    private readonly Counter<long> _views;
    private readonly Counter<long> _resyncs;
    private readonly Counter<long> _letGo;

    public LiveMetrics()
    {
        _meter.CreateObservableUpDownCounter("livecocreate.connections", () => Rooms?.Connections ?? 0, "{connection}", "Open live connections");
        _commands = _meter.CreateCounter<long>("livecocreate.commands", "{command}", "Commands that came in over live connections");
        _refused = _meter.CreateCounter<long>("livecocreate.door.refusals", "{command}", "Commands the hub refused before a grain saw them, by code");
        _answered = _meter.CreateHistogram<double>("livecocreate.command.duration", "s", "From a command's arrival until it is durable and answered", tags: null, Buckets.Seconds);
        _frames = _meter.CreateHistogram<int>("livecocreate.frame.size", "By", "Bytes of one frame as it goes to an audience", tags: null, Buckets.Bytes);
        _views = _meter.CreateCounter<long>("livecocreate.views.serialised", "{view}", "Whole views serialised: at most one for each version and audience, however many fetch it");
        _resyncs = _meter.CreateCounter<long>("livecocreate.resyncs", "{resync}", "Times a connection had to fetch the whole view because the difference could no longer be told");
        _letGo = _meter.CreateCounter<long>("livecocreate.connections.stuck", "{connection}", "Connections let go because they did not read");
    }

    /// <summary>Whose connections are counted.</summary>
    public LiveRooms? Rooms { get; set; }

    public void Command() => _commands.Add(1);

    public void Refused(string code) => _refused.Add(1, new KeyValuePair<string, object?>("code", code));

    public void Answered(TimeSpan took) => _answered.Record(took.TotalSeconds);

    public void Frame(int bytes) => _frames.Record(bytes);

    public void View() => _views.Add(1);

    public void Resync() => _resyncs.Add(1);

    public void LetGo() => _letGo.Add(1);

    public void Dispose() => _meter.Dispose();
}
