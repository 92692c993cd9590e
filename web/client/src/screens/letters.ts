/** How wide a run of text is, in multiples of its font size. A browser measures; tests count letters. */
export type Measure = (text: string) => number

/** Browsers place letters on fractions of pixels of their own; a line that is this full is taken for too full. */
const slack = 0.992

/** Breaks texts into lines as a browser does, so that a wall is laid out before it is drawn. */
export class Letters {
  readonly #words = new Map<string, number>()
  readonly #lines = new Map<string, number>()

  readonly #space: number

  constructor(private readonly measure: Measure) {
    this.#space = measure(' ')
  }

  lineCount(text: string, widthEm: number): number {
    const key = `${widthEm.toFixed(2)}|${text}`
    const known = this.#lines.get(key)
    if (known !== undefined) return known
    const count = this.#wrap(wordsOf(text), widthEm).lines
    if (this.#lines.size > 20_000) this.#lines.clear()
    this.#lines.set(key, count)
    return count
  }

  /** The text, or as many whole words of it as fit on so many lines, with an ellipsis. */
  shorten(text: string, widthEm: number, most: number): string {
    if (this.lineCount(text, widthEm) <= most) return text
    const words = wordsOf(text)
    let [fits, over] = [1, words.length]
    while (over - fits > 1) {
      const middle = (fits + over) >> 1
      if (this.#wrap([...words.slice(0, middle - 1), `${words[middle - 1]}…`], widthEm).lines <= most) fits = middle
      else over = middle
    }
    const kept = words.slice(0, fits).join(' ')
    // One endless word is the only text that is ever cut inside a word.
    const letters = Math.max(1, Math.floor((widthEm * most * slack) / this.#average(kept)) - 2)
    return `${fits === 1 && [...kept].length > letters ? [...kept].slice(0, letters).join('') : kept}…`
  }

  #wrap(words: readonly string[], widthEm: number): { lines: number } {
    const most = widthEm * slack
    let [lines, filled] = [1, 0]
    for (const word of words) {
      const width = this.#width(word)
      if (filled > 0 && filled + this.#space + width <= most) filled += this.#space + width
      else {
        if (filled > 0) lines++
        // A word wider than the line is broken wherever it must be.
        const broken = Math.max(0, Math.ceil(width / most) - 1)
        lines += broken
        filled = Math.min(most, width - broken * most)
      }
    }
    return { lines }
  }

  #width(word: string): number {
    const known = this.#words.get(word)
    if (known !== undefined) return known
    const width = this.measure(word)
    this.#words.set(word, width)
    return width
  }

  #average(text: string): number {
    return this.#width(text) / Math.max(1, [...text].length)
  }
}

const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean)

/** Good enough without a browser. */
export const roughly: Measure = (text) => (text === ' ' ? 0.27 : [...text].length * 0.56)

/** The app's own typeface, measured by the browser that will draw it. */
export function measured(weight = 500): Measure {
  const pen = document.createElement('canvas').getContext('2d')
  if (!pen) return roughly
  pen.font = `${weight} 100px Rubik, system-ui, 'Segoe UI', Arial, sans-serif`
  return (text) => pen.measureText(text).width / 100
}
