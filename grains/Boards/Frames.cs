using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

/// <summary>Differences of dictionaries and their merge: an entry replaces, null removes (PROTOCOL.md F1).</summary>
internal static class Frames
{
    public static ImmutableDictionary<TKey, TValue> Merge<TKey, TValue>(ImmutableDictionary<TKey, TValue> so, ImmutableDictionary<TKey, TValue?>? changes)
        where TKey : notnull
        where TValue : class
    {
        if (changes is null) return so;
        var builder = so.ToBuilder();
        foreach (var (key, value) in changes)
            if (value is null) builder.Remove(key);
            else builder[key] = value;
        return builder.ToImmutable();
    }

    /// <summary>Null where nothing changed.</summary>
    public static ImmutableDictionary<TKey, TValue?>? Changes<TKey, TValue>(ImmutableDictionary<TKey, TValue> before, ImmutableDictionary<TKey, TValue> after)
        where TKey : notnull
        where TValue : class
    {
        if (ReferenceEquals(before, after)) return null;
        var (changes, there) = (ImmutableDictionary.CreateBuilder<TKey, TValue?>(), 0);
        foreach (var (key, value) in after)
        {
            var was = before.TryGetValue(key, out var earlier);
            if (was) there++;
            if (!was || !(ReferenceEquals(earlier, value) || earlier!.Equals(value))) changes[key] = value;
        }

        if (there == before.Count) return changes.Count == 0 ? null : changes.ToImmutable();
        foreach (var (key, _) in before)
            if (!after.ContainsKey(key)) changes[key] = null;
        return changes.Count == 0 ? null : changes.ToImmutable();
    }

    public static ImmutableDictionary<BallotId, BallotView> MergeVoters(ImmutableDictionary<BallotId, BallotView> so, ImmutableDictionary<BallotId, int>? voters)
    {
        foreach (var (ballot, n) in voters ?? ImmutableDictionary<BallotId, int>.Empty)
            if (so.TryGetValue(ballot, out var known)) so = so.SetItem(ballot, known with { Voters = n });
        return so;
    }

    /// <summary>Ballots that are there, gone or another, and of those where only more or fewer have voted, how many.</summary>
    public static (ImmutableDictionary<BallotId, BallotView?>? Ballots, ImmutableDictionary<BallotId, int>? Voters) BallotChanges(
        ImmutableDictionary<BallotId, BallotView> before, ImmutableDictionary<BallotId, BallotView> after)
    {
        if (Changes(before, after) is not { } changes) return (null, null);
        var voters = ImmutableDictionary<BallotId, int>.Empty;
        foreach (var (ballot, now) in changes)
            if (now is { Voters: { } n } && before.TryGetValue(ballot, out var was) && now == was with { Voters = n }) (voters, changes) = (voters.Add(ballot, n), changes.Remove(ballot));
        return (changes.IsEmpty ? null : changes, voters.IsEmpty ? null : voters);
    }

    public static ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, int>> MergeTallies(
        ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, int>> so, ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, int?>?>? changes)
    {
        if (changes is null) return so;
        foreach (var (ballot, tallies) in changes)
        {
            if (tallies is null)
            {
                so = so.Remove(ballot);
                continue;
            }

            var builder = so.GetValueOrDefault(ballot, ImmutableDictionary<IdeaId, int>.Empty).ToBuilder();
            foreach (var (idea, n) in tallies)
                if (n is { } dots) builder[idea] = dots;
                else builder.Remove(idea);
            so = so.SetItem(ballot, builder.ToImmutable());
        }

        return so;
    }

    public static ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, int?>?>? TallyChanges(
        ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, int>> before, ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, int>> after)
    {
        if (ReferenceEquals(before, after)) return null;
        var changes = ImmutableDictionary.CreateBuilder<BallotId, ImmutableDictionary<IdeaId, int?>?>();
        foreach (var (ballot, tallies) in after)
        {
            var known = before.TryGetValue(ballot, out var earlier);
            if (known && ReferenceEquals(earlier, tallies)) continue;
            var inner = ImmutableDictionary.CreateBuilder<IdeaId, int?>();
            foreach (var (idea, n) in tallies)
                if (!known || !earlier!.TryGetValue(idea, out var was) || was != n) inner[idea] = n;
            if (known)
                foreach (var idea in earlier!.Keys)
                    if (!tallies.ContainsKey(idea)) inner[idea] = null;
            // A ballot whose counts have come due with no vote in it is news too: it is there now.
            if (inner.Count > 0 || !known) changes[ballot] = inner.ToImmutable();
        }

        foreach (var ballot in before.Keys)
            if (!after.ContainsKey(ballot)) changes[ballot] = null;
        return changes.Count == 0 ? null : changes.ToImmutable();
    }

    public static ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, Count>> MergeCounts(
        ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, Count>> so, ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, Count?>?>? changes) =>
        changes is null ? so : changes.Aggregate(so, (merged, ballot) => ballot.Value is { } counts
            ? merged.SetItem(ballot.Key, Merge(merged.GetValueOrDefault(ballot.Key, ImmutableDictionary<IdeaId, Count>.Empty), counts))
            : merged.Remove(ballot.Key));

    public static ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, Count?>?>? CountChanges(
        ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, Count>> before, ImmutableDictionary<BallotId, ImmutableDictionary<IdeaId, Count>> after)
    {
        if (ReferenceEquals(before, after)) return null;
        var changes = ImmutableDictionary.CreateBuilder<BallotId, ImmutableDictionary<IdeaId, Count?>?>();
        foreach (var (ballot, counts) in after)
        {
            var known = before.TryGetValue(ballot, out var earlier);
            var inner = Changes(earlier ?? ImmutableDictionary<IdeaId, Count>.Empty, counts);
            // As with tallies: that the ballot is there is news, also without a vote in it.
            if (inner is not null || !known) changes[ballot] = inner ?? ImmutableDictionary<IdeaId, Count?>.Empty;
        }

        foreach (var ballot in before.Keys)
            if (!after.ContainsKey(ballot)) changes[ballot] = null;
        return changes.Count == 0 ? null : changes.ToImmutable();
    }
}

/// <summary>Writes a dictionary of changes with its nulls, which mean removal, where other nulls are left out.</summary>
internal sealed class ChangesConverter<TKey, TValue> : JsonConverter<ImmutableDictionary<TKey, TValue?>>
    where TKey : struct, IId<TKey>
    where TValue : class
{
    public override ImmutableDictionary<TKey, TValue?> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartObject) throw new JsonException("Changes are an object by id.");
        var changes = ImmutableDictionary.CreateBuilder<TKey, TValue?>();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var key = TKey.Of(reader.GetString()!);
            reader.Read();
            changes[key] = JsonSerializer.Deserialize<TValue>(ref reader, options);
        }

        return changes.ToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableDictionary<TKey, TValue?> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, change) in value)
        {
            writer.WritePropertyName(key.Value);
            if (change is null) writer.WriteNullValue();
            else JsonSerializer.Serialize(writer, change, options);
        }

        writer.WriteEndObject();
    }
}
