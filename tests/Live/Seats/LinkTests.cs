using System.Net;
using LiveCoCreate.Live.Servers;
using LiveCoCreate.Wire;
using LiveCoCreate.Wire.Seats;

namespace LiveCoCreate.Live.Seats;

/// <summary>PROTOCOL S5, H2, H4 to H8: private links, and requests that may be sent twice.</summary>
public sealed class LinkTests(LocalServer server) : IClassFixture<LocalServer>
{
    [Fact] // H5
    public async Task A_facilitators_link_seats_another_facilitator_under_a_name_of_their_own()
    {
        await using var room = await server.OpenRoomAsync();
        var omri = await room.SecondFacilitatorAsync("Omri");
        Assert.Equal("Omri", (await omri.MeAsync()).Read<Me>().Name);
        Assert.Equal("Dana", (await room.Facilitator.MeAsync()).Read<Me>().Name);
        await room.Facilitator.WaitForAsync(person => person.Workshop?.SeatedFacilitators?.Count == 2);
        await room.DoAsync(omri, "close-writing", new { });
    }

    [Fact] // H5
    public async Task A_screens_link_shows_and_changes_nothing()
    {
        await using var room = await server.OpenRoomAsync();
        var screen = await room.ScreenAsync();
        await room.WriteAsync(room.Facilitator, "Shade");
        await room.AllSeeAsync(screen);
        Assert.Equal("Shade", screen.Board.Ideas.Single().Value.Text);
        Assert.Null(screen.Workshop?.SeatedFacilitators);
    }

    [Fact] // H6, S5
    public async Task A_personal_link_opens_the_same_person_on_another_device()
    {
        await using var room = await server.OpenRoomAsync();
        var phone = await room.JoinAsync();
        var laptop = room.New();
        Assert.True((await laptop.ExchangeAsync((await phone.MeAsync()).Read<Me>().Link!)).Ok);
        await laptop.WatchAsync(room.Board);
        Assert.Equal(phone.ParticipantId, (await laptop.MeAsync()).Read<Me>().Id);

        var (ballot, idea) = (await room.OpenBallotAsync(), await room.WriteAsync(phone, "From the phone"));
        await room.VoteAsync(laptop, ballot, idea, 2);
        await room.WriteAsync(laptop, "From the laptop");
        foreach (var device in new[] { phone, laptop })
        {
            await device.WaitForAsync(person => person.Mine.Ideas.Count == 2 && person.Mine.Dots(ballot, idea) == 2);
            Assert.Equal(8, device.Mine.Ballots[ballot].Left);
        }

        Assert.Equal(phone.Mine.Ideas.OrderBy(each => each.Key), laptop.Mine.Ideas.OrderBy(each => each.Key));
    }

    [Theory, InlineData("facilitate"), InlineData("screen")] // H5, H8
    public async Task A_renewed_link_ends_the_old_one(string link)
    {
        await using var room = await server.OpenRoomAsync();
        var old = link == "screen" ? room.Links.Screen : room.Links.Facilitate;
        (await room.Facilitator.SubmitAsync(Command.OnWorkshop("renew-link", new { link }))).Expect("renewing");

        SeatTests.Refused(await room.New().ExchangeAsync(old), HttpStatusCode.Unauthorized, "link-ended");
        var links = (await room.Facilitator.Browser.GetAsync($"api/workshops/{room.Workshop}/links?as=facilitator")).Read<Links>();
        Assert.True((await room.New().ExchangeAsync(link == "screen" ? links.Screen : links.Facilitate)).Ok);
        // The other link is another matter.
        Assert.True((await room.New().ExchangeAsync(link == "screen" ? room.Links.Facilitate : room.Links.Screen)).Ok);
    }

    [Fact] // H5, H8
    public async Task Links_are_for_facilitators_and_a_wrong_secret_opens_nothing()
    {
        await using var room = await server.OpenRoomAsync();
        var dana = await room.JoinAsync();
        var screen = await room.ScreenAsync();
        var events = server.Events;
        SeatTests.Refused(await dana.Browser.GetAsync($"api/workshops/{room.Workshop}/links?as=participant"), HttpStatusCode.Forbidden, "not-allowed");
        SeatTests.Refused(await screen.Browser.GetAsync($"api/workshops/{room.Workshop}/links?as=screen"), HttpStatusCode.Forbidden, "not-allowed");

        var screenSecret = new Uri(room.Links.Screen).Fragment[1..];
        var noas = (await (await room.JoinAsync()).MeAsync()).Read<Me>();
        foreach (var (kind, secret) in new[]
        {
            ("facilitator", ""), ("facilitator", "guessed"), ("facilitator", screenSecret), ("screen", new Uri(room.Links.Facilitate).Fragment[1..]), ("participant", ""), ("participant", "."),
            ("participant", noas.Id!), ("participant", $"{noas.Id}."), ("participant", $"{dana.ParticipantId}.{new Uri(noas.Link!).Fragment.Split('.')[^1]}"),
        })
        {
            SeatTests.Refused(await room.New().Browser.PostAsync("api/seats", new { workshop = room.Workshop, kind, secret }), HttpStatusCode.Unauthorized, "link-ended");
        }

        Assert.Equal(events + 2, server.Events); // Noa joined: her own stream says so, and the workshop's
    }

