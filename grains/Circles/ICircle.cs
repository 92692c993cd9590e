namespace LiveCoCreate.Grains.Circles;

/// <summary>What web nodes tell one another of what is soft: who is here, who raised a hand, what is proposed. Nothing of it is journaled; a node that is gone is gone with
/// all it showed. A server that is alone has no circles.</summary>
public interface ICircles
{
    /// <param name="topic">What it is about: nodes that name the same one hear one another.</param>
    ICircle Open(string topic, ICircleListener listener);
}

/// <summary>One node's place in a circle, for as long as it is not disposed of.</summary>
public interface ICircle : IAsyncDisposable
{
    /// <summary>What this node has now. The others are told at most once a second, and those who come later too.</summary>
    void Show(ReadOnlyMemory<byte> state);

    /// <summary>Said once, to those who are in the circle now.</summary>
    void Say(ReadOnlyMemory<byte> word);

    /// <summary>Asks to be the one node that does what only one may do; it stays that for as long as it is in the circle.</summary>
    /// <returns>Which node it is.</returns>
    ValueTask<string> LeadAsync();

    /// <summary>What this node is called.</summary>
    string Node { get; }
}

public interface ICircleListener
{
    /// <summary>What another node has now; null when it is gone.</summary>
    void Shown(string node, ReadOnlyMemory<byte>? state);

    void Said(string node, ReadOnlyMemory<byte> word);
}
