using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;
using LiveCoCreate.Wire.Seats;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>The whole template *community dialogue* in English: Noa and Eli run it, Sam and Maya have phones, five more take part whose phones nobody looks at,
/// and a big screen hangs in the hall. With SHOTS=FOLDER in the environment it also keeps pictures.</summary>
[Collection("house of votes")]
public sealed class DialogueAsItIsLived(House house) : IAsyncLifetime
{
    private const string Title = "Who is the square for?";
    private const string Purpose = "To find out what we share before we decide anything about the square.";
    private const string Quiet = "The square should be quiet after ten";
    private const string Play = "Children should be allowed to play ball there";
    private const string Cars = "Cars have no place on it, not even to unload";
    private const string Market = "A market once a week would do us all good";
    private static readonly string[] Statements = [Quiet, Play, Cars, Market];
    private const string TryMarket = "A market on four Fridays, and then we look again";
    private const string CloseGates = "The gates are closed at ten";
    private const string Objection = "I come home from the late shift and the other way is dark";

    /// <summary>What each of the five says of each statement: they share the first and the last.</summary>
    private static readonly int[][] Stands = [[1, 1, -1, 1], [1, 1, -1, 1], [1, -1, 1, 1], [1, -1, 1, 1], [1, -1, 0, 1]];

    private readonly List<LivePerson> _others = [];
    private Visitor _noa = null!, _eli = null!, _sam = null!, _maya = null!, _hall = null!;
    private Prepared _workshop = null!;
    private int _pictures;

    private Visitor[] Phones => [_sam, _maya];

    private Visitor[] Everybody => [_noa, _eli, _sam, _maya, _hall];

    public async Task InitializeAsync()
    {
        _noa = await house.LaptopAsync(Words.English);
        _eli = await house.LaptopAsync(Words.English);
        _sam = await house.PhoneAsync(Words.English);
        _maya = await house.PhoneAsync(Words.English);
        _hall = await house.ProjectorAsync(Words.English);
        _workshop = await house.PrepareAsync(Words.English, new NewWorkshop(Title, Purpose, "en", "community-dialogue", Anonymous: true, Facilitator: "Noa"));
    }

    public async Task DisposeAsync()
    {
        foreach (var visitor in Everybody) await visitor.DisposeAsync();
        foreach (var person in _others) await person.DisposeAsync();
        await _workshop.DisposeAsync();
    }

    [Fact]
    public async Task Seven_people_find_what_they_share_and_decide_what_comes_next()
    {
        await Everybody_comes_in_without_a_name();
        await GoOnAsync("Statements");
        await They_say_where_they_stand_and_what_was_listed_waits();
        await Each_speaks_of_one_statement_at_a_time_and_sees_how_it_stands_once_they_have_spoken();
        await It_is_seen_what_is_shared_and_where_they_differ();

        await GoOnAsync("What we agree on");
        await A_proposal_that_somebody_cannot_live_with_says_why();

        await GoOnAsync("Next steps");
        await What_they_agreed_on_is_taken_on_by_somebody();
        await The_workshop_ends_and_its_replay_knows_no_names();
        foreach (var visitor in Everybody) Assert.Empty(visitor.Complaints);
    }

    private async Task Everybody_comes_in_without_a_name()
    {
        await _noa.TakeSeatsAsync(_workshop.Facilitator);
        await _noa.GoAsync($"/facilitate/{_workshop.Made.Workshop}");
        await _eli.Page.GotoAsync(_workshop.Made.Links.Facilitate);
        await _eli.Field("facilitate:enter.name").FillAsync("Eli");
        await _eli.PressAsync("facilitate:enter.go");
        await _hall.Page.GotoAsync(_workshop.Made.Links.Screen);
        await _hall.ReadsAsync("screen:lobby.scan");
        foreach (var phone in Phones)
        {
            await phone.GoAsync($"/j/{_workshop.Made.Code}");
            await phone.ReadsAsync("join:anonymous");
            await phone.JoinAsync();
        }

        for (var n = 0; n < 5; n++) _others.Add(await _workshop.JoinAsync(null, n < 3 ? "Resident" : "Professional"));
        await _hall.ReadsAsync("screen:lobby.people", ("n", 7));
        foreach (var phone in Phones) await phone.SeesAsync("We may change our minds.");
        await LookAsync("charter", _noa, _sam, _hall);

        // A word to everyone, while they come in.
        await _eli.PressAsync("facilitate:menu.label");
        await _eli.PressAsync("facilitate:menu.announce");
        await _eli.Field("facilitate:announce.text").FillAsync("We begin at ten past six. There is tea by the door.");
        await LookAsync("announce", _eli);
        await _eli.PressAsync("facilitate:announce.go");
        foreach (var visitor in new[] { _sam, _maya, _hall }) await visitor.SeesAsync("There is tea by the door.");
        await LookAsync("announced", _noa, _sam, _hall);
        await _eli.PressAsync("facilitate:menu.label");
        await _eli.PressAsync("facilitate:menu.announce");
        await _eli.PressAsync("facilitate:announce.end");
        await _hall.DoesNotSeeAsync("There is tea by the door.");
    }

