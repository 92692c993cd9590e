import type { Answer, Command, Refusal } from './wire'
import { isRefusal } from './wire'
import type { Store } from './store'

export const mostUnanswered = 64
export const mostFailures = 5
const pauseMs = 400

export type Send = (command: Command) => Promise<Answer>

export interface Waiting {
  command: Command
  /** When it was made, and its place in the order. */
  at: number
}

interface Entry extends Waiting {
  sent: boolean
  failures: number
}

/** The commands that are not answered yet, in order, kept until they are: through lost connections and reloads.
 *  Each is sent with the same id however often (L4), so that nothing happens twice. */
export class Outbox {
  #entries: Entry[] = $state.raw([])
  #send: Send | null = null
  /** Answers of a connection that is gone do not count; its commands are sent again on the next. */
  #round = 0
  #pause: ReturnType<typeof setTimeout> | undefined

  constructor(
    readonly seat: string,
    private readonly store: Store,
    private readonly accepted: (command: Command, version: number) => void,
    private readonly refused: (command: Command, refusal: Refusal) => void,
  ) {
    this.#entries = this.#kept()
  }

  get waiting(): readonly Waiting[] {
    return this.#entries
  }

  add(command: Command): void {
    const at = Math.max(Date.now(), (this.#entries.at(-1)?.at ?? 0) + 1)
    this.#entries = [...this.#entries, { command, at, sent: false, failures: 0 }]
    this.store.write(this.#key(command), JSON.stringify({ command, at } satisfies Waiting))
    this.#pump()
  }

  connected(send: Send): void {
    this.disconnected()
    this.#send = send
    this.#pump()
  }

  disconnected(): void {
    this.#round++
    this.#send = null
    clearTimeout(this.#pause)
    this.#pause = undefined
    for (const entry of this.#entries) entry.sent = false
  }

  /** Each entry is one key of its own, so that two tabs of one seat do not overwrite each other. */
  #key(command: Command): string {
    return `${this.#prefix}${command.command}`
  }

  get #prefix(): string {
    return `lcc-out:${this.seat}:`
  }

  #kept(): Entry[] {
    return this.store
      .keys(this.#prefix)
      .flatMap((key) => parse(this.store.read(key)))
      .sort((one, other) => one.at - other.at)
      .map((kept) => ({ ...kept, sent: false, failures: 0 }))
  }

  #pump(): void {
    if (!this.#send || this.#pause !== undefined) return
    let unanswered = this.#entries.filter((entry) => entry.sent).length
    for (const entry of this.#entries) {
      if (entry.sent) continue
      if (unanswered++ >= mostUnanswered) return
      entry.sent = true
      void this.#deliver(entry, this.#send, this.#round)
    }
  }

  async #deliver(entry: Entry, send: Send, round: number): Promise<void> {
    let answer: Answer
    try {
      answer = await send(entry.command)
    } catch {
      if (round === this.#round) this.#failed(entry)
      return
    }
    if (round !== this.#round) return
    if (isRefusal(answer) && (answer.code === 'retry' || answer.code === 'too-fast'))
      return this.#again(entry, answer.retryAfterMs ?? pauseMs)
    this.#remove(entry)
    if (isRefusal(answer)) this.refused(entry.command, answer)
    else this.accepted(entry.command, answer.version)
    this.#pump()
  }

  /** The connection stands and yet there is no answer. One that never gets through must not hold up the rest for ever. */
  #failed(entry: Entry): void {
    if (++entry.failures < mostFailures) return this.#again(entry, pauseMs * 2 ** entry.failures)
    this.#remove(entry)
    this.refused(entry.command, { code: 'unanswered', message: `The server could not answer ${entry.command.type}.` })
    this.#pump()
  }

  /** Nothing overtakes it: the others wait as well, so that the order stays. */
  #again(entry: Entry, afterMs: number): void {
    entry.sent = false
    clearTimeout(this.#pause)
    this.#pause = setTimeout(() => {
      this.#pause = undefined
      this.#pump()
    }, afterMs)
  }

  #remove(entry: Entry): void {
    this.#entries = this.#entries.filter((other) => other !== entry)
    this.store.remove(this.#key(entry.command))
  }
}

function parse(text: string | null): Waiting[] {
  try {
    const kept = JSON.parse(text ?? '') as Waiting
    return typeof kept.command.command === 'string' && typeof kept.at === 'number' ? [kept] : []
  } catch {
    return []
  }
}
