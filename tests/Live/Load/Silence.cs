using LiveCoCreate.Load.Figures;

namespace LiveCoCreate.Live.Load;

/// <summary>Nobody watches a test's progress.</summary>
internal sealed class Silence : IProgress<Progress>
{
    public void Report(Progress value)
    {
        // As it says.
    }
}
