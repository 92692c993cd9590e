using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using Orleans;

namespace LiveCoCreate.Silo.Orleans;

/// <summary><see cref="BoardNews"/> on its way to web nodes: each frame as the bytes that browsers get, written once for all nodes.</summary>
[GenerateSerializer, Immutable]
public sealed record ToldNews(
    [property: Id(0)] string Board, [property: Id(1)] long Version, [property: Id(2)] ToldFrame[] Frames, [property: Id(3)] string[] Mine, [property: Id(4)] bool Everyone, [property: Id(5)] bool Forgotten)
{
    private static readonly ConditionalWeakTable<BoardNews, ToldNews> Written = [];

    public static ToldNews Of(BoardNews news) => Written.GetValue(news, static news => new(
        news.Board.Value, news.Version,
        [.. news.Frames.Select(told => new ToldFrame(told.Audience, JsonSerializer.SerializeToUtf8Bytes(told.Frame, Json.Options)))],
        [.. news.Mine.Select(person => person.Value)], news.Everyone, news.Forgotten));

    /// <summary>A node's views need what a frame says; what it sends on are the bytes.</summary>
    public BoardNews Read() => new(
        new BoardId(Board), Version,
        [.. Frames.Select(told => (told.Audience, JsonSerializer.Deserialize<Frame>(told.Bytes, Json.Options)! with { Written = told.Bytes }))],
        [.. Mine.Select(person => new PersonId(person))], Everyone, Forgotten);
}

[GenerateSerializer, Immutable]
public readonly record struct ToldFrame([property: Id(0)] Audience Audience, [property: Id(1)] byte[] Bytes);
