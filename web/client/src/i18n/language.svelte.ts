import type { Store } from '../live/store'
import { browserStore } from '../live/store'
import type { Language } from '../live/wire'

export const languages = ['he', 'en'] as const satisfies Language[]
export const directionOf = (language: string): 'rtl' | 'ltr' => (/^(he|iw|ar|fa|ur|yi)\b/.test(language) ? 'rtl' : 'ltr')

const key = 'lcc-language'
const isLanguage = (text: unknown): text is Language => languages.includes(text as Language)

/** The language this person reads: what they chose, else their workshop's, else their browser's. */
export class Reading {
  #language: Language = $state('he')
  #chosen = false

  constructor(
    private readonly page: Pick<HTMLElement, 'lang' | 'dir'>,
    private readonly store: Store,
    spoken: readonly string[],
  ) {
    const chosen = store.read(key)
    this.#chosen = isLanguage(chosen)
    this.#apply(isLanguage(chosen) ? chosen : spoken.some((one) => /^(he|iw)\b/.test(one)) ? 'he' : 'en')
  }

  get language(): Language {
    return this.#language
  }

  choose(language: Language): void {
    this.#chosen = true
    this.store.write(key, language)
    this.#apply(language)
  }

  /** A workshop's language, for those who have not chosen one. */
  suggest(language: Language): void {
    if (!this.#chosen && isLanguage(language)) this.#apply(language)
  }

  #apply(language: Language): void {
    this.#language = language
    this.page.lang = language
    this.page.dir = directionOf(language)
  }
}

const hasPage = typeof document !== 'undefined'
export const reading = new Reading(
  hasPage ? document.documentElement : { lang: '', dir: '' },
  browserStore,
  hasPage ? navigator.languages : [],
)

const scripts: [RegExp, string][] = [
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Cyrillic}/gu, 'ru'],
  [/\p{Script=Ethiopic}/gu, 'am'],
  [/\p{Script=Latin}/gu, 'en'],
]

/** The language of a text by its letters, when that is plain: Latin letters only mean English to who reads English. */
export function languageOf(text: string, reads: Language): string | undefined {
  const counts = scripts.map(([letters, language]) => [text.match(letters)?.length ?? 0, language] as const)
  const [most, language] = counts.reduce((one, other) => (other[0] > one[0] ? other : one))
  if (most === 0 || (language === 'en' && reads !== 'en')) return undefined
  return language
}
