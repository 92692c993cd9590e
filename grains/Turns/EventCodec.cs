using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using LiveCoCreate.Grains.Journals;

namespace LiveCoCreate.Grains.Turns;

/// <summary>An event family as envelopes and back (P7). The discriminators are those of the family's <see cref="JsonDerivedTypeAttribute"/>s.</summary>
public static class EventCodec<TEvent> where TEvent : notnull
{
    private static readonly FrozenDictionary<string, Type> Types = typeof(TEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(derived => (string)derived.TypeDiscriminator!, derived => derived.DerivedType);

    private static readonly FrozenDictionary<Type, string> Discriminators = Types.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public static IEnumerable<KeyValuePair<string, Type>> Family => Types;

    public static string TypeOf(TEvent happened) => Discriminators[happened.GetType()];

    public static Envelope Write(string stream, Recorded<TEvent> happened) => new(
        stream, happened.Version, Discriminators[happened.Event.GetType()], happened.At, happened.By?.Value, happened.Command.Value,
        JsonSerializer.Serialize(happened.Event, happened.Event.GetType(), Json.Options));

    /// <exception cref="UnknownEventException">The journal holds an event that this version does not know.</exception>
    public static Recorded<TEvent> Read(Envelope envelope)
    {
        if (!Types.TryGetValue(envelope.Type, out var type)) throw UnknownEventException.Of(envelope);
        var happened = (TEvent)JsonSerializer.Deserialize(envelope.Payload, type, Json.Options)!;
        return new(envelope.Version, envelope.At, envelope.By is { } by ? new PersonId(by) : null, new CommandId(envelope.Command), happened);
    }
}

/// <summary>A stream holds an event of an unknown type: it was written by a newer version, and is not opened by guesswork.</summary>
public sealed class UnknownEventException(string message) : Exception(message)
{
    public static UnknownEventException Of(Envelope envelope) =>
        new($"{envelope.Stream} holds '{envelope.Type}' at version {envelope.Version}, which this version of LiveCoCreate does not know. Run the version that wrote it, or a newer one.");
}
