/** Words that wait for approval, found in a text as the server finds them (C7); words-fixture.json holds both to it. */

export interface Span {
  from: number
  to: number
}

interface Token extends Span {
  word: string
}

const finals: Record<string, string> = { ך: 'כ', ם: 'מ', ן: 'נ', ף: 'פ', ץ: 'צ' }
const onlyPrefixes = /^[והבכלמש]*$/

/** The words of a text, each as it is compared: lower case, without marks and quotes, no letter in its final form. */
export function tokensOf(text: string): Token[] {
  return [...text.matchAll(/[\p{L}\p{N}](?:[\p{L}\p{N}\p{Mn}'"׳״’]*[\p{L}\p{N}\p{Mn}])?/gu)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    word: plain(match[0]),
  }))
}

const plain = (word: string): string =>
  word
    .replace(/[\p{Mn}'"׳״’]/gu, '')
    .toLowerCase()
    .replace(/[ךםןףץ]/g, (letter) => finals[letter]!)

const isSame = (there: string, wanted: string): boolean =>
  there === wanted || (/^[א-ת]./.test(wanted) && there.endsWith(wanted) && onlyPrefixes.test(there.slice(0, -wanted.length)))

/** Where a text holds one of these words, first to last, none within another. */
export function find(words: readonly string[], text: string): Span[] {
  if (words.length === 0) return []
  const there = tokensOf(text)
  const found = words.flatMap((word) => {
    const [first, ...rest] = tokensOf(word).map((token) => token.word)
    if (first === undefined) return []
    return there.flatMap((token, at) => {
      const last = there[at + rest.length]
      const fits = last && isSame(token.word, first) && rest.every((next, by) => there[at + 1 + by]!.word === next)
      return fits ? [{ from: token.from, to: last.to }] : []
    })
  })
  return found
    .sort((one, other) => one.from - other.from || other.to - one.to)
    .filter((span, index, all) => !all.slice(0, index).some((before) => before.to > span.from))
}

/** A text in its parts, those that were found marked. */
export function partsOf(text: string, found: readonly Span[]): { text: string; marked: boolean }[] {
  let at = 0
  const parts = found.flatMap(({ from, to }) => {
    const between = { text: text.slice(at, from), marked: false }
    at = to
    return [between, { text: text.slice(from, to), marked: true }]
  })
  return [...parts, { text: text.slice(at), marked: false }].filter((part) => part.text)
}
