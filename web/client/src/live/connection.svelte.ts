import type { Refusal } from './wire'

/** As much of a SignalR connection as we use; tests hand in their own. */
export interface Hub {
  start(): Promise<void>
  stop(): Promise<void>
  invoke<T>(method: string, ...what: unknown[]): Promise<T>
  on(event: string, heard: (what: never) => void): void
  onclose(closed: () => void): void
}

/** `direct`: WebSockets without negotiation. Otherwise the server is asked which transport it can offer. */
export type OpenHub = (url: string, direct: boolean) => Promise<Hub>

export type ConnectionState = 'connecting' | 'connected' | 'reconnecting' | 'offline' | 'ended'

export interface ConnectionEvents {
  /** Registers what is listened to; called once for every hub. */
  prepare(hub: Hub): void
  connected(hub: Hub): void
  disconnected(): void
  /** Asks whether this connection still lives, after a phone slept or changed networks. */
  probe(): Promise<unknown>
  /** After a failed attempt: a refusal when trying again is useless, null when it is not, undefined when nobody answered. */
  why(): Promise<Refusal | null | undefined>
}

const firstPauseMs = 300
const longestPauseMs = 5000
const startsWithinMs = 8000
const answersWithinMs = 4000

/** Keeps one hub connected for as long as it is wanted, however often the network goes away. */
export class Connection {
  #state: ConnectionState = $state('connecting')
  #ended: Refusal | null = $state.raw(null)
  #hub: Hub | null = null
  #attempt = 0
  #failures = 0
  #wasConnected = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #unlisten: (() => void) | undefined

  constructor(
    private readonly url: string,
    private readonly open: OpenHub,
    private readonly events: ConnectionEvents,
    private readonly random: () => number = Math.random,
  ) {}

  get state(): ConnectionState {
    return this.#state
  }

  /** Why the connection is over for good. */
  get ended(): Refusal | null {
    return this.#ended
  }

  start(): void {
    this.#unlisten = listen(() => this.wake(), () => this.#lostNetwork())
    void this.#try()
  }

  stop(): void {
    this.#unlisten?.()
    this.#attempt++
    clearTimeout(this.#timer)
    this.#release()
  }

  end(refusal: Refusal): void {
    this.stop()
    this.#ended = refusal
    this.#state = 'ended'
  }

  /** The network may be back, or the page in front again: do not wait for the next attempt. */
  wake(): void {
    if (this.#state === 'ended') return
    if (this.#hub && this.#state === 'connected') return void this.#probe(this.#hub)
    clearTimeout(this.#timer)
    void this.#try()
  }

  async #try(): Promise<void> {
    const attempt = ++this.#attempt
    const current = () => attempt === this.#attempt
    // Every other attempt goes the long way round, in case something between here and there does not let WebSockets through.
    const direct = this.#failures % 2 === 0
    try {
      const hub = await this.open(this.url, direct)
      if (!current()) return
      this.events.prepare(hub)
      hub.onclose(() => this.#closed(hub))
      await within(startsWithinMs, hub.start()).catch((reason: unknown) => {
        void hub.stop()
        throw reason
      })
      if (!current()) return void hub.stop()
      this.#hub = hub
      this.#failures = 0
      this.#wasConnected = true
      this.#state = 'connected'
      this.events.connected(hub)
    } catch {
      if (current()) await this.#failed(current)
    }
  }

  async #failed(current: () => boolean): Promise<void> {
    this.#failures++
    const refusal = await within(answersWithinMs, this.events.why()).catch(() => undefined)
    if (!current()) return
    if (refusal) return this.end(refusal)
    this.#state = refusal === undefined ? 'offline' : this.#wasConnected ? 'reconnecting' : 'connecting'
    this.#later()
  }

  #closed(hub: Hub): void {
    if (hub !== this.#hub) return
    this.#release()
    this.#state = 'reconnecting'
    this.#later()
  }

  #later(): void {
    // A whole hall loses its Wi-Fi at once; chance keeps it from coming back in one instant.
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#failures) * (0.7 + 0.6 * this.random())
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#try(), pauseMs)
  }

  async #probe(hub: Hub): Promise<void> {
    try {
      await within(answersWithinMs, this.events.probe())
    } catch {
      if (hub !== this.#hub) return
      this.#release()
      this.#state = 'reconnecting'
      void this.#try()
    }
  }

  #lostNetwork(): void {
    if (this.#state === 'ended') return
    this.#attempt++
    this.#release()
    this.#state = 'offline'
    this.#later()
  }

  #release(): void {
    const hub = this.#hub
    this.#hub = null
    if (!hub) return
    this.events.disconnected()
    void hub.stop().catch(() => undefined)
  }
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Nothing within ${ms} ms.`)), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

function listen(awake: () => void, lost: () => void): () => void {
  if (typeof window === 'undefined') return () => undefined
  const shown = () => {
    if (document.visibilityState === 'visible') awake()
  }
  window.addEventListener('online', awake)
  window.addEventListener('offline', lost)
  document.addEventListener('visibilitychange', shown)
  return () => {
    window.removeEventListener('online', awake)
    window.removeEventListener('offline', lost)
    document.removeEventListener('visibilitychange', shown)
  }
}
