using LiveCoCreate.Grains.Journals;
using LiveCoCreate.Grains.Turns;
using static LiveCoCreate.Grains.Workshops.WorkshopEvent;

namespace LiveCoCreate.Grains.Workshops;

/// <summary>What forgetting makes of a workshop's events (P10).</summary>
public static class WorkshopForgetting
{
    /// <summary>Who it was that did something says nobody any more; that it was done stays.</summary>
    public static Func<Envelope, Envelope> Facilitator(PersonId person) => envelope => Rewrite(envelope, happened => happened with
    {
        By = happened.By == person ? PersonId.Nobody : happened.By,
        Event = happened.Event is FacilitatorSeated seated && seated.Facilitator == person ? seated with { Name = PersonalAttribute.Forgotten } : happened.Event,
    });

    public static Func<Envelope, Envelope> Proxy(ProxyId proxy) => envelope => Rewrite(envelope, happened =>
        happened.Event is ProxyAdded added && added.Proxy == proxy ? happened with { Event = added with { Label = PersonalAttribute.Forgotten } } : happened);

    private static Envelope Rewrite(Envelope envelope, Func<Recorded<WorkshopEvent>, Recorded<WorkshopEvent>> change)
    {
        var before = EventCodec<WorkshopEvent>.Read(envelope);
        var after = change(before);
        return after == before ? envelope : EventCodec<WorkshopEvent>.Write(envelope.Stream, after);
    }
}
