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

    private IDisposable _motion = null!;
    private Company _company = null!;
    private string _code = "";

    private Visitor Noa => _company.Everybody[0];

    private Visitor Eli => _company.Everybody[1];

    private Visitor Dana => _company.Phones[0];

    private Visitor Yossi => _company.Phones[1];

    private Visitor Hall => _company.Everybody[4];

    private Visitor[] Phones => _company.Phones;

    private Visitor[] Everybody => _company.Everybody;

    private List<LivePerson> Others => _company.Others;

    public async Task InitializeAsync()
    {
        _motion = house.InMotion();
        _company = await Company.ComeAsync(house, Words.Hebrew, "co", "dana", "yossi");
    }

    public async Task DisposeAsync()
    {
        _motion.Dispose();
        await _company.DisposeAsync();
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
        await Noa.GoAsync("/new");
        await Noa.Field("setup:name.label").FillAsync(Title);
        await Noa.Field("setup:purpose.label").FillAsync(Purpose);
        await Noa.Page.GetByRole(AriaRole.Radio, new() { Name = "יצירה משותפת" }).CheckAsync();
        await Noa.Page.GetByText(Noa.Say["setup:more.title"]).ClickAsync();
        await Noa.Field("setup:facilitator.label").FillAsync("נועה");
        await LookAsync("new", Noa);
        await Noa.PressAsync("setup:make");
        await Expect(Noa.Heading(Noa.Say["setup:made.title", ("title", Title)])).ToBeVisibleAsync();
        _code = JoinLink().Match(await Noa.Page.GetByText(JoinLink()).InnerTextAsync()).Groups[1].Value;
        var (facilitate, screen) = (await Noa.Page.GetByText(FacilitateLink()).InnerTextAsync(), await Noa.Page.GetByText(ScreenLink()).InnerTextAsync());
        await LookAsync("made", Noa);
        await Noa.PressAsync("setup:made.open");
        await Expect(Noa.Heading(Title)).ToBeVisibleAsync();

        await Eli.Page.GotoAsync(facilitate);
        await Eli.Field("facilitate:enter.name").FillAsync("אלי");
        await LookAsync("enter", Eli);
        await Eli.PressAsync("facilitate:enter.go");
        await Expect(Eli.Heading(Title)).ToBeVisibleAsync();
        await Noa.Page.GetByRole(AriaRole.Tab, new() { Name = Noa.Say["facilitate:panel.people"] }).ClickAsync();
        await Expect(Noa.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "אלי" })).ToContainTextAsync(Noa.Say["facilitate:people.present"]);
        await Hall.Page.GotoAsync(screen);
    }

    private async Task Six_people_come_in_and_agree_to_the_charter()
    {
        // What the code in the picture says is the link to join.
        var picture = Hall.Page.GetByRole(AriaRole.Img, new() { Name = Hall.Say["screen:lobby.code", ("code", _code)] });
        await Expect(picture).ToBeVisibleAsync();
        await Hall.Page.WaitForFunctionAsync("() => [...document.images].every((one) => one.complete && one.naturalWidth > 0)");
        await Hall.SeesAsync(Listen);
        await LookAsync("lobby", Hall);

        await Dana.GoAsync($"/j/{_code}");
        await Dana.SeesAsync(Purpose);
        await Dana.SeesAsync(Listen);
        await LookAsync("join", Dana);
        await Dana.Page.GetByRole(AriaRole.Checkbox, new() { Name = "תושב.ת" }).CheckAsync();
        await Dana.JoinAsync("דנה");
        await Yossi.GoAsync("/");
        await Yossi.Field("home:join.label").FillAsync(_code);
        await LookAsync("home", Yossi);
        await Yossi.PressAsync("home:join.enter");
        await Yossi.JoinAsync("יוסי");
        foreach (var name in new[] { "רבקה", "אחמד", "לאה", "Olga" })
        {
            var person = house.Wire.NewPerson();
            Others.Add(person);
            await person.JoinAsync(_code, new JoinRequest { Alias = name, Roles = ["תושב.ת"], Language = "he" });
            await person.WatchAsync();
        }

        await Hall.ReadsAsync("screen:lobby.people", ("n", 6));
        await Expect(Noa.Button("facilitate:bar.people", ("n", 6))).ToBeVisibleAsync();
        foreach (var phone in Phones) await Expect(phone.Heading("איך אנחנו לוקחים חלק")).ToBeVisibleAsync();
        await LookAsync("charter", Noa, Dana, Hall);
    }

    private async Task Dana_puts_a_principle_better_and_everybody_agrees_again()
    {
        await Dana.PressAsync("charter:propose.about", ("text", Listen));
        await Dana.Field("charter:propose.words").FillAsync(ListenFully);
        await LookAsync("propose", Dana);
        await Dana.PressAsync("charter:propose.send");
        await Expect(Dana.Cards(ListenFully)).ToContainTextAsync(Dana.Say["room:state.waiting"]);
        await Noa.Page.GetByRole(AriaRole.Tab, new() { Name = Noa.Say["facilitate:panel.queue.short"] }).ClickAsync();
        await Expect(Noa.Queue).ToHaveCountAsync(1);
        await Yossi.DoesNotSeeAsync(ListenFully);
        await LookAsync("proposed", Noa);
        await Noa.Queue.First.GetByRole(AriaRole.Button, new() { Name = Noa.Say["facilitate:queue.approve"] }).ClickAsync();
        await Yossi.SeesAsync(ListenFully);
        await Hall.SeesAsync(ListenFully);

        await Noa.PressAsync("charter:desk.adopt.about", ("text", ListenFully));
        await LookAsync("adopt", Noa);
        await Noa.PressAsync("charter:edit.adopt.save");
        foreach (var phone in Phones) await phone.ReadsAsync("charter:agree.title");
        await Noa.ReadsAsync("charter:desk.agreed", ("agreed", 0), ("people", 6));
        await LookAsync("agree-again", Noa, Dana, Hall);
        foreach (var phone in Phones)
        {
            await phone.PressAsync("charter:agree.do");
            await phone.DoesNotReadAsync("charter:agree.do");
        }

        foreach (var person in Others) (await person.SubmitAsync(Command.OnWorkshop("agree-charter", new { charter = 2 }))).Expect("agree-charter");
        await Hall.ReadsAsync("charter:screen.agreed.all");
        await Noa.ReadsAsync("charter:desk.agreed", ("agreed", 6), ("people", 6));
        await LookAsync("agreed", Noa, Dana, Hall);
    }

    // Vision

    private async Task Everybody_writes_alone_until_the_reveal()
    {
        foreach (var phone in Phones) await phone.ReadsAsync("room:now.private");
        await Noa.PressAsync("inRoom:timer.go", ("time", "8:00"));
        foreach (var phone in Phones) await Expect(phone.Page.GetByRole(AriaRole.Timer)).ToContainTextAsync("7:");
        await Expect(Hall.Page.GetByRole(AriaRole.Timer)).ToContainTextAsync("7:");

        foreach (var text in DanasVision) await Dana.WriteAsync(text);
        for (var at = 0; at < OthersVision.Length; at++) await WriteAsync(Others[at], OthersVision[at]);
        foreach (var phone in Phones) await phone.ReadsAsync("room:private.written", ("n", 7));
        await Noa.ReadsAsync("facilitate:board.unrevealed", ("n", 7));
        await Hall.ReadsAsync("screen:private.count", ("n", 7));
        foreach (var text in OthersVision)
        {
            await Dana.DoesNotSeeAsync(text);
            await Noa.DoesNotSeeAsync(text);
            await Hall.DoesNotSeeAsync(text);
        }

        // Two of five wrote half: who has not written is asked kindly, and nobody else is.
        await Noa.Page.GetByRole(AriaRole.Tab, new() { Name = Noa.Say["facilitate:panel.people"] }).ClickAsync();
        await Noa.ReadsAsync("facilitate:voices.half", ("n", 2), ("writers", 5));
        await Noa.PressAsync("facilitate:voices.invite");
        await Yossi.ReadsAsync("room:invited.text");
        await Dana.DoesNotReadAsync("room:invited.text");
        await LookAsync("private", Noa, Dana, Yossi, Hall);
        await Yossi.WriteAsync(YossisVision);
        await Yossi.DoesNotReadAsync("room:invited.text");
        await Noa.ReadsAsync("facilitate:voices.half", ("n", 2), ("writers", 6));

        // Dana is ready; there is less time than was planned, and everyone is told when a minute is left.
        await Dana.PressAsync("room:signal.ready");
        await Noa.ReadsAsync("facilitate:ready.count", ("n", 1), ("all", 6));
        await Noa.PressAsync("facilitate:timer.pause");
        for (var minute = 0; minute < 7; minute++) await Noa.PressAsync("facilitate:timer.minus");
        await Expect(Hall.Page.GetByRole(AriaRole.Timer)).ToContainTextAsync("0:");
        await Noa.Page.GetByTitle(Noa.Say["facilitate:timer.label"], new() { Exact = true }).ClickAsync();
        await LookAsync("timer", Noa);
        await Noa.Page.Keyboard.PressAsync("Escape");
        await Noa.PressAsync("facilitate:timer.resume");
        foreach (var phone in Phones) await phone.ReadsAsync("common:timer.minute");
        await Hall.ReadsAsync("screen:timer.minute");
        await LookAsync("last-minute", Noa, Dana, Hall);

        await Noa.PressAsync("facilitate:now.reveal.n", ("n", 8));
        foreach (var text in DanasVision.Concat(OthersVision).Append(YossisVision))
        {
            foreach (var phone in Phones) await Expect(phone.Cards(text)).ToHaveCountAsync(1);
            await Expect(Eli.CardOnBoard(text)).ToHaveCountAsync(1);
        }

        foreach (var text in new[] { DanasVision[0], YossisVision }) await Hall.SeesAsync(text);
        await LookAsync("revealed", Noa, Dana, Hall);

        // Eli shows the hall its own words.
        await Eli.Page.Keyboard.PressAsync("b");
        await Eli.PressAsync("inRoom:screen.cloud");
        await Hall.ReadsAsync("screen:cloud.title");
        await LookAsync("cloud", Eli, Hall);
        await Eli.PressAsync("inRoom:screen.end");
        await Hall.DoesNotReadAsync("screen:cloud.title");
    }

    // Learning

    private async Task What_comes_in_is_read_first_and_one_of_it_is_hidden_kindly()
    {
        await Dock(Dana).GetByRole(AriaRole.Radio, new() { Name = "כואב" }).CheckAsync();
        await Dana.WriteBox.FillAsync(NoLight);
        await LookAsync("writing", Dana);
        await Dana.PressAsync("room:write.send");
        await Expect(Dana.Cards(NoLight)).ToContainTextAsync(Dana.Say["room:state.waiting"]);
        await Yossi.WriteAsync(Rude);
        foreach (var (who, text, lane) in new[] { (0, Cafe, 0), (1, Dark, 1), (2, Benches, 1), (3, Typo, 2) }) await WriteAsync(Others[who], text, lane);
        await Noa.Page.GetByRole(AriaRole.Tab, new() { Name = Noa.Say["facilitate:panel.queue.short"] }).ClickAsync();
        foreach (var desk in new[] { Noa, Eli }) await Expect(desk.Queue).ToHaveCountAsync(6);
        foreach (var text in new[] { Cafe, Dark, Rude }) await Dana.DoesNotSeeAsync(text);
        await LookAsync("queue", Noa);

        // While Eli has one in hand, Noa sees it; nobody who takes part learns of either.
        await WaitingAt(Eli, Typo).GetByRole(AriaRole.Button, new() { Name = Eli.Say["facilitate:queue.edit"] }).ClickAsync();
        await Noa.ReadsAsync("inRoom:held.edit", ("name", "אלי"));
        await LookAsync("held", Noa, Eli);
        await Eli.Page.GetByRole(AriaRole.Textbox, new() { Name = Eli.Say["facilitate:edit.text"] }).FillAsync(Mended);
        await Eli.PressAsync("facilitate:edit.approve");
        await Dana.SeesAsync(Mended);

        await WaitingAt(Noa, Rude).GetByRole(AriaRole.Button, new() { Name = Noa.Say["facilitate:queue.hide"] }).ClickAsync();
        await LookAsync("hide", Noa);
        await Noa.Page.Keyboard.PressAsync("4");
        await Yossi.ReadsAsync("dialogue:idea.told", ("text", Rude), ("reason", Yossi.Say["facilitate:hide.told.tone"]));
        await Expect(Yossi.Cards(Rude)).ToContainTextAsync(Yossi.Say["facilitate:hide.told.tone"]);
        await LookAsync("hidden", Yossi);
        await Expect(Noa.Queue).ToHaveCountAsync(4);
        await Noa.PressAsync("facilitate:queue.all", ("n", 4));
        foreach (var text in new[] { NoLight, Cafe, Dark, Benches, Mended }) foreach (var phone in Phones) await Expect(phone.Cards(text)).ToHaveCountAsync(1);
        await Dana.DoesNotSeeAsync(Rude);
        await Hall.SeesAsync(Cafe);
        await Hall.DoesNotSeeAsync(Rude);
        await LookAsync("approved", Noa, Dana, Hall);
    }

    private async Task What_was_said_twice_is_merged_and_the_team_answers()
    {
        await Noa.CardOnBoard(Dark).ClickAsync();
        await Noa.CardOnBoard(NoLight).ClickAsync();
        await LookAsync("selected", Noa);
        await Noa.PressAsync("facilitate:chosen.merge");
        await Noa.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = NoLight }).ClickAsync();
        await Dana.ReadsAsync("room:idea.joined", ("n", 1));
        await Expect(Noa.CardOnBoard(Dark)).ToHaveCountAsync(0);

        // Yossi likes it and asks; what he asks is read first, and then Dana reads it.
        const string Question = "ומי יחליף נורה שנשרפה?";
        await Yossi.Cards(NoLight).GetByRole(AriaRole.Button, new() { Name = Yossi.Say["dialogue:reaction.heart"], Exact = true }).ClickAsync();
        await Yossi.PressAsync("dialogue:talk.open", ("text", NoLight));
        await Yossi.PressAsync("dialogue:reaction.light");
        await Yossi.Field("dialogue:comment.label").FillAsync(Question);
        await Yossi.PressAsync("dialogue:comment.send");
        await Yossi.ReadsAsync("dialogue:comment.waiting");
        await LookAsync("talk", Yossi);
        await Yossi.PressAsync("common:action.close");
        await Eli.Page.GetByRole(AriaRole.Region, new() { Name = Eli.Say["dialogue:queue.title"] }).GetByRole(AriaRole.Button, new() { Name = Eli.Say["dialogue:desk.approve"], Exact = true }).ClickAsync();
        await Expect(Dana.Button("dialogue:talk.open", ("text", NoLight))).ToContainTextAsync("1");

        await Noa.CardOnBoard(NoLight).FocusAsync();
        await Noa.Page.Keyboard.PressAsync("c");
        await Noa.SeesAsync(Question);
        await Noa.Field("dialogue:reply.label").FillAsync("נבדוק עם מחלקת המאור ונחזור עד ראשון.");
        await Noa.PressAsync("dialogue:reply.save");
        await Dana.ReadsAsync("dialogue:reply.told", ("text", NoLight));
        await Noa.Radio("dialogue:status.discussed").CheckAsync();
        await Noa.PressAsync("dialogue:status.save");
        await Dana.ReadsAsync("dialogue:status.told", ("text", NoLight), ("status", Dana.Say["dialogue:status.discussed"]));
        await Expect(Yossi.Cards(NoLight)).ToContainTextAsync(Yossi.Say["dialogue:status.discussed"]);
        await LookAsync("answered", Noa, Dana);
        await Noa.Page.Keyboard.PressAsync("Escape");
    }

    // Problem analysis

    private async Task Everybody_groups_and_a_theme_of_Danas_waits_for_a_yes()
    {
        for (var at = 0; at < Reasons.Length; at++) await WriteAsync(Others[at], Reasons[at]);
        await Expect(Noa.Queue).ToHaveCountAsync(4);
        await Noa.PressAsync("facilitate:queue.all", ("n", 4));
        await Noa.PressAsync("facilitate:now.writing.close");
        await Noa.Radio("facilitate:board.themes").CheckAsync();
        await Noa.PressAsync("grouping:who.button.facilitators");
        await Noa.Radio("grouping:who.everyone").CheckAsync();
        await LookAsync("who-groups", Noa);
        await Noa.Page.GetByRole(AriaRole.Dialog).GetByText(Noa.Say["common:action.close"], new() { Exact = true }).ClickAsync();

        await ToSort(Dana, Reasons[0]).ClickAsync();
        await LookAsync("where", Dana);
        await Where(Dana).GetByRole(AriaRole.Button, new() { Name = Dana.Say["grouping:sort.new"] }).ClickAsync();
        await Dana.Page.GetByLabel(Dana.Say["grouping:sort.name"]).FillAsync(NobodysJob);
        await Dana.Page.Keyboard.PressAsync("Enter");
        await Dana.ReadsAsync("grouping:sort.waits");
        await Expect(Noa.Column(NobodysJob)).ToContainTextAsync(Noa.Say["grouping:theme.waits"]);
        await Yossi.DoesNotSeeAsync(NobodysJob);
        await LookAsync("theme-waits", Noa, Dana);
        await Noa.PressAsync("grouping:theme.approve");

        await Dana.DoesNotReadAsync("grouping:sort.waits");
        await Yossi.SeesAsync(NobodysJob);
        await ToSort(Yossi, Reasons[1]).ClickAsync();
        await Where(Yossi).GetByRole(AriaRole.Button, new() { Name = NobodysJob }).ClickAsync();
        foreach (var reason in Reasons[..2]) await Expect(Noa.Column(NobodysJob)).ToContainTextAsync(reason);
        await Expect(Dana.Page.GetByRole(AriaRole.Radiogroup, new() { Name = Dana.Say["grouping:sort.groups"] }).Locator("label").Filter(new() { HasText = NobodysJob })).ToContainTextAsync("2");
        await Hall.SeesAsync(NobodysJob);
        await LookAsync("grouped", Noa, Dana, Hall);
    }

    // Ideas

    private async Task Who_has_no_phone_takes_part_and_Yossi_has_the_floor()
    {
        await Dana.WriteAsync(Ideas[0]);
        for (var at = 1; at < Ideas.Length; at++) await WriteAsync(Others[at], Ideas[at]);
        await Expect(Noa.Queue).ToHaveCountAsync(4);
        await Noa.PressAsync("facilitate:queue.all", ("n", 4));
        await Noa.Radio("facilitate:board.lanes").CheckAsync();
        await Noa.PressAsync("facilitate:lane.menu", ("title", "רעיונות"));
        await Noa.PressAsync("facilitate:lane.write");
        await Noa.Page.GetByRole(AriaRole.Textbox, new() { Name = Noa.Say["facilitate:edit.text"] }).FillAsync(FromTable3);
        await Noa.Page.GetByRole(AriaRole.Checkbox, new() { Name = Noa.Say["inRoom:proxy.write"] }).CheckAsync();
        await LookAsync("proxy-write", Noa);
        await Noa.PressAsync("facilitate:write.go");
        foreach (var phone in Phones) await Expect(phone.Cards(FromTable3)).ToContainTextAsync(phone.Say["room:idea.proxy"]);

        await Yossi.PressAsync("room:signal.hand");
        await Eli.Page.GetByRole(AriaRole.Tab, new() { Name = Eli.Say["facilitate:panel.people"] }).ClickAsync();
        await Eli.Field("inRoom:proxy.label").FillAsync(Table3);
        await Eli.PressAsync("inRoom:proxy.add");
        await Expect(Eli.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "יוסי" }).First).ToBeVisibleAsync();
        await LookAsync("hand", Eli, Yossi);
        await Eli.PressAsync("facilitate:hands.floor");
        await Yossi.ReadsAsync("room:signal.floor");
        await Dana.DoesNotReadAsync("room:signal.floor");
        await LookAsync("floor", Eli, Yossi);
        await Yossi.PressAsync("room:signal.floor.done");
        await Expect(Eli.Heading(Eli.Say["facilitate:hands.title"])).ToHaveCountAsync(0);
    }

    private async Task An_idea_stands_on_the_big_screen_and_all_are_placed_by_impact_and_effort()
    {
        await Eli.CardOnBoard(Ideas[2]).FocusAsync();
        await Eli.Page.Keyboard.PressAsync("s");
        await Hall.ReadsAsync("screen:spotlight.title");
        await Hall.SeesAsync(Ideas[2]);
        await Hall.DoesNotSeeAsync(Ideas[3]);
        foreach (var phone in Phones) await phone.ReadsAsync("room:idea.lit");
        await LookAsync("spotlight", Eli, Dana, Hall);

        // The vote ends what was turned to; the template asks for impact and effort.
        await Noa.PressAsync("facilitate:now.writing.close");
        await Noa.PressAsync("facilitate:now.ballot.open");
        await Expect(Noa.Radio("votes:method.axes")).ToBeCheckedAsync();
        await LookAsync("ballot", Noa);
        await Noa.PressAsync("facilitate:ballot.go");
        await Hall.ReadsAsync("votes:how.axes");
        await Hall.DoesNotReadAsync("screen:spotlight.title");
        await Dana.ReadsAsync("room:now.vote.axes");
        await Dana.Cards(Ideas[0]).Locator(".area").ClickAsync(new() { Position = new() { X = 60, Y = 40 } });
        await Dana.Cards(Ideas[1]).GetByRole(AriaRole.Slider, new() { Name = Dana.Say["votes:axes.impact"] }).FillAsync("7");
        await Dana.ReadsAsync("room:vote.said", ("said", 2), ("all", 5));
        await LookAsync("placing", Noa, Dana, Hall);
        var ballot = await Company.BallotOfAsync(Others[0]);
        foreach (var (at, person) in Others.Index())
            for (var idea = 0; idea < Ideas.Length; idea++) await Company.VoteAsync(person, ballot, Ideas[idea], new Vote(8 - idea, Effort: 1 + (2 * idea) + (at % 2)));
        await Noa.ReadsAsync("facilitate:now.ballot.voted", ("n", 5));
        Assert.Empty(Others[0].Board.Counts);
        await Noa.PressAsync("facilitate:now.ballot.close");
        foreach (var phone in Phones) await Expect(phone.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = Ideas[0] })).ToHaveCountAsync(1);
        await Expect(Hall.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = Ideas[0] })).ToHaveCountAsync(1);
        await LookAsync("placed", Noa, Dana, Hall);
    }

    // Priorities

    private async Task They_vote_and_nobody_sees_a_count_until_Noa_reveals_it()
    {
        // What came out best comes here by itself, and who wrote it learns so at once.
        await Noa.ReadsAsync("bring:empty.title");
        await LookAsync("priorities-empty", Noa);
        await Noa.PressAsync("bring:open");
        await Noa.PressAsync("bring:top", ("n", 3));
        await LookAsync("bring-on", Noa);
        await Noa.PressAsync("bring:do", ("n", 3));
        await Dana.ReadsAsync("dialogue:went.told", ("n", 1));
        await LookAsync("brought-on", Noa, Dana, Hall);
        foreach (var text in new[] { LightFirst, BenchesNext, Committee }) foreach (var phone in Phones) await Expect(phone.Cards(text)).ToHaveCountAsync(1);
        await Noa.PressAsync("facilitate:now.writing.close");
        await OpenRoundAsync("facilitate:now.ballot.open");
        foreach (var phone in Phones) await phone.ReadsAsync("room:vote.left", ("n", 5), ("budget", 5));
        await Hall.ReadsAsync("screen:voting.open");

        foreach (var text in new[] { LightFirst, LightFirst, BenchesNext }) await Dana.GiveDotAsync(text);
        await Dana.ReadsAsync("room:vote.left", ("n", 2), ("budget", 5));
        await Yossi.GiveDotAsync(Committee);
        var ballot = await Company.BallotOfAsync(Others[0]);
        foreach (var person in Others[..3]) await Company.VoteAsync(person, ballot, LightFirst, 2);
        await Company.VoteAsync(Others[3], ballot, BenchesNext, 2);
        await Eli.Page.GetByRole(AriaRole.Tab, new() { Name = Eli.Say["facilitate:panel.people"] }).ClickAsync();
        await Eli.PressAsync("inRoom:proxy.vote", ("name", Table3));
        await Eli.GiveDotAsync(BenchesNext);
        await Eli.ReadsAsync("inRoom:proxy.left", ("n", 4));
        await LookAsync("proxy-vote", Eli);
        await Eli.PressAsync("inRoom:proxy.done");
        await Eli.ReadsAsync("inRoom:proxy.voted");
        await Noa.ReadsAsync("facilitate:now.ballot.voted", ("n", 7));
        await Noa.ReadsAsync("facilitate:votes.secret.until");
        await NobodySeesACountAsync();
        await LookAsync("voting", Noa, Eli, Dana, Hall);

        await Noa.PressAsync("facilitate:now.ballot.close");
        await Hall.ReadsAsync("screen:counting.soon");
        foreach (var phone in Phones) await phone.ReadsAsync("room:now.counting");
        await Noa.ReadsAsync("facilitate:votes.secret.reveal");
        await NobodySeesACountAsync();
        await LookAsync("counting", Noa, Dana, Hall);

        await Noa.PressAsync("facilitate:now.ballot.reveal");
        foreach (var phone in Phones)
        {
            await Expect(Results(phone).Nth(1)).ToContainTextAsync(LightFirst);
            await Expect(Results(phone).Nth(1)).ToContainTextAsync("8");
            await Expect(Results(phone).Filter(new() { HasText = BenchesNext })).ToContainTextAsync("4");
            await phone.ReadsAsync("room:results.voters", ("n", 7));
            await phone.ReadsAsync("room:results.proxies", ("n", 1));
        }

        await Expect(Results(Hall).Nth(1)).ToContainTextAsync(LightFirst);
        await Expect(Results(Noa).Nth(1)).ToContainTextAsync(LightFirst);
        await Others[0].WaitForAsync(person => person.Board.Tallies.Count == 1);
        await LookAsync("results", Noa, Eli, Dana, Hall);
    }

    private async Task A_second_round_shows_what_it_shifted()
    {
        await OpenRoundAsync("facilitate:now.ballot.again");
        foreach (var phone in Phones) await phone.ReadsAsync("room:vote.left", ("n", 5), ("budget", 5));
        var ballot = await Company.BallotOfAsync(Others[0]);
        foreach (var person in Others) await Company.VoteAsync(person, ballot, BenchesNext, 2);
        await Dana.GiveDotAsync(BenchesNext);
        await Yossi.GiveDotAsync(LightFirst);
        await Noa.ReadsAsync("facilitate:now.ballot.voted", ("n", 6));
        await Noa.PressAsync("facilitate:now.ballot.close");
        await Noa.PressAsync("facilitate:now.ballot.reveal");
        foreach (var visitor in new[] { Dana, Yossi, Noa, Hall })
        {
            await Expect(Results(visitor).Nth(1)).ToContainTextAsync(BenchesNext);
            await Expect(visitor.Page.GetByRole(AriaRole.Columnheader, new() { Name = visitor.Say["votes:shift.title"] }).First).ToBeAttachedAsync();
        }

        await LookAsync("second-round", Noa, Dana, Hall);
    }

    // Plan

    private async Task What_was_chosen_gets_an_owner_a_date_and_a_measure()
    {
        await Hall.ReadsAsync("plan:progress.none");
        await LookAsync("plan-empty", Noa, Dana, Hall);
        await Noa.PressAsync("plan:desk.bring");
        foreach (var text in new[] { BenchesNext, LightFirst }) await Noa.Page.GetByRole(AriaRole.Checkbox, new() { Name = text }).CheckAsync();
        await LookAsync("bring", Noa);
        await Noa.PressAsync("bring:do", ("n", 2));
        // And one straight from the step where it was written.
        await Noa.PressAsync("plan:desk.bring");
        await Noa.Page.GetByRole(AriaRole.Radio, new() { Name = "רעיונות", Exact = true }).CheckAsync();
        await Noa.Page.GetByRole(AriaRole.Checkbox, new() { Name = Ideas[3] }).CheckAsync();
        await Noa.PressAsync("bring:do", ("n", 1));
        await Expect(Noa.Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(4);

        await Of(Noa, "plan:of.owner", BenchesNext).FillAsync("דנה ואגף שפ״ע");
        await Of(Noa, "plan:of.due", BenchesNext).FillAsync("2031-05-01");
        await Of(Noa, "plan:of.measure", BenchesNext).FillAsync("ארבעה ספסלים, ומישהו יושב עליהם בכל ערב");
        await Of(Noa, "plan:of.owner", Ideas[3]).FillAsync("יוסי");
        await Of(Noa, "plan:of.state", Ideas[3]).SelectOptionAsync("doing");
        await Noa.ReadsAsync("plan:progress", ("done", 0), ("n", 3));
        foreach (var phone in Phones)
        {
            await Expect(phone.Cards(BenchesNext)).ToContainTextAsync("דנה ואגף שפ״ע");
            await Expect(phone.Cards(Ideas[3])).ToContainTextAsync(phone.Say["plan:state.doing"]);
        }

        await Hall.SeesAsync("דנה ואגף שפ״ע");
        await LookAsync("plan", Noa, Dana, Hall);
    }

    private async Task The_workshop_ends_and_everyone_reads_what_became_of_their_ideas()
    {
        await Noa.PressAsync("facilitate:menu.label");
        await LookAsync("menu", Noa);
        await Noa.PressAsync("facilitate:menu.close");
        await Noa.PressAsync("facilitate:close.go");
        await Hall.ReadsAsync("screen:thanks.title");
        foreach (var phone in Phones) await phone.ReadsAsync("room:now.ended");
        foreach (var desk in new[] { Noa, Eli }) await desk.ReadsAsync("facilitate:bar.closed");
        await LookAsync("ended", Noa, Dana, Hall);

        await Dana.PressAsync("common:action.menu");
        await LookAsync("room-menu", Dana);
        await Dana.Page.GetByText(Dana.Say["room:contributions.open"], new() { Exact = true }).ClickAsync();
        await Dana.DoesNotReadAsync("own:mine.reading");
        foreach (var text in DanasVision.Append(ListenFully).Append(NoLight)) await Expect(Dana.Cards(text)).ToHaveCountAsync(1);
        await Expect(Dana.Cards(NoLight)).ToContainTextAsync("נבדוק עם מחלקת המאור");
        await Expect(Dana.Cards(ListenFully)).ToContainTextAsync(Dana.Say["dialogue:status.chosen"]);
        foreach (var went in new[] { Dana.Say["plan:went.on", ("step", "סדרי עדיפויות")], Dana.Say["plan:went"] })
            await Expect(Dana.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = Ideas[0] })).ToContainTextAsync(went);
        await LookAsync("mine", Dana);
        await Yossi.PressAsync("common:action.menu");
        await Yossi.Page.GetByText(Yossi.Say["room:contributions.open"], new() { Exact = true }).ClickAsync();
        await Expect(Yossi.Cards(Rude)).ToContainTextAsync(Yossi.Say["facilitate:hide.told.tone"]);
    }

    private async Task The_replay_shows_it_as_it_was()
    {
        await Noa.PressAsync("facilitate:menu.label");
        await Noa.PressAsync("facilitate:menu.replay");
        await Noa.Page.GetByRole(AriaRole.Tab, new() { Name = "סדרי עדיפויות" }).ClickAsync();
        var counts = Noa.Heading(Noa.Say["votes:method.dots"]);
        await Expect(counts.First).ToBeVisibleAsync();
        await LookAsync("replay", Noa);
        await Noa.Page.GetByRole(AriaRole.Slider, new() { Name = Noa.Say["replay:player.timeline"] }).FocusAsync();
        await Noa.Page.Keyboard.PressAsync("Home");
        await Expect(counts).ToHaveCountAsync(0);
        await Noa.DoesNotSeeAsync(LightFirst);
    }

    // How they do it

    private Task GoOnAsync(string title) => _company.GoOnAsync(title);

    private async Task OpenRoundAsync(string key)
    {
        await Noa.Button(key).First.ClickAsync();
        await Expect(Noa.Radio("votes:method.dots")).ToBeCheckedAsync();
        await Expect(Noa.Radio("facilitate:ballot.counts.reveal")).ToBeCheckedAsync();
        await Noa.PressAsync("facilitate:ballot.go");
    }

    private async Task NobodySeesACountAsync()
    {
        foreach (var visitor in Everybody) await Expect(visitor.Page.GetByRole(AriaRole.Table)).ToHaveCountAsync(0);
        foreach (var phone in Phones) await Expect(phone.Page.GetByText(phone.Say["room:dots.count", ("n", 8)])).ToHaveCountAsync(0);
        foreach (var person in Others) Assert.Empty(person.Board.Tallies);
    }

    private static Task WriteAsync(LivePerson person, string text, int lane = 0) => Company.WriteAsync(person, text, "he", lane);

    private static ILocator WaitingAt(Visitor desk, string text) => desk.Queue.Filter(new() { HasText = text });

    private static ILocator Dock(Visitor phone) => phone.Page.GetByRole(AriaRole.Region, new() { Name = phone.Say["room:write.label"] });

    private static ILocator ToSort(Visitor phone, string text) => phone.Page.Locator("[data-sort]").Filter(new() { HasText = text });

    private static ILocator Where(Visitor phone) => phone.Page.GetByRole(AriaRole.Group, new() { Name = phone.Say["grouping:sort.where"] });

    private static ILocator Results(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Table).First.GetByRole(AriaRole.Row);

    private static ILocator Of(Visitor visitor, string key, string text) => visitor.Page.GetByLabel(visitor.Say[key, ("text", text)], new() { Exact = true });

    private Task LookAsync(string what, params Visitor[] visitors) => _company.LookAsync(what, visitors);

    [GeneratedRegex("/j/([A-Z0-9]{6})")]
    private static partial Regex JoinLink();

    [GeneratedRegex("^http.*/screen/.*#")]
    private static partial Regex ScreenLink();

    [GeneratedRegex("^http.*/facilitate/.*#")]
    private static partial Regex FacilitateLink();
}
