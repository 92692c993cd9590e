using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Seats;

namespace LiveCoCreate.Browser;

/// <summary>A neighbourhood's workshop at five moments, in one language, with people, ideas and votes: what the screens are looked at with.</summary>
public sealed class Scenery : IAsyncDisposable
{
    private static readonly Script HebrewScript = new("פארק שכולנו בונים", "להחליט יחד מה יהיה בפארק החדש שבין בית הספר לקופת החולים, ומה עושים קודם.", "נועה", "איתמר",
        ["מרים", "יוסי", "דנה", "סבתא רות", "", "אחמד", "Olga", "לי"],
        [("צל ומים", ["ספסלים עם משענת, בצל, כל חמישים צעדים", "ברזיית מים קרים גם בגובה של ילדים", "עצים שנותנים צל כבר בקיץ הראשון ולא רק בעוד עשר שנים"]),
            ("לכל גיל", ["מתקנים שגם סבא וסבתא יכולים להתאמן בהם", "פינת משחקים לפעוטות, מגודרת ורחוקה מהכביש", "שולחנות שחמט", "مقاعد في الظل قرب الملعب"]),
            ("ביחד", ["ארוחת שישי משותפת פעם בחודש", "מחסן כלים לגינה הקהילתית, עם תורנות", "Free Wi-Fi ושקעים ליד הספסלים (עד 22:00)"]),
            ("בטוח ונגיש", ["תאורה טובה בשביל שמאחורי בית הספר", "שביל שאפשר לעבור בו עם עגלה או כיסא גלגלים, בלי מדרגה אחת בדרך מהחניה ועד לקצה השני של הפארק, וגם עם סימון בולט למי שרואה פחות"])],
        ["שירותים ציבוריים נקיים", "מקום לכלבים, בצד", "לסגור את הרחוב למכוניות בשבת אחר הצהריים"],
        "לסדר את זה כבר!!!", "כתבו שוב במילים שכולם יבינו, בבקשה", "שביל אופניים עד לתחנת הרכבת");

    private static readonly Script EnglishScript = new("A park we build together", "To decide together what the new park between the school and the clinic will hold, and what comes first.", "Noa", "Itamar",
        ["Miriam", "Joe", "Dana", "Grandma Ruth", "", "Ahmed", "Olga", "Lee"],
        [("Shade and water", ["Benches with a back, in the shade, every fifty steps", "A fountain that children can reach too", "Trees that give shade in the first summer, not in ten years"]),
            ("For every age", ["Exercise machines that grandparents can use", "A fenced corner for toddlers, away from the road", "Chess tables", "ספסלים בצל, ליד המגרש (גם בערב)"]),
            ("Together", ["A shared Friday dinner once a month", "A shed with tools for the community garden", "Free Wi-Fi near the benches, until 22:00"]),
            ("Safe and open to all", ["Good light on the path behind the school", "A path for prams and wheelchairs without a single step, all the way from the car park to the far end, with clear markings for those who see less"])],
        ["Clean public toilets", "A place for dogs, to one side", "No cars in the street on Saturday afternoons"],
        "Just do it already!!!", "Please write it again in words everyone understands", "A cycle path to the railway station");

    private readonly House _house;
    private readonly Script _script;

    private Scenery(House house, Words words) => (_house, Words, _script) = (house, words, words == Words.Hebrew ? HebrewScript : EnglishScript);

    public Words Words { get; }

    public Prepared Lobby { get; private set; } = null!;

    public Prepared Writing { get; private set; } = null!;

    public LivePerson Writer { get; private set; } = null!;

    public Prepared Voting { get; private set; } = null!;

    public LivePerson Voter { get; private set; } = null!;

    /// <summary>Its themes lie on the map.</summary>
    public Prepared Mapped { get; private set; } = null!;

    public Prepared Results { get; private set; } = null!;

    public LivePerson Contributor { get; private set; } = null!;

    public string Title => _script.Title;

    public string FirstIdea => _script.Themes[0].Ideas[0];

    public string FirstTheme => _script.Themes[0].Title;

    public string LatestWaiting => _script.Waiting[^1];

