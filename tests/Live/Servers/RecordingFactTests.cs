using Xunit.Sdk;

namespace LiveCoCreate.Live.Servers;

/// <summary>A recording that is missing is never silently nothing.</summary>
public sealed class RecordingFactTests
{
    private const string Nowhere = "a conversation that nobody recorded";

    [Fact]
    public void A_test_without_its_recording_is_skipped_by_name_and_with_ci_runs_to_fail_clearly()
    {
        var skip = new RecordingFactAttribute(Nowhere).Skip;
        var failure = Assert.ThrowsAny<XunitException>(() => Recordings.Read(Nowhere));

        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Null(skip);
        else Assert.Contains(Nowhere, skip, StringComparison.Ordinal);
        Assert.Contains($"The recording {Nowhere} is not at ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("CI=true", failure.Message, StringComparison.Ordinal);
    }
}
