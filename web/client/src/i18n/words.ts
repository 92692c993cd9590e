import type { Language } from '../live/wire'
import { reading } from './language.svelte'

export interface Plural {
  one: string
  two?: string
  other: string
}
export type Entry = string | Plural
export type Catalogue = Record<string, Entry>

/** The same keys as another catalogue, plural where that is plural: a missing word does not compile. */
export type Same<C extends Catalogue> = { [K in keyof C]: C[K] extends string ? string : Plural }

type In<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | In<Rest> : never
type Names<E> = E extends string ? In<E> : E extends { other: infer Other; one: infer One } ? In<Other> | In<One> | 'n' : never
type Filled<E> = { [Name in Names<E>]: string | number }
type Said<E> = [Names<E>] extends [never] ? [] : [values: Filled<E>]

export type Words<C extends Catalogue> = <K extends keyof C & string>(key: K, ...values: Said<C[K]>) => string

/** The words of one area of the app, read in the language of the reader, unless they are for somebody else. */
export function words<const C extends Catalogue>(en: C, he: Same<C>, languageOf: () => Language = () => reading.language): Words<C> {
  const catalogues: Record<Language, Catalogue> = { en, he }
  return (key, ...[values]) => say(catalogues[languageOf()][key]!, languageOf(), values ?? {})
}

/** Fills a text in: numbers as the language writes them, texts isolated so that mixed directions stay readable. */
export function say(entry: Entry, language: Language, values: Record<string, string | number> = {}): string {
  return textOf(entry, language, values).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    return typeof value === 'number' ? numberIn(language, value) : `\u2068${value}\u2069`
  })
}

function textOf(entry: Entry, language: Language, values: Record<string, string | number>): string {
  if (typeof entry === 'string') return entry
  const form = pluralsOf(language).select(Number(values['n'] ?? 0))
  return (form === 'one' || form === 'two' ? entry[form] : undefined) ?? entry.other
}

const plurals = new Map<Language, Intl.PluralRules>()
function pluralsOf(language: Language): Intl.PluralRules {
  const known = plurals.get(language) ?? new Intl.PluralRules(language)
  plurals.set(language, known)
  return known
}

const numberFormats = new Map<Language, Intl.NumberFormat>()
function numberIn(language: Language, value: number): string {
  const known = numberFormats.get(language) ?? new Intl.NumberFormat(language)
  numberFormats.set(language, known)
  return known.format(value)
}

/** A number as the reader's language writes it. */
export const number = (value: number): string => numberIn(reading.language, value)

/** A time of day as the reader's language writes it. */
export function timeOfDay(at: number): string {
  const known = timeFormats.get(reading.language) ?? new Intl.DateTimeFormat(reading.language, { hour: '2-digit', minute: '2-digit' })
  timeFormats.set(reading.language, known)
  return known.format(at)
}

// Making one takes longer than drawing a row of the queue that says what time it was.
const timeFormats = new Map<Language, Intl.DateTimeFormat>()

/** The placeholders of an entry, for the test that both languages fill in the same. */
export function placeholdersOf(entry: Entry): string[] {
  const texts = typeof entry === 'string' ? [entry] : [entry.other]
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)))].sort()
}
