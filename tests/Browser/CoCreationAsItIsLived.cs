using System.Text.RegularExpressions;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Boards;
using LiveCoCreate.Wire.Seats;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveCoCreate.Browser;

/// <summary>The whole template *co-creation*, from the first principle to the plan: Noa and Eli run it from two laptops, Dana and Yossi have phones, four more
/// take part whose phones nobody looks at, somebody at table 3 has none, and a big screen hangs in the hall. With SHOTS=FOLDER in the environment it also keeps pictures.</summary>
[Collection("house of screens")]
public sealed partial class CoCreationAsItIsLived(House house) : IAsyncLifetime
{
    private const string Title = "המרפסת של השכונה";
    private const string Purpose = "להפוך יחד את הרחבה שליד המרכז למקום שכולם רוצים לשבת בו.";
    private const string Listen = "מקשיבים לפני שעונים.";
    private const string ListenFully = "מקשיבים עד הסוף, ורק אז עונים.";
    private const string Table3 = "שולחן 3, סבתא רות";

    private static readonly string[] DanasVision = ["ילדים וסבים על אותו ספסל", "ריח של לחם ביום שישי", "אף אחד לא ממהר הביתה"];
    private static readonly string[] OthersVision = ["צל בכל שעה", "מוזיקה אחת לשבוע", "שוק קטן של תוצרת מקומית", "גינה שמטפלים בה יחד"];
    private const string YossisVision = "מישהו יודע איך קוראים לי";

    private const string NoLight = "אין תאורה אחרי שש, ואני לא יורדת לבד";
    private const string Dark = "חשוך ברחבה כבר בשש";
    private const string Rude = "העירייה הזאת פשוט מטומטמת";
    private const string Cafe = "בית הקפה הקטן בפינה, בעל הבית מכיר את כולם";
    private const string Benches = "אין איפה לשבת עם עגלה";
    private const string Typo = "חסרה ברזיה לידלים";
    private const string Mended = "חסרה ברזייה לילדים";

    private static readonly string[] Reasons = ["אף גוף לא אחראי על הרחבה", "התקציב נגמר לפני התחזוקה", "לא שאלו אותנו כשתכננו", "מי שגר מול הרחבה לא פוגש את מי שעובר בה"];
    private const string NobodysJob = "של אף אחד";

    private static readonly string[] Ideas = ["תאורה סולארית לאורך השביל", "ארבעה ספסלים מוצלים, במידה של עגלה", "ועד רחבה: שלושה שכנים ואיש עירייה", "שישי בשתיים: שולחן ארוך אחד"];
    private const string FromTable3 = "ספסל אחד עם ידיות, שאפשר לקום ממנו";
    private static readonly string LightFirst = Ideas[0];
    private static readonly string BenchesNext = Ideas[1];
    private static readonly string Committee = Ideas[2];

    private readonly List<LivePerson> _others = [];
    private Visitor _noa = null!, _eli = null!, _dana = null!, _yossi = null!, _hall = null!;
    private string _code = "";
    private int _pictures;

    private Visitor[] Phones => [_dana, _yossi];

    private Visitor[] Everybody => [_noa, _eli, _dana, _yossi, _hall];

    public async Task InitializeAsync()
    {
        _noa = await house.LaptopAsync(Words.Hebrew);
        _eli = await house.LaptopAsync(Words.Hebrew);
        _dana = await house.PhoneAsync(Words.Hebrew);
        _yossi = await house.PhoneAsync(Words.Hebrew);
        _hall = await house.ProjectorAsync(Words.Hebrew);
    }

    public async Task DisposeAsync()
    {
        foreach (var visitor in Everybody) await visitor.DisposeAsync();
        foreach (var person in _others) await person.DisposeAsync();
    }

    [Fact]
    public async Task Six_people_and_two_facilitators_come_from_a_principle_to_a_plan()
    {
        await Noa_makes_the_workshop_and_Eli_comes_to_the_desk();
        await Six_people_come_in_and_agree_to_the_charter();
        await Dana_puts_a_principle_better_and_everybody_agrees_again();

        await GoOnAsync("חזון");
        await Everybody_writes_alone_until_the_reveal();

        await GoOnAsync("מה עובד ומה לא");
        await What_comes_in_is_read_first_and_one_of_it_is_hidden_kindly();
        await What_was_said_twice_is_merged_and_the_team_answers();

        await GoOnAsync("למה זה קורה");
        await Everybody_groups_and_a_theme_of_Danas_waits_for_a_yes();

        await GoOnAsync("רעיונות");
        await Who_has_no_phone_takes_part_and_Yossi_has_the_floor();
        await An_idea_stands_on_the_big_screen_and_all_are_placed_by_impact_and_effort();

        await GoOnAsync("סדרי עדיפויות");
        await They_vote_and_nobody_sees_a_count_until_Noa_reveals_it();
        await A_second_round_shows_what_it_shifted();

        await GoOnAsync("תוכנית");
        await What_was_chosen_gets_an_owner_a_date_and_a_measure();
        await The_workshop_ends_and_everyone_reads_what_became_of_their_ideas();
        await The_replay_shows_it_as_it_was();
        foreach (var visitor in Everybody) Assert.Empty(visitor.Complaints);
    }

