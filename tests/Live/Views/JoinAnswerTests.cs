using System.Buffers;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Web.Door;
using LiveCoCreate.Wire;

namespace LiveCoCreate.Live.Views;

/// <summary>PROTOCOL H4: what a join is answered with, of which the board is compressed once for all who come.</summary>
public sealed class JoinAnswerTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact]
    public async Task A_join_brings_the_whole_board_however_it_is_compressed()
    {
        await using var room = await server.OpenRoomAsync();
        var dana = await room.JoinAsync();
        for (var at = 0; at < 50; at++) await room.WriteAsync(dana, $"עץ מספר {at} ליד הגדר");
        await room.AllSeeAsync(dana);
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, UseCookies = false });

        var boards = new List<string>();
        foreach (var (accepts, encoding) in new[] { (null, null), ("gzip", "gzip"), ("gzip, deflate, br, zstd", "gzip"), ("br", "br") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, $"api/codes/{room.Code}/join"));
            request.Content = new StringContent(JsonSerializer.Serialize(new { request = Ids.New(), agreed = true }), Encoding.UTF8, "application/json");
            if (accepts is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);
            using var response = await http.SendAsync(request);
            Assert.Equal((HttpStatusCode.OK, encoding), (response.StatusCode, response.Content.Headers.ContentEncoding.SingleOrDefault()));
            Assert.True(response.Headers.Contains("Set-Cookie"));
            await using var packed = await response.Content.ReadAsStreamAsync();
            await using Stream plain = encoding switch { "br" => new BrotliStream(packed, CompressionMode.Decompress), "gzip" => new GZipStream(packed, CompressionMode.Decompress), _ => packed };
            var joined = (await JsonDocument.ParseAsync(plain)).RootElement;
            Assert.Equal(JsonValueKind.String, joined.GetProperty("participant").ValueKind);
            Assert.Equal(JsonValueKind.Object, joined.GetProperty("workshop").ValueKind);
            Assert.Equal(JsonValueKind.Object, joined.GetProperty("mine").ValueKind);
            boards.Add(joined.GetProperty("board").GetRawText());
        }

        Assert.Equal(50, JsonDocument.Parse(boards[0]).RootElement.GetProperty("ideas").EnumerateObject().Count());
        Assert.Single(boards.Distinct());
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Parts_that_were_compressed_apart_are_read_as_one_behind_the_other(int seed)
    {
        var random = new Random(seed);
        byte[][] texts = [.. Enumerable.Range(0, 5).Select(part => Enumerable.Range(0, random.Next(2) * random.Next(60_000)).Select(_ => (byte)"abcdefגד"[random.Next(8)]).ToArray())];

        using var plain = new MemoryStream();
        using (var reading = new GZipStream(new MemoryStream(SplicedGzip.Of([.. texts.Select(text => GzipPart.Of(text))])), CompressionMode.Decompress)) reading.CopyTo(plain);

        Assert.Equal(texts.SelectMany(text => text), plain.ToArray());
    }

    [Fact]
    public void A_board_goes_into_each_answer_without_a_copy_being_made_of_it()
    {
        var board = GzipPart.Of(Enumerable.Range(0, 200_000).Select(at => (byte)(at * 7919 >> 4)).ToArray());
        var connection = new ArrayBufferWriter<byte>(SplicedGzip.LengthOf(board));
        SplicedGzip.Write(connection, board);
        connection.ResetWrittenCount();

        var before = GC.GetAllocatedBytesForCurrentThread();
        SplicedGzip.Write(connection, board);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
        Assert.Equal(SplicedGzip.LengthOf(board), connection.WrittenCount);
    }
}
