using System.Text.Encodings.Web;
using System.Text.Json;
using LiveCoCreate.Grains;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace LiveCoCreate.Web.Door;

/// <summary>The browser app's files, compressed when they were built, and the one page that every address of the app opens.</summary>
public sealed class AppFiles(IWebHostEnvironment environment) : IDisposable
{
    // A data block in a page must not be able to end itself: everything special is escaped.
    private static readonly JsonSerializerOptions InPage = new(Json.Options) { Encoder = JavaScriptEncoder.Default };

    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly string _root = environment.WebRootPath ?? Path.Combine(environment.ContentRootPath, "wwwroot");
    private PhysicalFileProvider? _files;
    private string? _page;
    private DateTime _written;

    /// <summary>Answers with a file of the app if there is one; prefers the copy that the browser can take compressed.</summary>
    public async Task<bool> TryServeAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method)) return false;
        var path = http.Request.Path.Value ?? "/";
        if (path == "/" || path.EndsWith(".html", StringComparison.Ordinal) || path.Contains("..", StringComparison.Ordinal)) return false;
        if (path.EndsWith(".br", StringComparison.Ordinal) || path.EndsWith(".gz", StringComparison.Ordinal)) return false;
        if (_files is null && !Directory.Exists(_root)) return false;
        var files = _files ??= new PhysicalFileProvider(_root);
        if (files.GetFileInfo(path) is not { Exists: true, IsDirectory: false } plain) return false;

        var accepts = http.Request.Headers.AcceptEncoding.ToString();
        var (file, encoding) = (plain, (string?)null);
        foreach (var (ending, name) in new[] { (".br", "br"), (".gz", "gzip") })
        {
            if (!accepts.Contains(name, StringComparison.Ordinal) || files.GetFileInfo(path + ending) is not { Exists: true } compressed) continue;
            (file, encoding) = (compressed, name);
            break;
        }

        var headers = http.Response.Headers;
        http.Response.ContentType = Types.TryGetContentType(path, out var type) ? type : "application/octet-stream";
        headers.Vary = "Accept-Encoding";
        if (encoding is not null) headers.ContentEncoding = encoding;
        // Built files carry a hash of their content in their names.
        headers.CacheControl = path.StartsWith("/assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "public, max-age=3600";
        http.Response.ContentLength = file.Length;
        if (HttpMethods.IsGet(http.Request.Method)) await http.Response.SendFileAsync(file, http.RequestAborted);
        return true;
    }

    /// <summary>The app's page, with what it would otherwise have to ask for first.</summary>
    public IResult Page(object? hello = null)
    {
        var index = Path.Combine(_root, "index.html");
        if (_page is null && !File.Exists(index))
            return Results.Text("The browser app is not built: run `npm ci && npm run build` in web/client, or build the solution with Node 20.19 or later.", statusCode: StatusCodes.Status503ServiceUnavailable);
        // The browser app may be built anew while the server runs.
        if (_page is null || _written != File.GetLastWriteTimeUtc(index)) (_page, _written) = (File.ReadAllText(index), File.GetLastWriteTimeUtc(index));
        var page = hello is null ? _page : _page.Replace("</head>", $"<script type=\"application/json\" id=\"hello\">{JsonSerializer.Serialize(hello, InPage)}</script></head>", StringComparison.Ordinal);
        return new PageResult(page);
    }

    public void Dispose() => _files?.Dispose();

    private sealed class PageResult(string page) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.Headers.CacheControl = "no-cache";
            http.Response.ContentType = "text/html; charset=utf-8";
            return http.Response.WriteAsync(page, http.RequestAborted);
        }
    }
}