    public static async Task<Scenery> BuildAsync(House house, Words words)
    {
        var scenery = new Scenery(house, words);
        scenery.Lobby = await scenery.MakeAsync(step: 0);
        foreach (var alias in scenery._script.People) await scenery.Lobby.JoinAsync(alias);
        await scenery.BuildWritingAsync();
        (scenery.Voting, scenery.Voter) = await scenery.BuildVoteAsync(isOver: false);
        (scenery.Mapped, _) = await scenery.BuildVoteAsync(isOver: true);
        (scenery.Results, scenery.Contributor) = await scenery.BuildVoteAsync(isOver: true);
        return scenery;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var prepared in new[] { Lobby, Writing, Voting, Mapped, Results }) await prepared.DisposeAsync();
    }

    private async Task<Prepared> MakeAsync(int step)
    {
        var prepared = await _house.PrepareAsync(Words, new NewWorkshop(_script.Title, _script.Purpose, Words.Language, "co-creation", Anonymous: false, Facilitator: _script.Facilitator,
            Questions: [new(Words == Words.Hebrew ? "קבוצת גיל" : "Age group", Words == Words.Hebrew ? ["עד 18", "19–40", "41–67", "68 ומעלה"] : ["Up to 18", "19 to 40", "41 to 67", "68 and over"])]));
        if (step > 0) await prepared.GoToStepAsync(step);
        return prepared;
    }

    private async Task BuildWritingAsync()
    {
        Writing = await MakeAsync(step: 2);
        var people = await JoinAllAsync(Writing);
        Writer = people[0];
        var ideas = _script.Themes.SelectMany(theme => theme.Ideas).ToArray();
        for (var at = 0; at < ideas.Length; at++) await Writing.WriteAsync(people[at % people.Count], ideas[at], at % 3);
        foreach (var text in ideas) await Writing.DoAsync("approve-idea", new { idea = Writing.IdOf(text) });
        await Writing.WriteAsync(Writer, _script.Rude, 1);
        await Writing.DoAsync("hide-idea", new { idea = Writing.IdOf(_script.Rude), reason = _script.Reason });
        await Writing.WriteAsync(Writer, _script.Own, 2);
        for (var at = 0; at < _script.Waiting.Count; at++) await Writing.WriteAsync(people[at + 1], _script.Waiting[at], at);
        await Writing.DoInWorkshopAsync("start-timer", new { durationMs = 3_600_000 });
    }

    private async Task<(Prepared, LivePerson)> BuildVoteAsync(bool isOver)
    {
        var prepared = await MakeAsync(step: 3);
        var people = await JoinAllAsync(prepared);
        var at = 0;
        foreach (var (title, ideas) in _script.Themes)
        {
            var theme = Ids.New();
            await prepared.DoAsync("add-theme", new { theme, title, colour = at % 12 });
            foreach (var text in ideas)
            {
                await prepared.WriteAsync(people[at++ % people.Count], text);
                await prepared.DoAsync("approve-idea", new { idea = prepared.IdOf(text) });
                await prepared.DoAsync("theme-idea", new { idea = prepared.IdOf(text), theme });
            }
        }

        await prepared.WriteAsync(people[1], _script.Own);
        await prepared.DoAsync("approve-idea", new { idea = prepared.IdOf(_script.Own) });
        await prepared.DoAsync("merge-idea", new { idea = prepared.IdOf(_script.Themes[2].Ideas[1]), into = prepared.IdOf(_script.Themes[2].Ideas[0]) });
        await prepared.DoAsync("close-writing", new { });
        var ballot = await prepared.OpenBallotAsync(budget: 5, mostPerIdea: 2);
        var texts = _script.Themes.SelectMany(theme => theme.Ideas).ToArray();
        for (var person = 0; person < people.Count; person++)
        {
            await prepared.VoteAsync(people[person], ballot, texts[person * person % 5], 2);
            await prepared.VoteAsync(people[person], ballot, texts[5 + (person % 3)]);
        }

        if (isOver) await prepared.DoAsync("close-ballot", new { ballot });
        return (prepared, people[0]);
    }

    private async Task<IReadOnlyList<LivePerson>> JoinAllAsync(Prepared prepared)
    {
        var people = new List<LivePerson>();
        var roles = prepared.Facilitator.Workshop?.Roles ?? [];
        foreach (var alias in _script.People) people.Add(await prepared.JoinAsync(alias, roles.Count == 0 ? [] : [roles[people.Count % roles.Count]]));
        return people;
    }

    private sealed record Script(string Title, string Purpose, string Facilitator, string Second, IReadOnlyList<string> People, IReadOnlyList<(string Title, string[] Ideas)> Themes,
        IReadOnlyList<string> Waiting, string Rude, string Reason, string Own);
}
