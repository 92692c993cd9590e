using System.Text;
using System.Text.Json;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Hub;

namespace LiveCoCreate.Fast.Wire;

public class HubRecordTests
{
    [Theory]
    [InlineData("""{"type":1,"target":"board","arguments":[{"version":3,"text":"a]}b"}]}""")]
    [InlineData("""{"arguments":[{"version":3,"text":"a]}b"}],"target":"board","type":1}""")]
    [InlineData("""{ "type": 1, "headers": {"x": "]"}, "target": "board", "arguments": [ {"version":3,"text":"a]}b"} ] }""")]
    [InlineData("""{"type":1,"target":"board","arguments":[{"version":3,"text":"a]}b"},{"more":[1,[2]]},"and more"],"streamIds":[]}""")]
    public void An_invocation_is_read_in_any_order(string json)
    {
        var record = Read(json);

        Assert.Equal(HubRecordType.Invocation, record.Type);
        Assert.Equal("board", record.Target);
        Assert.StartsWith("""{"version":3,"text":"a]}b"}""", Encoding.UTF8.GetString(record.Argument), StringComparison.Ordinal);
        Assert.Equal(3, new SharedFrames().Read(record.Argument, Reading.Full).Frame.Version);
    }

    [Fact]
    public void A_completion_has_a_result_or_an_error()
    {
        var accepted = Read("""{"type":3,"invocationId":"17","result":{"version":12}}""");
        var failed = Read("""{"type":3,"invocationId":"18","error":"An unexpected error"}""");
        var empty = Read("""{"type":3,"invocationId":"19"}""");

        Assert.Equal(("17", """{"version":12}""", null), (accepted.InvocationId, Encoding.UTF8.GetString(accepted.Result), accepted.Error));
        Assert.Equal(("18", "An unexpected error", true), (failed.InvocationId, failed.Error, failed.Result.IsEmpty));
        Assert.Equal(("19", true), (empty.InvocationId, empty.Result.IsEmpty));
    }

    [Fact]
    public void Pings_and_closes_are_read()
    {
        Assert.Equal(HubRecordType.Ping, Read("""{"type":6}""").Type);
        var close = Read("""{"type":7,"error":"too much","allowReconnect":true}""");
        Assert.Equal((HubRecordType.Close, "too much", true), (close.Type, close.Error, close.AllowReconnect));
    }

    [Fact]
    public void An_invocation_without_arguments_has_none() => Assert.True(Read("""{"type":1,"target":"x","arguments":[]}""").Argument.IsEmpty);

    [Fact]
    public void What_is_no_object_is_refused() => Assert.ThrowsAny<JsonException>(() => { Read("[1]"); });

    [Theory] // L3
    [InlineData("""{"version":12}""", 12, null, null)]
    [InlineData("""{"code":"too-fast","message":"Wait.","retryAfterMs":120}""", 0, "too-fast", 120)]
    [InlineData("""{"version":null,"code":"idea-missing","message":"x","retryAfterMs":null,"new":{"a":[1]}}""", 0, "idea-missing", null)]
    public void An_answer_is_a_version_or_a_refusal(string json, long version, string? code, int? retryAfterMs)
    {
        var answer = Answer.Read(Encoding.UTF8.GetBytes(json));

        Assert.Equal((version, code, retryAfterMs), (answer.Version, answer.Refusal?.Code, answer.Refusal?.RetryAfterMs));
    }

    private static HubRecord Read(string json) => HubRecord.Read(Encoding.UTF8.GetBytes(json));
}
