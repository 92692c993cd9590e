using System.Text.Json;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Load.Figures;
using LiveCoCreate.Load.Scenarios;
using LiveCoCreate.Load.Servers;
using LiveCoCreate.Wire.Servers;

namespace LiveCoCreate.Live.Load;

public sealed class PictureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_storm_of_the_command_line_leaves_its_figures_and_its_picture()
    {
        var (json, picture) = (Path.Combine(_folder.Path, "storm.json"), Path.Combine(_folder.Path, "storm.html"));
        var (code, said) = await ProgramProcess.RunAsync("LiveCoCreate.Load.dll",
            "storm", "--people", "5", "--ideas", "4", "--votes", "2", "--seconds", "0.3", "--runs", "1", "--only", "floor", "--lose", "1", "--give-up", "0.2", "--json", json, "--picture", picture);

        Assert.Equal(1, code);
        Assert.Contains(said, line => line.EndsWith("Floor, run 1: 1 votes lost", StringComparison.Ordinal));
        using var written = JsonDocument.Parse(await File.ReadAllBytesAsync(json));
        var findings = written.RootElement.GetProperty("findings")[0];
        Assert.Equal(1, findings.GetProperty("figures").GetProperty("lost").GetProperty("floor").GetDouble());
        Assert.Equal("floor", findings.GetProperty("runs")[0].GetProperty("side").GetString());
        Assert.Equal(5, written.RootElement.GetProperty("options").GetProperty("people").GetInt32());
        var page = await File.ReadAllTextAsync(picture);
        Assert.Contains("<polyline class=\"floor\"", page, StringComparison.Ordinal);
        Assert.Contains("1 votes lost", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_side_on_which_nothing_was_measured_is_left_out_of_the_drawing()
    {
        var (floor, product) = (new RunFigures(Side.Floor, 1) { Latencies = [(0.5, 10), (1, 20)] }, new RunFigures(Side.Product, 1));
        product.Problems.Add("5 connections were lost");
        var page = Picture.Draw([new Findings("storm", "A storm", [], "A new idea", [floor, product])]);

        Assert.Contains("<polyline class=\"floor\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<polyline class=\"product\"", page, StringComparison.Ordinal);
        Assert.Contains("5 connections were lost", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_journal_alone_is_drawn_too()
    {
        var page = Picture.Draw([], [new JournalFigures("SQLite", 200, 5, 54_321, 1.5, 4.25, 900, 0.25, 0.75), new JournalFigures("PostgreSQL", 200, 5, 27_160.5, 1, 2, 3, 4, 5)]);

        Assert.Contains("<td>SQLite<td>200<td>5<td>54,321<td>", page, StringComparison.Ordinal);
        Assert.Contains("x2=\"200\"", page, StringComparison.Ordinal);
        Assert.Contains("x2=\"100\"", page, StringComparison.Ordinal);
    }
}