    // Coming in

    private async Task Noa_makes_the_workshop_and_Eli_comes_to_the_desk()
    {
        await _noa.GoAsync("/new");
        await _noa.Field("setup:name.label").FillAsync(Title);
        await _noa.Field("setup:purpose.label").FillAsync(Purpose);
        await _noa.Page.GetByRole(AriaRole.Radio, new() { Name = "יצירה משותפת" }).CheckAsync();
        await _noa.Page.GetByText(_noa.Say["setup:more.title"]).ClickAsync();
        await _noa.Field("setup:facilitator.label").FillAsync("נועה");
        await LookAsync("new", _noa);
        await _noa.PressAsync("setup:make");
        await Expect(_noa.Heading(_noa.Say["setup:made.title", ("title", Title)])).ToBeVisibleAsync();
        _code = JoinLink().Match(await _noa.Page.GetByText(JoinLink()).InnerTextAsync()).Groups[1].Value;
        var (facilitate, screen) = (await _noa.Page.GetByText(FacilitateLink()).InnerTextAsync(), await _noa.Page.GetByText(ScreenLink()).InnerTextAsync());
        await LookAsync("made", _noa);
        await _noa.PressAsync("setup:made.open");
        await Expect(_noa.Heading(Title)).ToBeVisibleAsync();

        await _eli.Page.GotoAsync(facilitate);
        await _eli.Field("facilitate:enter.name").FillAsync("אלי");
        await LookAsync("enter", _eli);
        await _eli.PressAsync("facilitate:enter.go");
        await Expect(_eli.Heading(Title)).ToBeVisibleAsync();
        await _noa.Page.GetByRole(AriaRole.Tab, new() { Name = _noa.Say["facilitate:panel.people"] }).ClickAsync();
        await Expect(_noa.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "אלי" })).ToContainTextAsync(_noa.Say["facilitate:people.present"]);
        await _hall.Page.GotoAsync(screen);
    }

    private async Task Six_people_come_in_and_agree_to_the_charter()
    {
        // What the code in the picture says is the link to join.
        var picture = _hall.Page.GetByRole(AriaRole.Img, new() { Name = _hall.Say["screen:lobby.code", ("code", _code)] });
        await Expect(picture).ToBeVisibleAsync();
        await _hall.Page.WaitForFunctionAsync("() => [...document.images].every((one) => one.complete && one.naturalWidth > 0)");
        await _hall.SeesAsync(Listen);
        await LookAsync("lobby", _hall);

        await _dana.GoAsync($"/j/{_code}");
        await _dana.SeesAsync(Purpose);
        await _dana.SeesAsync(Listen);
        await LookAsync("join", _dana);
        await _dana.Page.GetByRole(AriaRole.Checkbox, new() { Name = "תושב.ת" }).CheckAsync();
        await _dana.JoinAsync("דנה");
        await _yossi.GoAsync("/");
        await _yossi.Field("home:join.label").FillAsync(_code);
        await LookAsync("home", _yossi);
        await _yossi.PressAsync("home:join.enter");
        await _yossi.JoinAsync("יוסי");
        foreach (var name in new[] { "רבקה", "אחמד", "לאה", "Olga" })
        {
            var person = house.Wire.NewPerson();
            _others.Add(person);
            await person.JoinAsync(_code, new JoinRequest { Alias = name, Roles = ["תושב.ת"], Language = "he" });
            await person.WatchAsync();
        }

        await _hall.ReadsAsync("screen:lobby.people", ("n", 6));
        await Expect(_noa.Button("facilitate:bar.people", ("n", 6))).ToBeVisibleAsync();
        foreach (var phone in Phones) await Expect(phone.Heading("איך אנחנו לוקחים חלק")).ToBeVisibleAsync();
        await LookAsync("charter", _noa, _dana, _hall);
    }

    private async Task Dana_puts_a_principle_better_and_everybody_agrees_again()
    {
        await _dana.PressAsync("charter:propose.about", ("text", Listen));
        await _dana.Field("charter:propose.words").FillAsync(ListenFully);
        await LookAsync("propose", _dana);
        await _dana.PressAsync("charter:propose.send");
        await Expect(_dana.Cards(ListenFully)).ToContainTextAsync(_dana.Say["room:state.waiting"]);
        await _noa.Page.GetByRole(AriaRole.Tab, new() { Name = _noa.Say["facilitate:panel.queue.short"] }).ClickAsync();
        await Expect(_noa.Queue).ToHaveCountAsync(1);
        await _yossi.DoesNotSeeAsync(ListenFully);
        await LookAsync("proposed", _noa);
        await _noa.Queue.First.GetByRole(AriaRole.Button, new() { Name = _noa.Say["facilitate:queue.approve"] }).ClickAsync();
        await _yossi.SeesAsync(ListenFully);
        await _hall.SeesAsync(ListenFully);

        await _noa.PressAsync("charter:desk.adopt.about", ("text", ListenFully));
        await LookAsync("adopt", _noa);
        await _noa.PressAsync("charter:edit.adopt.save");
        foreach (var phone in Phones) await phone.ReadsAsync("charter:agree.title");
        await _noa.ReadsAsync("charter:desk.agreed", ("agreed", 0), ("people", 6));
        await LookAsync("agree-again", _noa, _dana, _hall);
        foreach (var phone in Phones)
        {
            await phone.PressAsync("charter:agree.do");
            await phone.DoesNotReadAsync("charter:agree.do");
        }

        foreach (var person in _others) (await person.SubmitAsync(Command.OnWorkshop("agree-charter", new { charter = 2 }))).Expect("agree-charter");
        await _hall.ReadsAsync("charter:screen.agreed.all");
        await _noa.ReadsAsync("charter:desk.agreed", ("agreed", 6), ("people", 6));
        await LookAsync("agreed", _noa, _dana, _hall);
    }

    // Vision

    private async Task Everybody_writes_alone_until_the_reveal()
    {
        foreach (var phone in Phones) await phone.ReadsAsync("room:now.private");
        await _noa.PressAsync("inRoom:timer.go", ("time", "8:00"));
        foreach (var phone in Phones) await Expect(phone.Page.GetByRole(AriaRole.Timer)).ToContainTextAsync("7:");
        await Expect(_hall.Page.GetByRole(AriaRole.Timer)).ToContainTextAsync("7:");

        foreach (var text in DanasVision) await _dana.WriteAsync(text);
        for (var at = 0; at < OthersVision.Length; at++) await WriteAsync(_others[at], OthersVision[at]);
        foreach (var phone in Phones) await phone.ReadsAsync("room:private.written", ("n", 7));
        await _noa.ReadsAsync("facilitate:board.unrevealed", ("n", 7));
        await _hall.ReadsAsync("screen:private.count", ("n", 7));
        foreach (var text in OthersVision)
        {
            await _dana.DoesNotSeeAsync(text);
            await _noa.DoesNotSeeAsync(text);
            await _hall.DoesNotSeeAsync(text);
        }

        // Two of five wrote half: who has not written is asked kindly, and nobody else is.
        await _noa.Page.GetByRole(AriaRole.Tab, new() { Name = _noa.Say["facilitate:panel.people"] }).ClickAsync();
        await _noa.ReadsAsync("facilitate:voices.half", ("n", 2), ("writers", 5));
        await _noa.PressAsync("facilitate:voices.invite");
        await _yossi.ReadsAsync("room:invited.text");
        await _dana.DoesNotReadAsync("room:invited.text");
        await LookAsync("private", _noa, _dana, _yossi, _hall);
        await _yossi.WriteAsync(YossisVision);
        await _yossi.DoesNotReadAsync("room:invited.text");
        await _noa.ReadsAsync("facilitate:voices.half", ("n", 2), ("writers", 6));

        // Dana is ready; there is less time than was planned, and everyone is told when a minute is left.
        await _dana.PressAsync("room:signal.ready");
        await _noa.ReadsAsync("facilitate:ready.count", ("n", 1), ("all", 6));
        await _noa.PressAsync("facilitate:timer.pause");
        for (var minute = 0; minute < 7; minute++) await _noa.PressAsync("facilitate:timer.minus");
        await Expect(_hall.Page.GetByRole(AriaRole.Timer)).ToContainTextAsync("0:");
        await _noa.Page.GetByTitle(_noa.Say["facilitate:timer.label"], new() { Exact = true }).ClickAsync();
        await LookAsync("timer", _noa);
        await _noa.Page.Keyboard.PressAsync("Escape");
        await _noa.PressAsync("facilitate:timer.resume");
        foreach (var phone in Phones) await phone.ReadsAsync("common:timer.minute");
        await _hall.ReadsAsync("screen:timer.minute");
        await LookAsync("last-minute", _noa, _dana, _hall);

        await _noa.PressAsync("facilitate:now.reveal.n", ("n", 8));
        foreach (var text in DanasVision.Concat(OthersVision).Append(YossisVision))
        {
            foreach (var phone in Phones) await Expect(phone.Cards(text)).ToHaveCountAsync(1);
            await Expect(_eli.CardOnBoard(text)).ToHaveCountAsync(1);
        }

        foreach (var text in new[] { DanasVision[0], YossisVision }) await _hall.SeesAsync(text);
        await LookAsync("revealed", _noa, _dana, _hall);

        // Eli shows the hall its own words.
        await _eli.Page.Keyboard.PressAsync("b");
        await _eli.PressAsync("inRoom:screen.cloud");
        await _hall.ReadsAsync("screen:cloud.title");
        await LookAsync("cloud", _eli, _hall);
        await _eli.PressAsync("inRoom:screen.end");
        await _hall.DoesNotReadAsync("screen:cloud.title");
    }

    // Learning

    private async Task What_comes_in_is_read_first_and_one_of_it_is_hidden_kindly()
    {
        await Dock(_dana).GetByRole(AriaRole.Radio, new() { Name = "כואב" }).CheckAsync();
        await _dana.WriteBox.FillAsync(NoLight);
        await LookAsync("writing", _dana);
        await _dana.PressAsync("room:write.send");
        await Expect(_dana.Cards(NoLight)).ToContainTextAsync(_dana.Say["room:state.waiting"]);
        await _yossi.WriteAsync(Rude);
        foreach (var (who, text, lane) in new[] { (0, Cafe, 0), (1, Dark, 1), (2, Benches, 1), (3, Typo, 2) }) await WriteAsync(_others[who], text, lane);
        await _noa.Page.GetByRole(AriaRole.Tab, new() { Name = _noa.Say["facilitate:panel.queue.short"] }).ClickAsync();
        foreach (var desk in new[] { _noa, _eli }) await Expect(desk.Queue).ToHaveCountAsync(6);
        foreach (var text in new[] { Cafe, Dark, Rude }) await _dana.DoesNotSeeAsync(text);
        await LookAsync("queue", _noa);

        // While Eli has one in hand, Noa sees it; nobody who takes part learns of either.
        await WaitingAt(_eli, Typo).GetByRole(AriaRole.Button, new() { Name = _eli.Say["facilitate:queue.edit"] }).ClickAsync();
        await _noa.ReadsAsync("inRoom:held.edit", ("name", "אלי"));
        await LookAsync("held", _noa, _eli);
        await _eli.Page.GetByRole(AriaRole.Textbox, new() { Name = _eli.Say["facilitate:edit.text"] }).FillAsync(Mended);
        await _eli.PressAsync("facilitate:edit.approve");
        await _dana.SeesAsync(Mended);

        await WaitingAt(_noa, Rude).GetByRole(AriaRole.Button, new() { Name = _noa.Say["facilitate:queue.hide"] }).ClickAsync();
        await LookAsync("hide", _noa);
        await _noa.Page.Keyboard.PressAsync("4");
        await _yossi.ReadsAsync("dialogue:idea.told", ("text", Rude), ("reason", _yossi.Say["facilitate:hide.told.tone"]));
        await Expect(_yossi.Cards(Rude)).ToContainTextAsync(_yossi.Say["facilitate:hide.told.tone"]);
        await LookAsync("hidden", _yossi);
        await Expect(_noa.Queue).ToHaveCountAsync(4);
        await _noa.PressAsync("facilitate:queue.all", ("n", 4));
        foreach (var text in new[] { NoLight, Cafe, Dark, Benches, Mended }) foreach (var phone in Phones) await Expect(phone.Cards(text)).ToHaveCountAsync(1);
        await _dana.DoesNotSeeAsync(Rude);
        await _hall.SeesAsync(Cafe);
        await _hall.DoesNotSeeAsync(Rude);
        await LookAsync("approved", _noa, _dana, _hall);
    }

    private async Task What_was_said_twice_is_merged_and_the_team_answers()
    {
        await _noa.CardOnBoard(Dark).ClickAsync();
        await _noa.CardOnBoard(NoLight).ClickAsync();
        await LookAsync("selected", _noa);
        await _noa.PressAsync("facilitate:chosen.merge");
        await _noa.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = NoLight }).ClickAsync();
        await _dana.ReadsAsync("room:idea.joined", ("n", 1));
        await Expect(_noa.CardOnBoard(Dark)).ToHaveCountAsync(0);

        // Yossi likes it and asks; what he asks is read first, and then Dana reads it.
        const string Question = "ומי יחליף נורה שנשרפה?";
        await _yossi.Cards(NoLight).GetByRole(AriaRole.Button, new() { Name = _yossi.Say["dialogue:reaction.heart"], Exact = true }).ClickAsync();
        await _yossi.PressAsync("dialogue:talk.open", ("text", NoLight));
        await _yossi.PressAsync("dialogue:reaction.light");
        await _yossi.Field("dialogue:comment.label").FillAsync(Question);
        await _yossi.PressAsync("dialogue:comment.send");
        await _yossi.ReadsAsync("dialogue:comment.waiting");
        await LookAsync("talk", _yossi);
        await _yossi.PressAsync("common:action.close");
        await _eli.Page.GetByRole(AriaRole.Region, new() { Name = _eli.Say["dialogue:queue.title"] }).GetByRole(AriaRole.Button, new() { Name = _eli.Say["dialogue:desk.approve"], Exact = true }).ClickAsync();
        await Expect(_dana.Button("dialogue:talk.open", ("text", NoLight))).ToContainTextAsync("1");

        await _noa.CardOnBoard(NoLight).FocusAsync();
        await _noa.Page.Keyboard.PressAsync("c");
        await _noa.SeesAsync(Question);
        await _noa.Field("dialogue:reply.label").FillAsync("נבדוק עם מחלקת המאור ונחזור עד ראשון.");
        await _noa.PressAsync("dialogue:reply.save");
        await _dana.ReadsAsync("dialogue:reply.told", ("text", NoLight));
        await _noa.Radio("dialogue:status.discussed").CheckAsync();
        await _noa.PressAsync("dialogue:status.save");
        await _dana.ReadsAsync("dialogue:status.told", ("text", NoLight), ("status", _dana.Say["dialogue:status.discussed"]));
        await Expect(_yossi.Cards(NoLight)).ToContainTextAsync(_yossi.Say["dialogue:status.discussed"]);
        await LookAsync("answered", _noa, _dana);
        await _noa.Page.Keyboard.PressAsync("Escape");
    }

    // Problem analysis

    private async Task Everybody_groups_and_a_theme_of_Danas_waits_for_a_yes()
    {
        for (var at = 0; at < Reasons.Length; at++) await WriteAsync(_others[at], Reasons[at]);
        await Expect(_noa.Queue).ToHaveCountAsync(4);
        await _noa.PressAsync("facilitate:queue.all", ("n", 4));
        await _noa.PressAsync("facilitate:now.writing.close");
        await _noa.Radio("facilitate:board.themes").CheckAsync();
        await _noa.PressAsync("grouping:who.button.facilitators");
        await _noa.Radio("grouping:who.everyone").CheckAsync();
        await LookAsync("who-groups", _noa);
        await _noa.Page.GetByRole(AriaRole.Dialog).GetByText(_noa.Say["common:action.close"], new() { Exact = true }).ClickAsync();

        await ToSort(_dana, Reasons[0]).ClickAsync();
        await LookAsync("where", _dana);
        await Where(_dana).GetByRole(AriaRole.Button, new() { Name = _dana.Say["grouping:sort.new"] }).ClickAsync();
        await _dana.Page.GetByLabel(_dana.Say["grouping:sort.name"]).FillAsync(NobodysJob);
        await _dana.Page.Keyboard.PressAsync("Enter");
        await _dana.ReadsAsync("grouping:sort.waits");
        await Expect(_noa.Column(NobodysJob)).ToContainTextAsync(_noa.Say["grouping:theme.waits"]);
        await _yossi.DoesNotSeeAsync(NobodysJob);
        await LookAsync("theme-waits", _noa, _dana);
        await _noa.PressAsync("grouping:theme.approve");

        await _dana.DoesNotReadAsync("grouping:sort.waits");
        await _yossi.SeesAsync(NobodysJob);
        await ToSort(_yossi, Reasons[1]).ClickAsync();
        await Where(_yossi).GetByRole(AriaRole.Button, new() { Name = NobodysJob }).ClickAsync();
        foreach (var reason in Reasons[..2]) await Expect(_noa.Column(NobodysJob)).ToContainTextAsync(reason);
        await Expect(_dana.Page.GetByRole(AriaRole.Radiogroup, new() { Name = _dana.Say["grouping:sort.groups"] }).Locator("label").Filter(new() { HasText = NobodysJob })).ToContainTextAsync("2");
        await _hall.SeesAsync(NobodysJob);
        await LookAsync("grouped", _noa, _dana, _hall);
    }

    // Ideas

    private async Task Who_has_no_phone_takes_part_and_Yossi_has_the_floor()
    {
        await _dana.WriteAsync(Ideas[0]);
        for (var at = 1; at < Ideas.Length; at++) await WriteAsync(_others[at], Ideas[at]);
        await Expect(_noa.Queue).ToHaveCountAsync(4);
        await _noa.PressAsync("facilitate:queue.all", ("n", 4));
        await _noa.Radio("facilitate:board.lanes").CheckAsync();
        await _noa.PressAsync("facilitate:lane.menu", ("title", "רעיונות"));
        await _noa.PressAsync("facilitate:lane.write");
        await _noa.Page.GetByRole(AriaRole.Textbox, new() { Name = _noa.Say["facilitate:edit.text"] }).FillAsync(FromTable3);
        await _noa.Page.GetByRole(AriaRole.Checkbox, new() { Name = _noa.Say["inRoom:proxy.write"] }).CheckAsync();
        await LookAsync("proxy-write", _noa);
        await _noa.PressAsync("facilitate:write.go");
        foreach (var phone in Phones) await Expect(phone.Cards(FromTable3)).ToContainTextAsync(phone.Say["room:idea.proxy"]);

        await _yossi.PressAsync("room:signal.hand");
        await _eli.Page.GetByRole(AriaRole.Tab, new() { Name = _eli.Say["facilitate:panel.people"] }).ClickAsync();
        await _eli.Field("inRoom:proxy.label").FillAsync(Table3);
        await _eli.PressAsync("inRoom:proxy.add");
        await Expect(_eli.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "יוסי" }).First).ToBeVisibleAsync();
        await LookAsync("hand", _eli, _yossi);
        await _eli.PressAsync("facilitate:hands.floor");
        await _yossi.ReadsAsync("room:signal.floor");
        await _dana.DoesNotReadAsync("room:signal.floor");
        await LookAsync("floor", _eli, _yossi);
        await _yossi.PressAsync("room:signal.floor.done");
        await Expect(_eli.Heading(_eli.Say["facilitate:hands.title"])).ToHaveCountAsync(0);
    }

    private async Task An_idea_stands_on_the_big_screen_and_all_are_placed_by_impact_and_effort()
    {
        await _eli.CardOnBoard(Ideas[2]).FocusAsync();
        await _eli.Page.Keyboard.PressAsync("s");
        await _hall.ReadsAsync("screen:spotlight.title");
        await _hall.SeesAsync(Ideas[2]);
        await _hall.DoesNotSeeAsync(Ideas[3]);
        foreach (var phone in Phones) await phone.ReadsAsync("room:idea.lit");
        await LookAsync("spotlight", _eli, _dana, _hall);

        // The vote ends what was turned to; the template asks for impact and effort.
        await _noa.PressAsync("facilitate:now.writing.close");
        await _noa.PressAsync("facilitate:now.ballot.open");
        await Expect(_noa.Radio("votes:method.axes")).ToBeCheckedAsync();
        await LookAsync("ballot", _noa);
        await _noa.PressAsync("facilitate:ballot.go");
        await _hall.ReadsAsync("votes:how.axes");
        await _hall.DoesNotReadAsync("screen:spotlight.title");
        await _dana.ReadsAsync("room:now.vote.axes");
        await _dana.Cards(Ideas[0]).Locator(".area").ClickAsync(new() { Position = new() { X = 60, Y = 40 } });
        await _dana.Cards(Ideas[1]).GetByRole(AriaRole.Slider, new() { Name = _dana.Say["votes:axes.impact"] }).FillAsync("7");
        await _dana.ReadsAsync("room:vote.said", ("said", 2), ("all", 5));
        await LookAsync("placing", _noa, _dana, _hall);
        var ballot = await OpenBallotAsync(_others[0]);
        foreach (var (at, person) in _others.Index())
            for (var idea = 0; idea < Ideas.Length; idea++) await VoteAsync(person, ballot, Ideas[idea], new Vote(8 - idea, Effort: 1 + (2 * idea) + (at % 2)));
        await _noa.ReadsAsync("facilitate:now.ballot.voted", ("n", 5));
        Assert.Empty(_others[0].Board.Counts);
        await _noa.PressAsync("facilitate:now.ballot.close");
        foreach (var phone in Phones) await Expect(phone.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = Ideas[0] })).ToHaveCountAsync(1);
        await Expect(_hall.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = Ideas[0] })).ToHaveCountAsync(1);
        await LookAsync("placed", _noa, _dana, _hall);
    }

    // Priorities

    private async Task They_vote_and_nobody_sees_a_count_until_Noa_reveals_it()
    {
        // What came out best comes here by itself, and who wrote it learns so at once.
        await _noa.ReadsAsync("bring:empty.title");
        await LookAsync("priorities-empty", _noa);
        await _noa.PressAsync("bring:open");
        await _noa.PressAsync("bring:top", ("n", 3));
        await LookAsync("bring-on", _noa);
        await _noa.PressAsync("bring:do", ("n", 3));
        await _dana.ReadsAsync("dialogue:went.told", ("n", 1));
        await LookAsync("brought-on", _noa, _dana, _hall);
        foreach (var text in new[] { LightFirst, BenchesNext, Committee }) foreach (var phone in Phones) await Expect(phone.Cards(text)).ToHaveCountAsync(1);
        await _noa.PressAsync("facilitate:now.writing.close");
        await OpenRoundAsync("facilitate:now.ballot.open");
        foreach (var phone in Phones) await phone.ReadsAsync("room:vote.left", ("n", 5), ("budget", 5));
        await _hall.ReadsAsync("screen:voting.open");

        foreach (var text in new[] { LightFirst, LightFirst, BenchesNext }) await _dana.GiveDotAsync(text);
        await _dana.ReadsAsync("room:vote.left", ("n", 2), ("budget", 5));
        await _yossi.GiveDotAsync(Committee);
        var ballot = await OpenBallotAsync(_others[0]);
        foreach (var person in _others[..3]) await VoteAsync(person, ballot, LightFirst, 2);
        await VoteAsync(_others[3], ballot, BenchesNext, 2);
        await _eli.Page.GetByRole(AriaRole.Tab, new() { Name = _eli.Say["facilitate:panel.people"] }).ClickAsync();
        await _eli.PressAsync("inRoom:proxy.vote", ("name", Table3));
        await _eli.GiveDotAsync(BenchesNext);
        await _eli.ReadsAsync("inRoom:proxy.left", ("n", 4));
        await LookAsync("proxy-vote", _eli);
        await _eli.PressAsync("inRoom:proxy.done");
        await _eli.ReadsAsync("inRoom:proxy.voted");
        await _noa.ReadsAsync("facilitate:now.ballot.voted", ("n", 7));
        await _noa.ReadsAsync("facilitate:votes.secret.until");
        await NobodySeesACountAsync();
        await LookAsync("voting", _noa, _eli, _dana, _hall);

        await _noa.PressAsync("facilitate:now.ballot.close");
        await _hall.ReadsAsync("screen:counting.soon");
        foreach (var phone in Phones) await phone.ReadsAsync("room:now.counting");
        await _noa.ReadsAsync("facilitate:votes.secret.reveal");
        await NobodySeesACountAsync();
        await LookAsync("counting", _noa, _dana, _hall);

        await _noa.PressAsync("facilitate:now.ballot.reveal");
        foreach (var phone in Phones)
        {
            await Expect(Results(phone).Nth(1)).ToContainTextAsync(LightFirst);
            await Expect(Results(phone).Nth(1)).ToContainTextAsync("8");
            await Expect(Results(phone).Filter(new() { HasText = BenchesNext })).ToContainTextAsync("4");
            await phone.ReadsAsync("room:results.voters", ("n", 7));
            await phone.ReadsAsync("room:results.proxies", ("n", 1));
        }

        await Expect(Results(_hall).Nth(1)).ToContainTextAsync(LightFirst);
        await Expect(Results(_noa).Nth(1)).ToContainTextAsync(LightFirst);
        await _others[0].WaitForAsync(person => person.Board.Tallies.Count == 1);
        await LookAsync("results", _noa, _eli, _dana, _hall);
    }

    private async Task A_second_round_shows_what_it_shifted()
    {
        await OpenRoundAsync("facilitate:now.ballot.again");
        foreach (var phone in Phones) await phone.ReadsAsync("room:vote.left", ("n", 5), ("budget", 5));
        var ballot = await OpenBallotAsync(_others[0]);
        foreach (var person in _others) await VoteAsync(person, ballot, BenchesNext, 2);
        await _dana.GiveDotAsync(BenchesNext);
        await _yossi.GiveDotAsync(LightFirst);
        await _noa.ReadsAsync("facilitate:now.ballot.voted", ("n", 6));
        await _noa.PressAsync("facilitate:now.ballot.close");
        await _noa.PressAsync("facilitate:now.ballot.reveal");
        foreach (var visitor in new[] { _dana, _yossi, _noa, _hall })
        {
            await Expect(Results(visitor).Nth(1)).ToContainTextAsync(BenchesNext);
            await Expect(visitor.Page.GetByRole(AriaRole.Columnheader, new() { Name = visitor.Say["votes:shift.title"] }).First).ToBeAttachedAsync();
        }

        await LookAsync("second-round", _noa, _dana, _hall);
    }

    // Plan

    private async Task What_was_chosen_gets_an_owner_a_date_and_a_measure()
    {
        await _hall.ReadsAsync("plan:progress.none");
        await LookAsync("plan-empty", _noa, _dana, _hall);
        await _noa.PressAsync("plan:desk.bring");
        foreach (var text in new[] { BenchesNext, LightFirst }) await _noa.Page.GetByRole(AriaRole.Checkbox, new() { Name = text }).CheckAsync();
        await LookAsync("bring", _noa);
        await _noa.PressAsync("bring:do", ("n", 2));
        // And one straight from the step where it was written.
        await _noa.PressAsync("plan:desk.bring");
        await _noa.Page.GetByRole(AriaRole.Radio, new() { Name = "רעיונות", Exact = true }).CheckAsync();
        await _noa.Page.GetByRole(AriaRole.Checkbox, new() { Name = Ideas[3] }).CheckAsync();
        await _noa.PressAsync("bring:do", ("n", 1));
        await Expect(_noa.Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(4);

        await Of(_noa, "plan:of.owner", BenchesNext).FillAsync("דנה ואגף שפ״ע");
        await Of(_noa, "plan:of.due", BenchesNext).FillAsync("2031-05-01");
        await Of(_noa, "plan:of.measure", BenchesNext).FillAsync("ארבעה ספסלים, ומישהו יושב עליהם בכל ערב");
        await Of(_noa, "plan:of.owner", Ideas[3]).FillAsync("יוסי");
        await Of(_noa, "plan:of.state", Ideas[3]).SelectOptionAsync("doing");
        await _noa.ReadsAsync("plan:progress", ("done", 0), ("n", 3));
        foreach (var phone in Phones)
        {
            await Expect(phone.Cards(BenchesNext)).ToContainTextAsync("דנה ואגף שפ״ע");
            await Expect(phone.Cards(Ideas[3])).ToContainTextAsync(phone.Say["plan:state.doing"]);
        }

        await _hall.SeesAsync("דנה ואגף שפ״ע");
        await LookAsync("plan", _noa, _dana, _hall);
    }

    private async Task The_workshop_ends_and_everyone_reads_what_became_of_their_ideas()
    {
        await _noa.PressAsync("facilitate:menu.label");
        await LookAsync("menu", _noa);
        await _noa.PressAsync("facilitate:menu.close");
        await _noa.PressAsync("facilitate:close.go");
        await _hall.ReadsAsync("screen:thanks.title");
        foreach (var phone in Phones) await phone.ReadsAsync("room:now.ended");
        foreach (var desk in new[] { _noa, _eli }) await desk.ReadsAsync("facilitate:bar.closed");
        await LookAsync("ended", _noa, _dana, _hall);

        await _dana.PressAsync("common:action.menu");
        await LookAsync("room-menu", _dana);
        await _dana.Page.GetByText(_dana.Say["room:contributions.open"], new() { Exact = true }).ClickAsync();
        await _dana.DoesNotReadAsync("room:mine.reading");
        foreach (var text in DanasVision.Append(ListenFully).Append(NoLight)) await Expect(_dana.Cards(text)).ToHaveCountAsync(1);
        await Expect(_dana.Cards(NoLight)).ToContainTextAsync("נבדוק עם מחלקת המאור");
        await Expect(_dana.Cards(ListenFully)).ToContainTextAsync(_dana.Say["dialogue:status.chosen"]);
        foreach (var went in new[] { _dana.Say["plan:went.on", ("step", "סדרי עדיפויות")], _dana.Say["plan:went"] })
            await Expect(_dana.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = Ideas[0] })).ToContainTextAsync(went);
        await LookAsync("mine", _dana);
        await _yossi.PressAsync("common:action.menu");
        await _yossi.Page.GetByText(_yossi.Say["room:contributions.open"], new() { Exact = true }).ClickAsync();
        await Expect(_yossi.Cards(Rude)).ToContainTextAsync(_yossi.Say["facilitate:hide.told.tone"]);
    }

    private async Task The_replay_shows_it_as_it_was()
    {
        await _noa.PressAsync("facilitate:menu.label");
        await _noa.PressAsync("facilitate:menu.replay");
        await _noa.Page.GetByRole(AriaRole.Tab, new() { Name = "סדרי עדיפויות" }).ClickAsync();
        var counts = _noa.Heading(_noa.Say["votes:method.dots"]);
        await Expect(counts.First).ToBeVisibleAsync();
        await LookAsync("replay", _noa);
        await _noa.Page.GetByRole(AriaRole.Slider, new() { Name = _noa.Say["replay:player.timeline"] }).FocusAsync();
        await _noa.Page.Keyboard.PressAsync("Home");
        await Expect(counts).ToHaveCountAsync(0);
        await _noa.DoesNotSeeAsync(LightFirst);
    }

    // How they do it

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

        await LookAsync("begins", _noa, _dana, _hall);
    }

    private async Task OpenRoundAsync(string key)
    {
        await _noa.Button(key).First.ClickAsync();
        await Expect(_noa.Radio("votes:method.dots")).ToBeCheckedAsync();
        await Expect(_noa.Radio("facilitate:ballot.counts.reveal")).ToBeCheckedAsync();
        await _noa.PressAsync("facilitate:ballot.go");
    }

    private async Task NobodySeesACountAsync()
    {
        foreach (var visitor in Everybody) await Expect(visitor.Page.GetByRole(AriaRole.Table)).ToHaveCountAsync(0);
        foreach (var phone in Phones) await Expect(phone.Page.GetByText(phone.Say["room:dots.count", ("n", 8)])).ToHaveCountAsync(0);
        foreach (var person in _others) Assert.Empty(person.Board.Tallies);
    }

    private static async Task WriteAsync(LivePerson person, string text, int lane = 0) =>
        (await person.SubmitAsync(Commands.AddIdea(person.Board.Board, Ids.New(), person.Board.Lanes.OrderBy(one => one.Value.Rank, StringComparer.Ordinal).ElementAt(lane).Key, text, "he"))).Expect("add-idea");

    private static async Task<string> OpenBallotAsync(LivePerson person)
    {
        await person.WaitForAsync(one => one.Board.Ballots.Values.Any(ballot => ballot.Open));
        return person.Board.Ballots.Single(ballot => ballot.Value.Open).Key;
    }

    private static async Task VoteAsync(LivePerson person, string ballot, string text, object vote)
    {
        await person.WaitForAsync(one => one.Board.Ballots.ContainsKey(ballot));
        var (board, idea) = (person.Board.Board, person.Board.Ideas.Single(one => one.Value.Text == text).Key);
        (await person.SubmitAsync(vote is int dots ? Commands.CastVote(board, ballot, idea, dots) : Commands.CastVote(board, ballot, idea, (Vote)vote))).Expect("cast-vote");
    }

    private static ILocator WaitingAt(Visitor desk, string text) => desk.Queue.Filter(new() { HasText = text });

    private static ILocator Dock(Visitor phone) => phone.Page.GetByRole(AriaRole.Region, new() { Name = phone.Say["room:write.label"] });

    private static ILocator ToSort(Visitor phone, string text) => phone.Page.Locator("[data-sort]").Filter(new() { HasText = text });

    private static ILocator Where(Visitor phone) => phone.Page.GetByRole(AriaRole.Group, new() { Name = phone.Say["grouping:sort.where"] });

    private static ILocator Results(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Table).First.GetByRole(AriaRole.Row);

    private static ILocator Of(Visitor visitor, string key, string text) => visitor.Page.GetByLabel(visitor.Say[key, ("text", text)], new() { Exact = true });

    /// <summary>Everything fits on each of these pages; where pictures are wanted, they are kept in the order of the day.</summary>
    private async Task LookAsync(string what, params Visitor[] visitors)
    {
        var picture = ++_pictures;
        var found = await Task.WhenAll(visitors.Select(visitor => EveryScreen.WhatDoesNotFitAsync(visitor, $"co-{picture:00}-{what}-{WhoIs(visitor)}")));
        Assert.Empty(found.SelectMany(one => one));
    }

    private string WhoIs(Visitor visitor) => visitor == _noa ? "noa" : visitor == _eli ? "eli" : visitor == _dana ? "dana" : visitor == _yossi ? "yossi" : "hall";

    [GeneratedRegex("/j/([A-Z0-9]{6})")]
    private static partial Regex JoinLink();

    [GeneratedRegex("^http.*/screen/.*#")]
    private static partial Regex ScreenLink();

    [GeneratedRegex("^http.*/facilitate/.*#")]
    private static partial Regex FacilitateLink();
}
