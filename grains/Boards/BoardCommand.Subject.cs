using System.Text.Json.Serialization;

namespace LiveCoCreate.Grains.Boards;

[JsonDerivedType(typeof(SetSubject), "set-subject")]
public abstract partial record BoardCommand
{
    /// <param name="Text">Empty: nothing is said of it.</param>
    public sealed record SetSubject(string Text) : BoardCommand;
}
