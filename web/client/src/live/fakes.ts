import type { Hub } from './connection.svelte'
import type { Store } from './store'

/** A browser's storage in memory, for tests. */
export function memoryStore(kept = new Map<string, string>()): Store {
  return {
    read: (key) => kept.get(key) ?? null,
    write: (key, value) => void kept.set(key, value),
    remove: (key) => void kept.delete(key),
    keys: (prefix) => [...kept.keys()].filter((key) => key.startsWith(prefix)),
  }
}

/** A hub whose other end is the test. */
export class FakeHub implements Hub {
  readonly calls: { method: string; what: unknown[]; answer: (value: unknown) => void; fail: () => void }[] = []
  readonly heard = new Map<string, (what: never) => void>()
  stopped = false
  #closed: () => void = () => undefined

  constructor(private readonly starts: () => Promise<void> = () => Promise.resolve()) {}

  start(): Promise<void> {
    return this.starts()
  }

  stop(): Promise<void> {
    this.stopped = true
    return Promise.resolve()
  }

  invoke<T>(method: string, ...what: unknown[]): Promise<T> {
    return new Promise<T>((answer, fail) =>
      this.calls.push({ method, what, answer: (value) => answer(value as T), fail: () => fail(new Error('lost')) }),
    )
  }

  on(event: string, heard: (what: never) => void): void {
    this.heard.set(event, heard)
  }

  onclose(closed: () => void): void {
    this.#closed = closed
  }

  send(event: string, what: unknown): void {
    this.heard.get(event)?.(what as never)
  }

  /** The network goes away: what was asked is never answered. */
  lose(): void {
    for (const call of this.calls) call.fail()
    this.#closed()
  }

  callsOf(method: string) {
    return this.calls.filter((call) => call.method === method)
  }
}
