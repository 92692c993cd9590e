using LiveCoCreate.Grains.Turns;

namespace LiveCoCreate.Grains;

/// <summary>What a silo needs of an activation.</summary>
public interface IGrain : IDisposable
{
    /// <summary>Broken or retired: the next call needs a new activation.</summary>
    bool IsGone { get; }

    /// <summary>Is told of each command whose decider threw.</summary>
    Action<Mishap>? Mishap { set; }

    /// <summary>Ends an idle activation; false while somebody needs it.</summary>
    bool TryRetire();
}
