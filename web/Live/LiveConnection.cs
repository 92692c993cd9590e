using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Web.Seats;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace LiveCoCreate.Web.Live;

/// <summary>One connection and what it has been sent. At most one message is on its way to it at a time; a connection that is
/// still writing skips what comes meanwhile and then gets the difference, so a slow reader costs nobody else time and the server no memory.</summary>
public sealed class LiveConnection(HubConnectionContext hub, Seat seat, Caller caller, TimeProvider clock)
{
    // One to answer, and one to come to while the next are drawn.
    private const int LeastAsked = 2;

    // Told that there are none, too: what a reader still has of a server that is gone is over then (PROTOCOL.md TH2).
    private static readonly (int Run, long Version) NoThemes = (-1, 0);

    private readonly Lock _gate = new();
    private Due _due;
    private bool _pumping;
    private BoardFeed? _board;
    private int _watch;
    private long _boardSent;
    private (int Run, long Version) _themesSent = NoThemes;
    private MineView? _mineSent;
    private SerializedHubMessage? _opinionsSent;
    private OpinionHere? _hereSent;
    private OwnSignals _ownSent = new(Ready: false, Hand: null, Floor: false);
    private long _writingSince;

    public Seat Seat { get; } = seat;

    /// <summary>Who calls, with the alias they joined under where names are shown.</summary>
    public Caller Caller { get; } = caller;

    public string Id => hub.ConnectionId;

    /// <summary>The workshop's feed, set once when the connection opened.</summary>
    public WorkshopFeed? Workshop { get; set; }

    /// <summary>What this person said of themselves when joining; for presence by role.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    public string? Name { get; init; }

    /// <summary>The version of the charter that this person agreed to last.</summary>
    public int Agreed { get; set; } = 1;

    public BoardFeed? Board => _board;

    /// <summary>What this facilitator has in hand.</summary>
    public Hold? Holding { get; set; }

    /// <summary>From now on this connection is sent the board's frames, beginning with what it lacks.</summary>
    public void Watch(BoardFeed board, long since)
    {
        lock (_gate)
        {
            (_board, _boardSent, _mineSent, _themesSent) = (board, since, null, NoThemes);
            (_opinionsSent, _hereSent) = (null, null);
            _watch++;
        }

        Wake(Due.Board | Due.Mine | Due.Themes | Due.Opinions | Due.Here);
    }

    /// <summary>For how long one message has been waiting for this reader.</summary>
    public TimeSpan Stuck
    {
        get
        {
            var since = Interlocked.Read(ref _writingSince);
            return since == 0 ? TimeSpan.Zero : clock.GetElapsedTime(since);
        }
    }

    public void Abort() => hub.Abort();

    /// <summary>Something is due. Sends it now, or when what is on its way has arrived.</summary>
    public void Wake(Due due)
    {
        lock (_gate)
        {
            _due |= due;
            if (_pumping) return;
            _pumping = true;
        }

        _ = PumpAsync();
    }

    /// <summary>The last words to this connection.</summary>
    public async Task EndAsync(string code)
    {
        try
        {
            await hub.WriteAsync(new InvocationMessage("ended", [Refusal.Of(code)])).AsTask().WaitAsync(TimeSpan.FromSeconds(2), clock);
        }
        catch (Exception gone) when (gone is TimeoutException or OperationCanceledException or IOException or InvalidOperationException)
        {
            // It is leaving anyway.
        }

        hub.Abort();
    }

