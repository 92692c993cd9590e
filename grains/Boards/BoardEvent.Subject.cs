using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

[JsonDerivedType(typeof(SubjectSet), "subject-set")]
public abstract partial record BoardEvent
{
    /// <param name="Text">What the board is about from now on; empty: nothing is said of it.</param>
    public sealed record SubjectSet([Personal] string Text, [Personal] string Before) : BoardEvent;
}
