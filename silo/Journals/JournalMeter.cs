using System.Diagnostics.Metrics;
using LiveCoCreate.Grains;

namespace LiveCoCreate.Silo.Journals;

/// <summary>What each journal says of its commits.</summary>
public sealed class JournalMeter : IDisposable
{
    public const string Name = "LiveCoCreate.Journal";

    private readonly Meter _meter;
    private readonly Histogram<int> _batches;
    private readonly Histogram<double> _duration;

    /// <param name="journal">Whose commits they are: the meter's scope, so that one journal's can be told from another's.</param>
    public JournalMeter(object journal)
    {
        _meter = new Meter(new MeterOptions(Name) { Scope = journal });
        _batches = _meter.CreateHistogram<int>("journal.commit.batches", "{batch}", "Batches that one commit made durable together", tags: null, Buckets.Count);
        _duration = _meter.CreateHistogram<double>("journal.commit.duration", "s", "How long one commit took, flush included", tags: null, Buckets.Seconds);
    }

    public void Committed(int batches, TimeSpan took)
    {
        _batches.Record(batches);
        _duration.Record(took.TotalSeconds);
    }

    public void Dispose() => _meter.Dispose();
}
