using static LiveCoCreate.Grains.Boards.BoardCommand;
using static LiveCoCreate.Grains.Boards.BoardEvent;

namespace LiveCoCreate.Grains.Boards;

public sealed partial record Board
{
    /// <summary>What the board is about, in the facilitators' words: a task, a question, a concept. Everybody reads it; often empty.</summary>
    public string Subject { get; init; } = "";

    private static Decision<BoardEvent> DecideSubject(Board board, SetSubject set)
    {
        var text = set.Text.Trim();
        return text.Length > Limits.Subject ? "too-large" : text == board.Subject ? Nothing : new SubjectSet(text, board.Subject);
    }
}