    private async Task They_say_where_they_stand_and_what_was_listed_waits()
    {
        foreach (var phone in Phones) await phone.ReadsAsync("kinds:opinion.now.approve");
        await _sam.WriteAsync(Quiet);
        await _maya.WriteAsync(Play);
        await WriteAsync(_others[0], Cars);
        await WriteAsync(_others[1], Market);
        await WriteAsync(_others[2], "The square should be quiet after ten!");
        await Expect(_noa.Queue).ToHaveCountAsync(5);
        await _sam.DoesNotSeeAsync(Play);
        await _hall.DoesNotSeeAsync(Play);
        await _noa.ReadsAsync("facilitate:alike.merge", ("n", 2));
        await LookAsync("statements-waiting", _noa, _sam, _hall);
        await _noa.PressAsync("facilitate:alike.merge", ("n", 2));
        await Expect(_noa.Queue).ToHaveCountAsync(3);
        await _eli.PressAsync("facilitate:queue.all", ("n", 3));
        foreach (var text in Statements)
        {
            foreach (var phone in Phones) await Expect(phone.Cards(text)).ToHaveCountAsync(1);
            await _hall.SeesAsync(text);
        }

        await LookAsync("statements", _noa, _sam, _hall);
    }

    private async Task Each_speaks_of_one_statement_at_a_time_and_sees_how_it_stands_once_they_have_spoken()
    {
        await _noa.PressAsync("kinds:round.open");
        foreach (var phone in Phones) await phone.ReadsAsync("votes:one.of", ("n", 1), ("all", 4));
        await LookAsync("one-at-a-time", _noa, _sam, _hall);
        var ballot = await OpenBallotAsync(_others[0]);
        foreach (var (at, person) in _others.Index())
            for (var statement = 0; statement < Statements.Length; statement++) await VoteAsync(person, ballot, Statements[statement], new Vote(Stands[at][statement]));
        // The hall sees the room grow together and apart; who has not spoken yet sees no number beside what they are asked, and not what the others think.
        await Expect(_hall.Heading(_hall.Say["kinds:opinion.shared"])).ToBeVisibleAsync();
        foreach (var phone in Phones)
        {
            await Expect(phone.Page.Locator(".one .choices button")).ToHaveCountAsync(3);
            await Expect(phone.Page.Locator(".one .choices small")).ToHaveCountAsync(0);
            await phone.DoesNotReadAsync("kinds:opinion.title");
        }

        await SaysAsync(_sam, [(Quiet, 1), (Play, 1), (Cars, -1), (Market, 1)]);
        await SaysAsync(_maya, [(Quiet, 1), (Play, -1), (Cars, 0), (Market, 1)]);
        await _noa.ReadsAsync("facilitate:now.ballot.voted", ("n", 7));
        foreach (var phone in Phones)
        {
            await phone.ReadsAsync("votes:one.thanks");
            await Expect(phone.Heading(phone.Say["kinds:opinion.title"])).ToBeVisibleAsync();
            // Seven people are too few for two groups, and so nobody is put into one.
            await phone.ReadsAsync("opinions:few");
        }

        await _sam.PressAsync("votes:one.back");
        await Expect(_sam.Page.Locator(".one .choices small")).ToHaveCountAsync(3);
        await LookAsync("all-said", _noa, _sam, _hall);
    }

