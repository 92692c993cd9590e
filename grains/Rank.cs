namespace LiveCoCreate.Grains;

/// <summary>Order as text: ranks compare ordinally, and between any two there is always room for another, so moving one item
/// never renumbers the rest (fractional indexing).</summary>
public static class Rank
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>The rank of what is appended as the stream's event <paramref name="version"/>: behind all that came before it.</summary>
    public static string Appended(long version, int index = 0)
    {
        Span<char> text = stackalloc char[8];
        for (var i = 5; i >= 0; i--, version /= 62) text[i] = Digits[(int)(version % 62)];
        text[6] = Digits[index / 61 % 62];
        // Never ends in the lowest digit: there would be no room before it.
        text[7] = Digits[index % 61 + 1];
        return new string(text);
    }

    /// <summary>So many ranks in their order, strictly between the two. Halved again and again: one behind the other they would grow by a digit each.</summary>
    public static string[] Between(string? before, string? after, int count)
    {
        var ranks = new string[count];
        Fill(0, count, before, after);
        return ranks;

        void Fill(int from, int to, string? low, string? high)
        {
            if (from == to) return;
            var middle = (from + to) / 2;
            ranks[middle] = Between(low, high);
            Fill(from, middle, low, ranks[middle]);
            Fill(middle + 1, to, ranks[middle], high);
        }
    }

    /// <summary>A rank strictly between the two; null stands for the very beginning or end.</summary>
    public static string Between(string? before, string? after)
    {
        if (before is not null && after is not null && string.CompareOrdinal(before, after) >= 0)
            throw new ArgumentException($"'{before}' is not before '{after}'.");

        var prefix = new System.Text.StringBuilder();
        for (var i = 0; ; i++)
        {
            var low = before is not null && i < before.Length ? Digits.IndexOf(before[i], StringComparison.Ordinal) : 0;
            var high = after is not null && i < after.Length ? Digits.IndexOf(after[i], StringComparison.Ordinal) : Digits.Length;
            if (high - low > 1) return prefix.Append(Digits[(low + high) / 2]).ToString();
            prefix.Append(Digits[low]);
            // Once we are below `after` at this digit, only `before` still binds.
            if (high > low) after = null;
        }
    }
}
