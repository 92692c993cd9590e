import type { Id, Opinions, Time } from '../live/wire'
import type { Clock } from './playback.svelte'

/** Moments of an open round that are told apart, and how often they are asked for at most. */
const momentMs = 2000
const throttleMs = 400
const most = 300

/** What the room thought at the moment that is looked at (O9). What is known of a moment stays; while the next is on its way the last one is shown. */
export class PastOpinions {
  #shown: Opinions | null = $state.raw(null)
  readonly #known = new Map<string, Opinions | null>()
  #wanted: { key: string; round: Id; at: Time } | null = null
  #asking: AbortController | null = null
  #cancelLater: (() => void) | null = null
  #over = false

  constructor(
    private readonly ask: (at: Time, signal: AbortSignal) => Promise<Opinions | null>,
    private readonly clock: Pick<Clock, 'later'>,
  ) {}

  get shown(): Opinions | null {
    return this.#shown
  }

  /** Looks at a moment, in which this round's counts were known; null: none were. */
  look(at: Time, round: { id: Id; open: boolean } | null): void {
    if (!round) {
      this.#wanted = null
      this.#shown = null
      return
    }
    const key = `${round.id} ${round.open ? Math.floor(at / momentMs) : 'over'}`
    if (this.#wanted?.key === key) return
    this.#wanted = { key, round: round.id, at }
    if (!this.#show() && !this.#asking && !this.#cancelLater) void this.#fetch()
  }

  close(): void {
    this.#over = true
    this.#asking?.abort()
    this.#cancelLater?.()
  }

  #show(): boolean {
    const wanted = this.#wanted
    if (!wanted) return true
    const known = this.#known.get(wanted.key)
    if (known !== undefined) this.#shown = known
    else if (this.#shown?.ballot !== wanted.round) this.#shown = null
    return known !== undefined
  }

  async #fetch(): Promise<void> {
    const wanted = this.#wanted
    if (!wanted || this.#over) return
    const abort = (this.#asking = new AbortController())
    try {
      const told = await this.ask(wanted.at, abort.signal)
      if (this.#known.size >= most) this.#known.clear()
      this.#known.set(wanted.key, told)
    } catch {
      // The board is there without it; the next moment asks again.
      if (this.#wanted === wanted) this.#wanted = null
    }
    this.#asking = null
    if (this.#over) return
    this.#cancelLater = this.clock.later(throttleMs, () => {
      this.#cancelLater = null
      if (!this.#show()) void this.#fetch()
    })
    this.#show()
  }
}