    [Fact] // H4
    public async Task Joining_again_with_the_same_request_is_the_same_person()
    {
        await using var room = await server.OpenRoomAsync();
        var request = new JoinRequest();
        var first = (await room.New().Browser.PostAsync($"api/codes/{room.Code}/join", request)).Read<Joined>();
        var events = server.Events;
        // The answer was lost, and so was its cookie.
        var again = (await room.New().Browser.PostAsync($"api/codes/{room.Code}/join", request)).Read<Joined>();
        Assert.Equal(first.Participant, again.Participant);
        Assert.Equal(first.Link, again.Link);
        Assert.Equal(events, server.Events);
        Assert.NotEqual(first.Participant, (await room.New().Browser.PostAsync($"api/codes/{room.Code}/join", new JoinRequest())).Read<Joined>().Participant);
    }

    [Fact] // H4
    public async Task A_browser_that_holds_a_seat_gets_that_one()
    {
        await using var room = await server.OpenRoomAsync();
        var dana = await room.JoinAsync();
        Assert.Equal(dana.ParticipantId, (await dana.Browser.PostAsync($"api/codes/{room.Code}/join", new JoinRequest())).Read<Joined>().Participant);
    }

    [Fact] // H2
    public async Task Making_a_workshop_again_with_the_same_request_makes_nothing_twice()
    {
        await using var one = server.Wire.NewPerson();
        await using var other = server.Wire.NewPerson();
        var wanted = new NewWorkshop("Our street", Facilitator: "Dana");
        var first = await one.CreateWorkshopAsync(wanted);
        await one.WatchAsync();
        var events = server.Events;
        var again = await other.CreateWorkshopAsync(wanted);
        Assert.Equal(first, again);
        Assert.Equal((await one.MeAsync()).Read<Me>().Id, (await other.MeAsync()).Read<Me>().Id);
        Assert.Equal(events, server.Events);
    }

    [Fact] // H6
    public async Task A_seat_that_was_given_up_is_gone_from_the_browser()
    {
        await using var room = await server.OpenRoomAsync();
        var dana = await room.JoinAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await dana.Browser.SendAsync(HttpMethod.Delete, $"api/workshops/{room.Workshop}/me?as=participant", null)).Status);
        SeatTests.Refused(await dana.MeAsync(), HttpStatusCode.Unauthorized, "seat-missing");
    }

    [Fact] // H4
    public async Task Three_hundred_people_who_share_one_address_join_at_once()
    {
        await using var room = await server.OpenRoomAsync();
        var people = Enumerable.Range(0, 300).Select(_ => room.New()).ToList();
        var answers = await Task.WhenAll(people.Select(person => person.Browser.PostAsync($"api/codes/{room.Code}/join", new JoinRequest())));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(300, answers.Select(answer => answer.Read<Joined>().Participant).Distinct().Count());
    }

    [Fact] // S5, P5
    public async Task Neither_seats_nor_links_nor_texts_are_ever_logged()
    {
        await using var room = await server.OpenRoomAsync(new NewRoom(Anonymous: false));
        var dana = await room.JoinAsync(alias: "Dana of the log");
        var (screen, omri) = (await room.ScreenAsync(), await room.SecondFacilitatorAsync());
        await room.WriteAsync(dana, "A text that no log may hold");
        await dana.Browser.PostAsync("api/seats", new { workshop = room.Workshop, kind = "screen", secret = "a-wrong-secret" });
        dana.SendRaw("not a message\u001e"u8);
        await dana.WaitForAsync(person => person.Counters.Connects == 2);
        await Assert.ThrowsAsync<HubErrorException>(() => dana.InvokeAsync("Watch", "[{\"board\":\"A text that no log may hold\"},0,0]"));

        var cookies = new[] { dana, screen, omri, room.Facilitator }.SelectMany(person => person.Browser.Cookies.Split("; ")).Select(cookie => cookie.Split('=', 2)[1]);
        var links = new[] { room.Links.Facilitate, room.Links.Screen, (await dana.MeAsync()).Read<Me>().Link! }.Select(link => new Uri(link).Fragment[1..]);
        Assert.Contains("LiveCoCreate is open", server.Log.Text, StringComparison.Ordinal);
        foreach (var secret in cookies.Concat(links).Append("A text that no log may hold").Append("Dana of the log").Append("a-wrong-secret"))
            Assert.DoesNotContain(secret, server.Log.Text, StringComparison.Ordinal);
    }
}
