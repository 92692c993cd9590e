using System.Collections.Immutable;
using System.Text.Json;
using LiveCoCreate.Grains;
using LiveCoCreate.Grains.Boards;
using LiveCoCreate.Grains.Circles;

namespace LiveCoCreate.Web.Theming;

/// <summary>Themes where there are several web nodes: the one where facilitators proposed first finds them, and the others pass on what it shows. Two that computed
/// would show two pictures. When that node is gone, so is what was proposed, and whoever proposes next is the one.</summary>
public sealed partial class BoardThemes : ICircleListener
{
    private ICircle? _circle;
    private string? _finder;
    private ThemesTold? _elsewhere;

    /// <param name="circles">Other web nodes; null where there are none.</param>
    public BoardThemes Among(ICircles? circles)
    {
        _circle = circles?.Open($"themes/{id}", this);
        return this;
    }

    public void Shown(string node, ReadOnlyMemory<byte>? state)
    {
        var told = state is { } bytes ? JsonSerializer.Deserialize<ThemesTold>(bytes.Span, Json.Options) : null;
        lock (_gate)
        {
            if (told is null && node != _finder) return;
            _finder = told is null ? null : node;
            _elsewhere = told;
            // Where its node is gone, what it proposed is: a picture without any.
            (_run, _state) = told is null ? (_run + 1, ThemingState.None) : (told.Run, _state);
            _version++;
        }

        wake();
    }

    public void Said(string node, ReadOnlyMemory<byte> word)
    {
        if (JsonSerializer.Deserialize<ThemesSignal>(word.Span, Json.Options) is not { } asked || !asked.IsOfForm) return;
        lock (_gate)
            if (_elsewhere is not null) return;
        switch (asked.Do)
        {
            case "propose": _ = Task.Run(ProposeAsync); break;
            case "cancel": Cancel(); break;
            default: PutAside(new ThemeId(asked.Theme!), asked.Do is "put-aside"); break;
        }
    }

    /// <summary>Whether another node finds the themes; then that one has been asked.</summary>
    private async ValueTask<bool> IsFoundElsewhereAsync()
    {
        if (_circle is null || await _circle.LeadAsync() == _circle.Node) return false;
        _circle.Say(Written(new ThemesSignal(id.Value, "propose")));
        return true;
    }

    /// <summary>Whether another node finds the themes; then that one has been told.</summary>
    private bool Say(ThemesSignal asked)
    {
        lock (_gate)
            if (_elsewhere is null) return false;
        _circle?.Say(Written(asked));
        return true;
    }

    private void Tell()
    {
        wake();
        if (_circle is null) return;
        ThemesTold told;
        lock (_gate)
        {
            if (_disposed || _elsewhere is not null) return;
            told = WholeTold();
        }

        _circle.Show(Written(told));
    }

    private void Leave()
    {
        if (_circle is not null) _ = _circle.DisposeAsync().AsTask();
    }

    /// <summary>What another node shows may still say it; that node shows it anew without.</summary>
    private void ForgetElsewhere()
    {
        if (_elsewhere is null) return;
        (_elsewhere, _state) = (null, ThemingState.None);
        _run++;
        _version++;
    }

    private static ImmutableArray<IdeaId> IdeasFor(ThemeId theme, ThemesTold told)
    {
        var number = told.Themes?.ToList().FindIndex(one => one.Theme == theme) ?? -1;
        return number < 0 ? [] : [.. (told.Places ?? ImmutableDictionary<IdeaId, double[]>.Empty).Where(place => (int)place.Value[2] == number).Select(place => place.Key).OrderBy(idea => idea.Value, StringComparer.Ordinal)];
    }

    private static byte[] Written<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Json.Options);
}
