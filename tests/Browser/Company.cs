using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>Who lives a whole session together: Noa and Eli at two laptops, two people with phones, others whose phones nobody looks at, and a big screen in the hall.
/// With SHOTS=FOLDER in the environment pictures are kept, in the order of the day.</summary>
internal sealed class Company : IAsyncDisposable
{
    private readonly string _pictures;
    private readonly string[] _names;
    private int _picture;

    private Company(string pictures, string[] names, Visitor[] visitors) => (_pictures, _names, Everybody) = (pictures, names, visitors);

    /// <summary>Noa, Eli, who has a phone, the hall.</summary>
    public Visitor[] Everybody { get; }

    public Visitor[] Phones => Everybody[2..4];

    public List<LivePerson> Others { get; } = [];

    public static async Task<Company> ComeAsync(House house, Words words, string pictures, string first, string second) =>
        new(pictures, ["noa", "eli", first, second, "hall"],
            [await house.LaptopAsync(words), await house.LaptopAsync(words), await house.PhoneAsync(words), await house.PhoneAsync(words), await house.ProjectorAsync(words)]);

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in Everybody) await visitor.DisposeAsync();
        foreach (var person in Others) await person.DisposeAsync();
    }

    /// <summary>Noa goes on, and all of them with her.</summary>
    public async Task GoOnAsync(string title)
    {
        var (noa, eli, hall) = (Everybody[0], Everybody[1], Everybody[4]);
        await noa.PressAsync("facilitate:agenda.next");
        foreach (var visitor in Phones.Append(hall)) await Expect(visitor.Heading(title)).ToBeVisibleAsync();
        await Expect(eli.Page.GetByRole(AriaRole.Navigation, new() { Name = eli.Say["facilitate:panel.agenda"] }).Locator("[aria-current=step]")).ToContainTextAsync(title);
        foreach (var person in Others)
        {
            await person.WaitForAsync(one => one.Workshop!.Steps!.Single(step => step.Step == one.Workshop.Current).Title == title);
            await person.WatchAsync(person.Workshop!.Steps!.Single(step => step.Step == person.Workshop.Current).Board);
        }

        await LookAsync("begins", noa, Phones[0], hall);
    }

    /// <summary>Everything fits on each of these pages.</summary>
    public async Task LookAsync(string what, params Visitor[] visitors)
    {
        var picture = ++_picture;
        var found = await Task.WhenAll(visitors.Select(visitor => EveryScreen.WhatDoesNotFitAsync(visitor, $"{_pictures}-{picture:00}-{what}-{_names[Array.IndexOf(Everybody, visitor)]}")));
        Assert.Empty(found.SelectMany(one => one));
    }

    public static async Task WriteAsync(LivePerson person, string text, string language, int lane = 0) =>
        (await person.SubmitAsync(Commands.AddIdea(person.Board.Board, Ids.New(), person.Board.Lanes.OrderBy(one => one.Value.Rank, StringComparer.Ordinal).ElementAt(lane).Key, text, language))).Expect("add-idea");

    /// <summary>The round that is open, once this person is told of it.</summary>
    public static async Task<string> BallotOfAsync(LivePerson person)
    {
        await person.WaitForAsync(one => one.Board.Ballots.Values.Any(ballot => ballot.Open));
        return person.Board.Ballots.Single(ballot => ballot.Value.Open).Key;
    }

    /// <summary>Dots, or a vote of another method.</summary>
    public static async Task VoteAsync(LivePerson person, string ballot, string text, object vote)
    {
        await person.WaitForAsync(one => one.Board.Ballots.ContainsKey(ballot));
        var (board, idea) = (person.Board.Board, person.Board.Ideas.Single(one => one.Value.Text == text && one.Value.Into is null).Key);
        (await person.SubmitAsync(vote is int dots ? Commands.CastVote(board, ballot, idea, dots) : Commands.CastVote(board, ballot, idea, (Vote)vote))).Expect("cast-vote");
    }
}
