namespace LiveCoCreate.Grains.Boards;

/// <summary>What a step is about: settings and a view over the same board. The names stand in the journal, for good (P7).</summary>
public static class Kinds
{
    /// <summary>How we take part: principles to agree on.</summary>
    public const string Charter = "charter";

    public const string Ideas = "ideas";

    /// <summary>Statements to agree or disagree with.</summary>
    public const string Opinion = "opinion";

    /// <summary>The stages of a service and what happens in each.</summary>
    public const string Journey = "journey";

    /// <summary>A concept, and what people say to it.</summary>
    public const string Pilot = "pilot";

    /// <summary>Who does what by when.</summary>
    public const string Plan = "plan";

    /// <summary>A quick feel of the room.</summary>
    public const string Pulse = "pulse";

    public static bool Has(string kind) => kind is Charter or Ideas or Opinion or Journey or Pilot or Plan or Pulse;

    /// <summary>Whether participants write from the beginning, where nobody says otherwise: to a pulse facilitators bring what is voted on.
    /// Only for steps that are made: those that are there have it in the journal.</summary>
    public static bool BeginsWithWriting(string kind) => kind is not Pulse;
}
