namespace LiveCoCreate.Fast;

/// <summary>Whoever does not ask for silos gets nothing of Orleans, not even beside it.</summary>
public sealed class DefaultBuildTests
{
    [Fact]
    public void No_output_folder_of_the_default_build_holds_an_assembly_of_Orleans()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "LiveCoCreate.sln"))) root = root.Parent!;
        var orleans = Path.Combine("bin", "orleans") + Path.DirectorySeparatorChar;
        string[] outputs = [.. new[] { "grains", "silo", "web", "tests" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root.FullName, folder), "*.dll", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(root.FullName, file))
            .Where(file => file.Contains(Path.DirectorySeparatorChar + "bin" + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !file.Contains(orleans, StringComparison.Ordinal))];
        Assert.Contains(outputs, file => Path.GetFileName(file) is "LiveCoCreate.Silo.dll");
        Assert.DoesNotContain(outputs, file => Path.GetFileName(file).Contains("Orleans", StringComparison.OrdinalIgnoreCase));
    }
}
