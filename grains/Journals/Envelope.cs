namespace LiveCoCreate.Grains.Journals;

/// <summary>One event as the journal keeps it, for good (PROTOCOL.md J1).</summary>
/// <param name="Stream">What changed: <c>workshop/ID</c>, <c>board/ID</c>, <c>participant/ID</c> or <c>code/CODE</c>.</param>
/// <param name="Version">1 for a stream's first event, then one more for each. (stream, version) is unique.</param>
/// <param name="Type">The event's discriminator; never renamed or reused.</param>
/// <param name="At">When, UTC, in whole milliseconds; never before the stream's previous event.</param>
/// <param name="By">Whose command it was, as an id; null where an anonymous ballot must not say.</param>
/// <param name="Command">The id of the accepted command; all events of one command share it.</param>
/// <param name="Payload">The event's fields as JSON text, byte for byte as written.</param>
public sealed record Envelope(
    string Stream, long Version, string Type, DateTimeOffset At, string? By, string Command, string Payload);
