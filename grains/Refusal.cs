using System.Collections.Frozen;

namespace LiveCoCreate.Grains;

/// <summary>Why a command was not accepted: ordinary traffic, so a value. Codes are stable (PROTOCOL.md I5).</summary>
/// <param name="Code">What programs and catalogues key on.</param>
/// <param name="Message">One clear English sentence: what was expected and what to do.</param>
public sealed record Refusal(string Code, string Message)
{
    private static readonly FrozenDictionary<string, string> Messages = new Dictionary<string, string>
    {
        ["malformed"] = "The message is not of the form that PROTOCOL.md describes; check its fields and their types.",
        ["command-unknown"] = "There is no command of this type; PROTOCOL.md lists those there are.",
        ["too-large"] = "A text is longer than its limit; shorten it and send it again.",
        ["empty-text"] = "The text is empty; write something and send it again.",
        ["not-allowed"] = "This seat may not do that.",
        ["workshop-closed"] = "The workshop is closed; what it made can still be seen.",
        ["workshop-missing"] = "There is no such workshop.",
        ["workshop-full"] = "The workshop is full; try again when someone has left.",
        ["board-missing"] = "There is no such board in this workshop.",
        ["retry"] = "Nothing happened; send the same command again.",
        ["internal-error"] = "The server made a mistake with this command and nothing happened; sending it again will not help.",
        ["too-fast"] = "Too many commands from this seat; wait for retryAfterMs and send it again.",
        ["too-slow"] = "This connection took nothing for too long and was cut off; what was missed is here now.",
        ["writing-closed"] = "Writing is closed on this board; wait until a facilitator opens it.",
        ["author-missing"] = "No participant is known to have written this idea.",
        ["too-many-words"] = "The limit of words that wait for approval is reached; remove one first.",
        ["lane-missing"] = "There is no such lane on this board.",
        ["lane-not-empty"] = "The lane still holds ideas; move them first.",
        ["id-taken"] = "This id is already in use; make a new random one.",
        ["too-many-ideas"] = "The limit of ideas is reached; withdraw one first.",
        ["too-many-themes"] = "The limit of themes is reached; remove one first.",
        ["too-many-lanes"] = "The limit of lanes is reached; remove one first.",
        ["too-many-ballots"] = "The limit of ballots on one board is reached.",
        ["too-many-at-once"] = "More ideas than one command may name; send them in several.",
        ["hand-missing"] = "That hand is no longer raised.",
        ["idea-missing"] = "There is no such idea that you can act on.",
        ["idea-not-waiting"] = "The idea is not waiting for approval.",
        ["idea-not-hidden"] = "The idea is not hidden.",
        ["idea-not-merged"] = "The idea is not merged into another.",
        ["merge-circle"] = "An idea cannot be merged into itself or into what was merged into it.",
        ["comment-missing"] = "There is no such comment that you can act on.",
        ["comment-not-waiting"] = "The comment is not waiting for approval.",
        ["comment-not-hidden"] = "The comment is not hidden.",
        ["too-many-comments"] = "The limit of comments is reached; edit one that is there.",
        ["theme-missing"] = "There is no such theme on this board.",
        ["proposal-stale"] = "What was proposed is not so any more: its ideas are gone, or somebody placed them.",
        ["too-few-ideas"] = "There are too few ideas to find themes in; ask again when there are more.",
        ["too-many-apart"] = "The limit of ideas that are kept apart is reached; let some come together again first.",
        ["theme-not-waiting"] = "The theme is not waiting for approval.",
        ["sorting-closed"] = "Participants do not group ideas on this board now.",
        ["too-many-pairs"] = "The limit of pairs that one person compares is reached.",
        ["ballot-missing"] = "There is no such ballot on this board.",
        ["ballot-open"] = "The ballot is still open; close it first.",
        ["ballot-still-open"] = "Another ballot is open on this board; close it first.",
        ["ballot-closed"] = "Voting is closed.",
        ["not-in-this-round"] = "This round of voting is for people of other roles or answers.",
        ["electorate-too-small"] = "Fewer than five people may vote in this anonymous round, and its results would say who said what; open it to more people, or by name.",
        ["budget-spent"] = "All dots are given; take one back first.",
        ["most-per-idea"] = "That is more dots than one idea can get from one person.",
        ["undo-missing"] = "There is no such command of yours that can be undone.",
        ["undo-too-late"] = "Someone has changed the same thing since; undo it by hand.",
        ["undo-impossible"] = "This cannot be undone.",
        ["step-missing"] = "There is no such step in the agenda.",
        ["step-current"] = "The room is in this step; go to another one first.",
        ["too-many-steps"] = "The limit of steps is reached; remove one, or use those there are.",
        ["timer-not-running"] = "No timer is running.",
        ["facilitator-missing"] = "There is no such seat in this workshop.",
        ["too-many-facilitators"] = "The limit of facilitators is reached; end a seat first.",
        ["proxy-missing"] = "There is nobody of this id for whom you could vote.",
        ["too-many-proxies"] = "The limit of people for whom facilitators vote is reached; forget one first.",
        ["charter-not-agreed"] = "Agree to the principles of taking part first.",
        ["charter-changed"] = "The principles of taking part have changed meanwhile; read them as they are now.",
        ["too-many-principles"] = "A charter has no more principles than that; leave one out.",
        ["code-unknown"] = "No workshop has this code; check it with the facilitator.",
        ["code-taken"] = "Another workshop uses this code.",
        ["link-ended"] = "This link has ended; ask for the new one.",
        ["seat-missing"] = "No seat for this workshop came with the request; join first.",
        ["seat-invalid"] = "The seat is damaged or not one of ours; join again.",
        ["seat-expired"] = "The seat has expired; join again.",
        ["seat-revoked"] = "This seat was ended by a facilitator or by its owner.",
        ["origin-foreign"] = "The request came from another site's page; open LiveCoCreate itself.",
        ["organiser-key-needed"] = "Making workshops from another machine needs the header Organiser-Key.",
        ["template-malformed"] = "This is no template file of LiveCoCreate, or a damaged one; PROTOCOL.md describes the form.",
        ["template-newer"] = "The template file was made by a newer LiveCoCreate; update this one to read it.",
        ["template-missing"] = "There is no such template.",
        ["too-many-connections"] = "Too many connections of one seat are open; close one.",
    }.ToFrozenDictionary();

    /// <summary>The refusal of this code; every code has its sentence here.</summary>
    public static Refusal Of(string code) => new(code, Messages[code]);

    public static IEnumerable<string> Codes => Messages.Keys;
}
