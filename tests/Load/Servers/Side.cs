namespace LiveCoCreate.Load.Servers;

/// <summary>What is measured, and what it is measured against.</summary>
internal enum Side
{
    /// <summary>A bare SignalR board in memory: what any server in this technology has to spend.</summary>
    Floor,

    /// <summary>LiveCoCreate, as an operator runs it.</summary>
    Product,
}
