import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr'
import type { Hub, OpenHub } from './connection.svelte'

export const openHub: OpenHub = async (url, direct) =>
  new HubConnectionBuilder()
    .withUrl(url, direct ? { transport: HttpTransportType.WebSockets, skipNegotiation: true } : {})
    // The badge says how the connection is; the console need not.
    .configureLogging(LogLevel.None)
    .build() as Hub
