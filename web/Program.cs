using LiveCoCreate.Web;

return await LiveServer.RunAsync(args);
