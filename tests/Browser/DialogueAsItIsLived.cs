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

    private IDisposable _motion = null!;
    private Company _company = null!;
    private Prepared _workshop = null!;

    private Visitor Noa => _company.Everybody[0];

    private Visitor Eli => _company.Everybody[1];

    private Visitor Sam => _company.Phones[0];

    private Visitor Maya => _company.Phones[1];

    private Visitor Hall => _company.Everybody[4];

    private Visitor[] Phones => _company.Phones;

    private Visitor[] Everybody => _company.Everybody;

    private List<LivePerson> Others => _company.Others;

    public async Task InitializeAsync()
    {
        _motion = house.InMotion();
        _company = await Company.ComeAsync(house, Words.English, "dialogue", "sam", "maya");
        _workshop = await house.PrepareAsync(Words.English, new NewWorkshop(Title, Purpose, "en", "community-dialogue", Anonymous: true, Facilitator: "Noa"));
    }

    public async Task DisposeAsync()
    {
        _motion.Dispose();
        await _company.DisposeAsync();
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
        await Noa.TakeSeatsAsync(_workshop.Facilitator);
        await Noa.GoAsync($"/facilitate/{_workshop.Made.Workshop}");
        await Eli.Page.GotoAsync(_workshop.Made.Links.Facilitate);
        await Eli.Field("facilitate:enter.name").FillAsync("Eli");
        await Eli.PressAsync("facilitate:enter.go");
        await Hall.Page.GotoAsync(_workshop.Made.Links.Screen);
        await Hall.ReadsAsync("screen:lobby.scan");
        foreach (var phone in Phones)
        {
            await phone.GoAsync($"/j/{_workshop.Made.Code}");
            await phone.ReadsAsync("join:anonymous");
            await phone.JoinAsync();
        }

        for (var n = 0; n < 5; n++) Others.Add(await _workshop.JoinAsync(null, n < 3 ? "Resident" : "Professional"));
        await Hall.ReadsAsync("screen:lobby.people", ("n", 7));
        foreach (var phone in Phones) await phone.SeesAsync("We may change our minds.");
        await LookAsync("charter", Noa, Sam, Hall);

        // A word to everyone, while they come in.
        await Eli.PressAsync("facilitate:menu.label");
        await Eli.PressAsync("facilitate:menu.announce");
        await Eli.Field("facilitate:announce.text").FillAsync("We begin at ten past six. There is tea by the door.");
        await LookAsync("announce", Eli);
        await Eli.PressAsync("facilitate:announce.go");
        foreach (var visitor in new[] { Sam, Maya, Hall }) await visitor.SeesAsync("There is tea by the door.");
        await LookAsync("announced", Noa, Sam, Hall);
        await Eli.PressAsync("facilitate:menu.label");
        await Eli.PressAsync("facilitate:menu.announce");
        await Eli.PressAsync("facilitate:announce.end");
        await Hall.DoesNotSeeAsync("There is tea by the door.");
    }

    private async Task They_say_where_they_stand_and_what_was_listed_waits()
    {
        foreach (var phone in Phones) await phone.ReadsAsync("kinds:opinion.now.approve");
        await Sam.WriteAsync(Quiet);
        await Maya.WriteAsync(Play);
        await WriteAsync(Others[0], Cars);
        await WriteAsync(Others[1], Market);
        await WriteAsync(Others[2], "The square should be quiet after ten!");
        await Expect(Noa.Queue).ToHaveCountAsync(5);
        await Sam.DoesNotSeeAsync(Play);
        await Hall.DoesNotSeeAsync(Play);
        await Noa.ReadsAsync("facilitate:alike.merge", ("n", 2));
        await LookAsync("statements-waiting", Noa, Sam, Hall);
        await Noa.PressAsync("facilitate:alike.merge", ("n", 2));
        await Expect(Noa.Queue).ToHaveCountAsync(3);
        await Eli.PressAsync("facilitate:queue.all", ("n", 3));
        foreach (var text in Statements)
        {
            foreach (var phone in Phones) await Expect(phone.Cards(text)).ToHaveCountAsync(1);
            await Hall.SeesAsync(text);
        }

        await LookAsync("statements", Noa, Sam, Hall);
    }

    private async Task Each_speaks_of_one_statement_at_a_time_and_sees_how_it_stands_once_they_have_spoken()
    {
        await Noa.PressAsync("kinds:round.open");
        foreach (var phone in Phones) await phone.ReadsAsync("votes:one.of", ("n", 1), ("all", 4));
        await LookAsync("one-at-a-time", Noa, Sam, Hall);
        var ballot = await Company.BallotOfAsync(Others[0]);
        foreach (var (at, person) in Others.Index())
            for (var statement = 0; statement < Statements.Length; statement++) await Company.VoteAsync(person, ballot, Statements[statement], new Vote(Stands[at][statement]));
        // The hall sees the room grow together and apart; who has not spoken yet sees no number beside what they are asked, and not what the others think.
        await Expect(Hall.Heading(Hall.Say["kinds:opinion.shared"])).ToBeVisibleAsync();
        foreach (var phone in Phones)
        {
            await Expect(phone.Page.Locator(".one .choices button")).ToHaveCountAsync(3);
            await Expect(phone.Page.Locator(".one .choices small")).ToHaveCountAsync(0);
            await phone.DoesNotReadAsync("kinds:opinion.title");
        }

        await SaysAsync(Sam, [(Quiet, 1), (Play, 1), (Cars, -1), (Market, 1)]);
        await SaysAsync(Maya, [(Quiet, 1), (Play, -1), (Cars, 0), (Market, 1)]);
        await Noa.ReadsAsync("facilitate:now.ballot.voted", ("n", 7));
        foreach (var phone in Phones)
        {
            await phone.ReadsAsync("votes:one.thanks");
            await Expect(phone.Heading(phone.Say["kinds:opinion.title"])).ToBeVisibleAsync();
            // Seven people are too few for two groups, and so nobody is put into one.
            await phone.ReadsAsync("opinions:few");
        }

        await Sam.PressAsync("votes:one.back");
        await Expect(Sam.Page.Locator(".one .choices small")).ToHaveCountAsync(3);
        await LookAsync("all-said", Noa, Sam, Hall);
    }

    private async Task It_is_seen_what_is_shared_and_where_they_differ()
    {
        await Noa.PressAsync("facilitate:now.ballot.close");
        foreach (var visitor in new[] { Noa, Eli, Sam, Maya, Hall })
        {
            await Expect(visitor.Heading(visitor.Say["kinds:opinion.shared"])).ToBeVisibleAsync();
            await visitor.ReadsAsync("kinds:opinion.divided");
        }

        await Others[0].WaitForAsync(person => person.Board.Counts.Count == 1);
        await LookAsync("ground", Noa, Sam, Hall);
    }

    private async Task A_proposal_that_somebody_cannot_live_with_says_why()
    {
        await Sam.WriteAsync(TryMarket);
        await WriteAsync(Others[3], CloseGates);
        await Noa.Page.GetByRole(AriaRole.Tab, new() { Name = Noa.Say["facilitate:panel.queue.short"] }).ClickAsync();
        await Expect(Noa.Queue).ToHaveCountAsync(2);
        await Noa.PressAsync("facilitate:queue.all", ("n", 2));
        foreach (var phone in Phones) await Expect(phone.Cards(CloseGates)).ToHaveCountAsync(1);
        await Noa.PressAsync("facilitate:now.writing.close");
        await Noa.PressAsync("facilitate:now.ballot.open");
        await Expect(Noa.Radio("votes:method.consent")).ToBeCheckedAsync();
        await Expect(Noa.Radio("facilitate:ballot.counts.live")).ToBeCheckedAsync();
        await Noa.PressAsync("facilitate:ballot.go");
        foreach (var phone in Phones) await phone.ReadsAsync("room:now.vote.consent");
        await Choice(Sam, TryMarket, "votes:value.consent.1").ClickAsync();
        await Choice(Maya, CloseGates, "votes:value.consent.-1").ClickAsync();
        await Maya.Field("votes:object.why").FillAsync(Objection);
        await LookAsync("objecting", Noa, Sam, Maya, Hall);
        await Maya.PressAsync("votes:object.send");
        await Expect(Choice(Maya, CloseGates, "votes:value.consent.-1")).ToHaveAttributeAsync("aria-pressed", "true");
        var ballot = await Company.BallotOfAsync(Others[0]);
        foreach (var person in Others)
        {
            await Company.VoteAsync(person, ballot, TryMarket, new Vote(1));
            await Company.VoteAsync(person, ballot, CloseGates, new Vote(1));
        }

        // Counts are live here: what speaks against it is read while there is time to answer it.
        await Noa.ReadsAsync("facilitate:now.ballot.voted", ("n", 7));
        await Expect(Noa.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = CloseGates })).ToContainTextAsync(Objection);
        await LookAsync("consent", Noa, Sam, Hall);
        await Noa.PressAsync("facilitate:now.ballot.close");
        await Hall.SeesAsync(Objection);
        foreach (var phone in Phones) await Expect(phone.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = CloseGates })).ToContainTextAsync(Objection);
        await LookAsync("consent-closed", Noa, Sam, Hall);
    }

    private async Task What_they_agreed_on_is_taken_on_by_somebody()
    {
        await Noa.PressAsync("plan:desk.bring");
        await Noa.Page.GetByRole(AriaRole.Checkbox, new() { Name = TryMarket }).CheckAsync();
        await LookAsync("bring", Noa);
        await Noa.PressAsync("bring:do", ("n", 1));
        await Of(Noa, "plan:of.owner", TryMarket).FillAsync("The traders’ circle");
        await Of(Noa, "plan:of.due", TryMarket).FillAsync("2031-06-06");
        await Of(Noa, "plan:of.measure", TryMarket).FillAsync("Four markets were held, and we met again");
        await Of(Noa, "plan:of.measure", TryMarket).PressAsync("Enter");
        foreach (var phone in Phones) await Expect(phone.Cards(TryMarket)).ToContainTextAsync("The traders’ circle");
        await Hall.SeesAsync("The traders’ circle");
        await LookAsync("next-steps", Noa, Sam, Hall);
    }

    private async Task The_workshop_ends_and_its_replay_knows_no_names()
    {
        await Eli.PressAsync("facilitate:menu.label");
        await Eli.PressAsync("facilitate:menu.close");
        await LookAsync("close", Eli);
        await Eli.PressAsync("facilitate:close.go");
        await Hall.ReadsAsync("screen:thanks.title");
        foreach (var phone in Phones) await phone.ReadsAsync("room:now.ended");
        await LookAsync("ended", Noa, Sam, Hall);
        await Sam.GoAsync($"/mine/{_workshop.Made.Workshop}");
        await Sam.DoesNotReadAsync("own:mine.reading");
        await Expect(Sam.Cards(TryMarket)).ToContainTextAsync(Sam.Say["dialogue:status.planned"]);
        await LookAsync("mine", Sam);

        await Sam.GoAsync($"/replay/{_workshop.Made.Workshop}");
        await Sam.Page.GetByRole(AriaRole.Tab, new() { Name = "Statements" }).ClickAsync();
        await Expect(Sam.Page.GetByText(Quiet).First).ToBeVisibleAsync();
        await LookAsync("replay", Sam);
    }

    private Task GoOnAsync(string title) => _company.GoOnAsync(title);

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

    private static Task WriteAsync(LivePerson person, string text) => Company.WriteAsync(person, text, "en");

    private static ILocator Choice(Visitor phone, string text, string choice) => phone.Cards(text).GetByRole(AriaRole.Button, new() { Name = phone.Say[choice] });

    private static ILocator Of(Visitor visitor, string key, string text) => visitor.Page.GetByLabel(visitor.Say[key, ("text", text)], new() { Exact = true });

    private Task LookAsync(string what, params Visitor[] visitors) => _company.LookAsync(what, visitors);
}
