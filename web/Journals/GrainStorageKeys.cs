#if ORLEANS
using System.Xml.Linq;
using LiveCoCreate.Silo.Journals;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace LiveCoCreate.Web.Journals;

/// <summary>The keys that sign seats, in a grain storage: what one node signs all nodes accept. Asked for a few times a day.</summary>
public sealed class GrainStorageKeys(GrainStorageShelf shelf) : IXmlRepository
{
    private const string Kind = "secret", Name = "seat-keys";

    public IReadOnlyCollection<XElement> GetAllElements() => [.. ReadAsync().GetAwaiter().GetResult().Keys.Elements()];

    public void StoreElement(XElement element, string friendlyName) => StoreAsync(element).GetAwaiter().GetResult();

    private async Task StoreAsync(XElement element)
    {
        while (true)
        {
            var (keys, edition) = await ReadAsync();
            keys.Add(element);
            if (await shelf.TryWriteAsync(Kind, Name, System.Text.Encoding.UTF8.GetBytes(keys.ToString(SaveOptions.DisableFormatting)), edition) is not null) return;
        }
    }

    private async Task<(XElement Keys, string? Edition)> ReadAsync()
    {
        var (bytes, edition) = await shelf.ReadAsync(Kind, Name);
        return (bytes is null ? new XElement("keys") : XElement.Parse(System.Text.Encoding.UTF8.GetString(bytes)), edition);
    }
}
#endif
