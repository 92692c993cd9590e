// A frame is on its way to a thousand connections at once, each with a 4 KiB buffer of the shared pool, which keeps 32 for each core unless told
// otherwise before its first use: of 164 MB allocated in 5 s of a storm 3 MB were left. An operator's own value counts.
const string kept = "DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION";
if (Environment.GetEnvironmentVariable(kept) is null) Environment.SetEnvironmentVariable(kept, "1024");

return await LiveCoCreate.Web.LiveServer.RunAsync(args);