    private async Task PumpAsync()
    {
        try
        {
            while (TakeDue() is var due && due is not Due.Nothing)
            {
                if (due.HasFlag(Due.Workshop) && Workshop?.Message(Seat.Audience) is { } workshop) await WriteAsync(workshop);
                if (due.HasFlag(Due.Presence) && Workshop?.PresenceMessage(Seat.Audience) is { } presence) await WriteAsync(presence);
                if (due.HasFlag(Due.Own) && Seat.Kind is SeatKind.Participant) await SendOwnAsync();
                if (due.HasFlag(Due.Invitation) && Workshop?.Invitation is { } invitation) await WriteAsync(invitation);
                if (due.HasFlag(Due.Held) && Workshop?.HeldMessage is { } held && Seat.Kind is SeatKind.Facilitator) await WriteAsync(held);
                if (due.HasFlag(Due.Board)) await SendBoardAsync();
                if (due.HasFlag(Due.Themes) && Seat.Kind is SeatKind.Facilitator) await SendThemesAsync();
                if (due.HasFlag(Due.Mine) && Seat.Kind is SeatKind.Participant) await SendMineAsync(always: due.HasFlag(Due.MineAlways));
                if (due.HasFlag(Due.Opinions)) await SendOpinionsAsync();
                if (Seat.Kind is SeatKind.Participant && (due.HasFlag(Due.Here) || (due.HasFlag(Due.Spoke) && LacksHere()))) await SendHereAsync();
            }
        }
        // The connection is gone, or its board is: its own end is told elsewhere, and nobody else may notice.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            lock (_gate) _pumping = false;
            hub.Abort();
        }
    }

    private Due TakeDue()
    {
        lock (_gate)
        {
            var due = _due;
            _due = Due.Nothing;
            if (due is Due.Nothing) _pumping = false;
            return due;
        }
    }

    private async ValueTask SendBoardAsync()
    {
        SerializedHubMessage message;
        lock (_gate)
        {
            // Under the lock: a Watch in between has a `since` of its own, which the next frame must begin at.
            if (_board?.Since(Seat.Audience, _boardSent) is not { } next) return;
            (message, _boardSent) = next;
        }

        await WriteAsync(message);
    }

    private async ValueTask SendThemesAsync()
    {
        SerializedHubMessage message;
        lock (_gate)
        {
            if (_board?.Themes?.Since(_themesSent.Run, _themesSent.Version) is not { } next) return;
            (message, _themesSent) = (next.Message, (next.Run, next.Version));
        }

        await WriteAsync(message);
    }

    private async ValueTask SendOwnAsync()
    {
        if (Workshop?.OwnOf(this) is not { } own || own == _ownSent) return;
        _ownSent = own;
        await WriteAsync(new InvocationMessage("own", [own]));
    }

    private async ValueTask SendMineAsync(bool always)
    {
        BoardFeed? board;
        int watch;
        lock (_gate) (board, watch) = (_board, _watch);
        if (board is null) return;
        var mine = await board.MineAsync(Seat.Id);
        MineFrame frame;
        lock (_gate)
        {
            // Watched anew meanwhile: what is due now was asked for by that Watch, and is still to come.
            if (watch != _watch) return;
            frame = MineFrame.Between(_mineSent ?? MineView.Nothing(board.Id), mine);
            var saysNothing = frame is { Ideas: null, Ballots: null, Comments: null, Reactions: null, Themes: null };
            if (_mineSent is not null && (frame.Version <= frame.Since || (!always && saysNothing))) return;
            _mineSent = mine;
        }

        await WriteAsync(new InvocationMessage("mine", [frame]));
    }

    private async ValueTask SendOpinionsAsync()
    {
        SerializedHubMessage message;
        lock (_gate)
        {
            if (_board?.Opinions is not { } latest || ReferenceEquals(latest, _opinionsSent)) return;
            message = _opinionsSent = latest;
        }

        await WriteAsync(message);
    }

    /// <summary>Whether who has just spoken waits for no less than a place on the map, or for something to be asked: the rest comes with what the room thinks, every other second,
    /// and after each vote it would cost a large room more than the vote itself.</summary>
    private bool LacksHere()
    {
        lock (_gate)
        {
            if (_hereSent is not { X: not null } told) return true;
            var said = _mineSent?.Ballots.GetValueOrDefault(told.Ballot)?.Votes;
            return told.Next.Count(idea => said?.ContainsKey(idea) is not true) < LeastAsked;
        }
    }

    /// <summary>What is this person's own of the room's opinions: to nobody else's connections (PROTOCOL.md O5).</summary>
    private async ValueTask SendHereAsync()
    {
        BoardFeed? board;
        int watch;
        lock (_gate) (board, watch) = (_board, _watch);
        if (board?.Opinions is null || await board.HereAsync(Seat.Id) is not { } here) return;
        lock (_gate)
        {
            if (watch != _watch || here.Equals(_hereSent)) return;
            _hereSent = here;
        }

        await WriteAsync(new InvocationMessage("here", [here]));
    }

    private async ValueTask WriteAsync(SerializedHubMessage message)
    {
        Interlocked.Exchange(ref _writingSince, clock.GetTimestamp());
        await hub.WriteAsync(message);
        Interlocked.Exchange(ref _writingSince, 0);
    }

    private async ValueTask WriteAsync(InvocationMessage message)
    {
        Interlocked.Exchange(ref _writingSince, clock.GetTimestamp());
        await hub.WriteAsync(message);
        Interlocked.Exchange(ref _writingSince, 0);
    }
}

/// <summary>What a connection is to be told.</summary>
[Flags]
public enum Due
{
    Nothing = 0,
    Workshop = 1,
    Presence = 2,
    Board = 4,
    Mine = 8,

    /// <summary>Also when nothing but the version changed: the person's own guess settles by it.</summary>
    MineAlways = 16,

    /// <summary>What this person has signalled.</summary>
    Own = 32,
    Invitation = 64,

    /// <summary>What facilitators have in hand.</summary>
    Held = 128,

    /// <summary>Themes that are proposed to facilitators.</summary>
    Themes = 256,

    /// <summary>What the room thinks,</summary>
    Opinions = 512,

    /// <summary>and what of it is this person's own.</summary>
    Here = 1024,

    /// <summary>This person has said something: what is their own of it may be told too.</summary>
    Spoke = 2048,
}
