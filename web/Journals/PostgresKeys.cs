using System.Xml.Linq;
using LiveCoCreate.Silo.Journals;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace LiveCoCreate.Web.Journals;

/// <summary>The keys that sign seats, in the database: what one node signs all nodes accept. Asked for a few times a day.</summary>
public sealed class PostgresKeys(PostgresDatabase database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. database.SeatKeys().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) => database.KeepSeatKey(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}
