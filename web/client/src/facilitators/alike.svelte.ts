import type { Board, Id } from '../live/wire'
import type { Alike } from './duplicates'
import { Duplicates } from './duplicates'

const restMs = 400
const sliceMs = 6

/** Looks for duplicates when the board has come to rest for a moment, a few milliseconds at a time. */
export class AlikeSearch {
  #found: Alike[] = $state.raw([])
  readonly #duplicates = new Duplicates()
  #timer: ReturnType<typeof setTimeout> | undefined

  get found(): Alike[] {
    return this.#found
  }

  look(board: Board, waiting: readonly Id[]): void {
    clearTimeout(this.#timer)
    if (waiting.length === 0) this.#found = []
    else this.#timer = setTimeout(() => this.#go(this.#duplicates.search(board, waiting)), restMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #go(work: Generator<void, Alike[]>): void {
    const until = performance.now() + sliceMs
    do {
      const step = work.next()
      if (step.done) {
        this.#found = step.value
        return
      }
    } while (performance.now() < until)
    // A pause as long as two frames: whoever scrolls meanwhile goes first.
    this.#timer = setTimeout(() => this.#go(work), 32)
  }
}
