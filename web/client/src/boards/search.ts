/** A word as it is compared: without case, niqqud, harakat and accents; a final letter is the letter; quotes within an abbreviation are nothing. */
export const plainWord = (word: string): string =>
  word
    .normalize('NFKD')
    .replace(/[\p{M}\u0640'"’”׳״]/gu, '')
    .toLowerCase()
    .replace(/[ךםןףץ]/g, (letter) => finals[letter]!)
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')

const finals: Record<string, string> = { ך: 'כ', ם: 'מ', ן: 'נ', ף: 'פ', ץ: 'צ' }
const wordsPattern = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['"’”׳״][\p{L}\p{M}\p{N}]+)*['’׳]?/gu
/** What Hebrew writes together with the word behind it: and, the, in, as, to, from, that. At most so many of them. */
const prefixes = 'והבכלמש'
const mostPrefixes = 3

export interface Word {
  /** As it is compared. */
  plain: string
  from: number
  to: number
}

/** Texts are looked through at each letter typed and each frame that comes. */
const known = new Map<string, readonly Word[]>()
const mostKnown = 10_000

export function wordsIn(text: string): readonly Word[] {
  let words = known.get(text)
  if (!words) {
    if (known.size >= mostKnown) known.clear()
    known.set(text, (words = splitUp(text)))
  }
  return words
}

const splitUp = (text: string): Word[] =>
  Array.from(text.matchAll(wordsPattern), ({ 0: word, index }) => ({ plain: plainWord(word), from: index, to: index + word.length }))

/** The word, and what it may be without its prefixes, of at least so many letters. */
export function* withoutPrefixes(plain: string, least: number): Generator<string> {
  yield plain
  for (let at = 0; at < mostPrefixes && prefixes.includes(plain[at]!) && plain.length - at > least; at++) yield plain.slice(at + 1)
}

/** What somebody looks for: each of its words must be found. */
export interface Search {
  readonly words: readonly string[]
}

/** Null where nothing is looked for. */
export function searchFor(query: string): Search | null {
  const words = splitUp(query).map(({ plain }) => plain)
  return words.length > 0 ? { words } : null
}

/** Whether a word is what is looked for: it may go on, and Hebrew may have written something before it. With a prefix of its own, what is
 *  looked for finds the word itself as well: `הילדים` finds `ילדים` and `לילדים`. */
function isMeant(sought: string, plain: string): boolean {
  for (const word of withoutPrefixes(plain, 2)) if (word.startsWith(sought)) return true
  for (const bare of withoutPrefixes(sought, 3))
    if (bare !== sought) for (const word of withoutPrefixes(plain, 2)) if (word === bare) return true
  return false
}

export function isFoundIn(search: Search | null, text: string): boolean {
  if (!search) return true
  const words = wordsIn(text)
  return search.words.every((sought) => words.some(({ plain }) => isMeant(sought, plain)))
}

/** The text in pieces, those that were looked for marked. */
export function markedIn(search: Search | null, text: string): { text: string; found: boolean }[] {
  const pieces: { text: string; found: boolean }[] = []
  let at = 0
  for (const { plain, from, to } of search ? wordsIn(text) : []) {
    if (!search!.words.some((sought) => isMeant(sought, plain))) continue
    if (from > at) pieces.push({ text: text.slice(at, from), found: false })
    pieces.push({ text: text.slice(from, to), found: true })
    at = to
  }
  if (at < text.length) pieces.push({ text: text.slice(at), found: false })
  return pieces
}
