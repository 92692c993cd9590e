/** Where the lines of a long list are, of which few are drawn: known heights where they were drawn once, a likely one elsewhere, and the gap between. */
export class Lines {
  readonly #heights: Float64Array
  /** Where each line begins, and one more: where the one after the last would. */
  readonly #tops: Float64Array
  readonly gap: number
  #stale = true

  constructor(known: readonly (number | undefined)[], likely: number, gap: number) {
    this.gap = gap
    this.#heights = Float64Array.from(known, (height) => height ?? likely)
    this.#tops = new Float64Array(known.length + 1)
  }

  get length(): number {
    return this.#heights.length
  }

  measured(line: number, height: number): void {
    if (this.#heights[line] === height) return
    this.#heights[line] = height
    this.#stale = true
  }

  /** How high these are together, the gaps between them included; those before and after are not. */
  span(from: number, until: number): number {
    return until > from ? this.#top(until) - this.#top(from) - this.gap : 0
  }

  /** The lines that touch what lies between two heights; from equals until where none does. */
  between(top: number, bottom: number): { from: number; until: number } {
    return { from: this.#first((line) => this.#top(line + 1) - this.gap > top), until: this.#first((line) => this.#top(line) >= bottom) }
  }

  #top(line: number): number {
    if (this.#stale) {
      for (let n = 0; n < this.length; n++) this.#tops[n + 1] = this.#tops[n]! + this.#heights[n]! + this.gap
      this.#stale = false
    }
    return this.#tops[line]!
  }

  #first(is: (line: number) => boolean): number {
    let [low, high] = [0, this.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (is(middle)) high = middle
      else low = middle + 1
    }
    return low
  }
}

export interface Window {
  from: number
  until: number
}

/** A step from what is drawn towards what should be: all that is in sight at once, the rest few by few, since a frame has no time for many;
 *  the fewer are missing, the fewer. First the way the scrolling goes. */
export function step(drawn: Window, sight: Window, near: Window, down: boolean): Window {
  let { from, until } = drawn
  if (sight.until > sight.from) {
    if (sight.from > until || sight.until < from || from >= until) [from, until] = [sight.from, sight.until]
    else [from, until] = [Math.min(from, sight.from), Math.max(until, sight.until)]
  } else if (near.until <= from || near.from >= until) [from, until] = [near.from, near.from]
  const budget = Math.max(1, Math.ceil((Math.max(0, from - near.from) + Math.max(0, near.until - until)) / 12))
  const below = Math.min(Math.max(0, near.until - until), budget)
  const above = Math.min(Math.max(0, from - near.from), budget)
  const [more, less] = down ? [below, Math.min(above, budget - below)] : [Math.min(below, budget - above), above]
  // What was left behind goes as slowly.
  from = from < near.from ? Math.min(near.from, from + budget + 1) : from - less
  until = until > near.until ? Math.max(near.until, until - budget - 1) : until + more
  return { from, until }
}
