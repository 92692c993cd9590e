return await LiveCoCreate.Silo.Orleans.SiloServer.RunAsync(args);
