namespace LiveCoCreate.Grains.Opinions;

/// <summary>What one person says to one statement. Nothing said is no stance; a pass is one. The numbers are those the positions are computed from.</summary>
public enum Stance
{
    Disagree = -1,
    Pass = 0,
    Agree = 1,
}

/// <summary>How a number of people voted on one statement.</summary>
public readonly record struct Tally(int Agrees, int Disagrees, int Passes)
{
    public int Votes => Agrees + Disagrees + Passes;

    /// <summary>Share of agreement among the votes, 0 to 1, drawn towards one half where there are few: (A + 1) / (S + 2).</summary>
    public double AgreeShare => (Agrees + 1.0) / (Votes + 2.0);

    public double DisagreeShare => (Disagrees + 1.0) / (Votes + 2.0);

    /// <summary>How surely more than half of the votes agree, in standard deviations (<see cref="Significance.OfHalf"/>).</summary>
    public double AgreeZ => Significance.OfHalf(Agrees, Votes);

    public double DisagreeZ => Significance.OfHalf(Disagrees, Votes);

    public static Tally operator +(Tally left, Tally right) =>
        new(left.Agrees + right.Agrees, left.Disagrees + right.Disagrees, left.Passes + right.Passes);

    public static Tally operator -(Tally left, Tally right) =>
        new(left.Agrees - right.Agrees, left.Disagrees - right.Disagrees, left.Passes - right.Passes);

    public static Tally Add(Tally left, Tally right) => left + right;

    public static Tally Subtract(Tally left, Tally right) => left - right;

    internal Tally With(Stance stance, int more) => stance switch
    {
        Stance.Agree => this with { Agrees = Agrees + more },
        Stance.Disagree => this with { Disagrees = Disagrees + more },
        _ => this with { Passes = Passes + more },
    };
}