    private async Task It_is_seen_what_is_shared_and_where_they_differ()
    {
        await _noa.PressAsync("facilitate:now.ballot.close");
        foreach (var visitor in new[] { _noa, _eli, _sam, _maya, _hall })
        {
            await Expect(visitor.Heading(visitor.Say["kinds:opinion.shared"])).ToBeVisibleAsync();
            await visitor.ReadsAsync("kinds:opinion.divided");
        }

        await _others[0].WaitForAsync(person => person.Board.Counts.Count == 1);
        await LookAsync("ground", _noa, _sam, _hall);
    }

    private async Task A_proposal_that_somebody_cannot_live_with_says_why()
    {
        await _sam.WriteAsync(TryMarket);
        await WriteAsync(_others[3], CloseGates);
        await _noa.Page.GetByRole(AriaRole.Tab, new() { Name = _noa.Say["facilitate:panel.queue.short"] }).ClickAsync();
        await Expect(_noa.Queue).ToHaveCountAsync(2);
        await _noa.PressAsync("facilitate:queue.all", ("n", 2));
        foreach (var phone in Phones) await Expect(phone.Cards(CloseGates)).ToHaveCountAsync(1);
        await _noa.PressAsync("facilitate:now.writing.close");
        await _noa.PressAsync("facilitate:now.ballot.open");
        await Expect(_noa.Radio("votes:method.consent")).ToBeCheckedAsync();
        await Expect(_noa.Radio("facilitate:ballot.counts.live")).ToBeCheckedAsync();
        await _noa.PressAsync("facilitate:ballot.go");
        foreach (var phone in Phones) await phone.ReadsAsync("room:now.vote.consent");
        await Choice(_sam, TryMarket, "votes:value.consent.1").ClickAsync();
        await Choice(_maya, CloseGates, "votes:value.consent.-1").ClickAsync();
        await _maya.Field("votes:object.why").FillAsync(Objection);
        await LookAsync("objecting", _noa, _sam, _maya, _hall);
        await _maya.PressAsync("votes:object.send");
        await Expect(Choice(_maya, CloseGates, "votes:value.consent.-1")).ToHaveAttributeAsync("aria-pressed", "true");
        var ballot = await OpenBallotAsync(_others[0]);
        foreach (var person in _others)
        {
            await VoteAsync(person, ballot, TryMarket, new Vote(1));
            await VoteAsync(person, ballot, CloseGates, new Vote(1));
        }

        // Counts are live here: what speaks against it is read while there is time to answer it.
        await _noa.ReadsAsync("facilitate:now.ballot.voted", ("n", 7));
        await Expect(_noa.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = CloseGates })).ToContainTextAsync(Objection);
        await LookAsync("consent", _noa, _sam, _hall);
        await _noa.PressAsync("facilitate:now.ballot.close");
        await _hall.SeesAsync(Objection);
        foreach (var phone in Phones) await Expect(phone.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = CloseGates })).ToContainTextAsync(Objection);
        await LookAsync("consent-closed", _noa, _sam, _hall);
    }

    private async Task What_they_agreed_on_is_taken_on_by_somebody()
    {
        await _noa.PressAsync("plan:desk.bring");
        await _noa.Page.GetByRole(AriaRole.Checkbox, new() { Name = TryMarket }).CheckAsync();
        await LookAsync("bring", _noa);
        await _noa.PressAsync("bring:do", ("n", 1));
        await Of(_noa, "plan:of.owner", TryMarket).FillAsync("The traders’ circle");
        await Of(_noa, "plan:of.due", TryMarket).FillAsync("2031-06-06");
        await Of(_noa, "plan:of.measure", TryMarket).FillAsync("Four markets were held, and we met again");
        await Of(_noa, "plan:of.measure", TryMarket).PressAsync("Enter");
        foreach (var phone in Phones) await Expect(phone.Cards(TryMarket)).ToContainTextAsync("The traders’ circle");
        await _hall.SeesAsync("The traders’ circle");
        await LookAsync("next-steps", _noa, _sam, _hall);
    }

    private async Task The_workshop_ends_and_its_replay_knows_no_names()
    {
        await _eli.PressAsync("facilitate:menu.label");
        await _eli.PressAsync("facilitate:menu.close");
        await LookAsync("close", _eli);
        await _eli.PressAsync("facilitate:close.go");
        await _hall.ReadsAsync("screen:thanks.title");
        foreach (var phone in Phones) await phone.ReadsAsync("room:now.ended");
        await LookAsync("ended", _noa, _sam, _hall);
        await _sam.GoAsync($"/mine/{_workshop.Made.Workshop}");
        await _sam.DoesNotReadAsync("room:mine.reading");
        await Expect(_sam.Cards(TryMarket)).ToContainTextAsync(_sam.Say["dialogue:status.planned"]);
        await LookAsync("mine", _sam);

        await _sam.GoAsync($"/replay/{_workshop.Made.Workshop}");
        await _sam.Page.GetByRole(AriaRole.Tab, new() { Name = "Statements" }).ClickAsync();
        await Expect(_sam.Page.GetByText(Quiet).First).ToBeVisibleAsync();
        await LookAsync("replay", _sam);
    }

    private async Task GoOnAsync(string title)
    {
        await _noa.PressAsync("facilitate:agenda.next");
        foreach (var phone in Phones) await Expect(phone.Heading(title)).ToBeVisibleAsync();
        await Expect(_hall.Heading(title)).ToBeVisibleAsync();
        await Expect(_eli.Page.GetByRole(AriaRole.Navigation, new() { Name = _eli.Say["facilitate:panel.agenda"] }).Locator("[aria-current=step]")).ToContainTextAsync(title);
        foreach (var person in _others)
        {
            await person.WaitForAsync(one => one.Workshop!.Steps!.Single(step => step.Step == one.Workshop.Current).Title == title);
            await person.WatchAsync(person.Workshop!.Steps!.Single(step => step.Step == person.Workshop.Current).Board);
        }

        await LookAsync("begins", _noa, _sam, _hall);
    }

    /// <summary>Reads one statement after another, in the order in which they are asked, and says of each what they think of it.</summary>
    private static async Task SaysAsync(Visitor phone, (string Statement, int Stand)[] stands)
    {
        foreach (var _ in stands)
        {
            var asked = (await phone.Page.Locator(".statement .said").TextContentAsync())!;
            await phone.PressAsync($"votes:value.agree.{stands.Single(each => each.Statement == asked).Stand}");
            await Expect(phone.Page.Locator(".statement .said").Filter(new() { HasText = asked })).ToHaveCountAsync(0);
        }
    }

    private static async Task WriteAsync(LivePerson person, string text) =>
        (await person.SubmitAsync(Commands.AddIdea(person.Board.Board, Ids.New(), person.Board.Lanes.Keys.First(), text, "en"))).Expect("add-idea");

    private static async Task<string> OpenBallotAsync(LivePerson person)
    {
        await person.WaitForAsync(one => one.Board.Ballots.Values.Any(ballot => ballot.Open));
        return person.Board.Ballots.Single(ballot => ballot.Value.Open).Key;
    }

    private static async Task VoteAsync(LivePerson person, string ballot, string text, Vote vote)
    {
        await person.WaitForAsync(one => one.Board.Ballots.ContainsKey(ballot));
        var idea = person.Board.Ideas.Single(one => one.Value.Text == text && one.Value.Into is null).Key;
        (await person.SubmitAsync(Commands.CastVote(person.Board.Board, ballot, idea, vote))).Expect("cast-vote");
    }

    private static ILocator Choice(Visitor phone, string text, string choice) => phone.Cards(text).GetByRole(AriaRole.Button, new() { Name = phone.Say[choice] });

    private static ILocator Of(Visitor visitor, string key, string text) => visitor.Page.GetByLabel(visitor.Say[key, ("text", text)], new() { Exact = true });

    /// <summary>Everything fits on each of these pages; where pictures are wanted, they are kept in the order of the day.</summary>
    private async Task LookAsync(string what, params Visitor[] visitors)
    {
        var picture = ++_pictures;
        var found = await Task.WhenAll(visitors.Select(visitor => EveryScreen.WhatDoesNotFitAsync(visitor, $"dialogue-{picture:00}-{what}-{WhoIs(visitor)}")));
        Assert.Empty(found.SelectMany(one => one));
    }

    private string WhoIs(Visitor visitor) => visitor == _noa ? "noa" : visitor == _eli ? "eli" : visitor == _sam ? "sam" : visitor == _maya ? "maya" : "hall";
}
