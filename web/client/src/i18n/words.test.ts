/// <reference types="vite/client" />
import { expect, test } from 'vitest'
import protocol from '../../../../PROTOCOL.md?raw'
import server from '../../../../grains/Refusal.cs?raw'
import { refusalCodes } from '../live/refusals'
import { memoryStore } from '../live/fakes'
import { Reading, directionOf, languageOf } from './language.svelte'
import type { Catalogue } from './words'
import { placeholdersOf, say } from './words'

const load = (files: Record<string, unknown>): Record<string, Catalogue> =>
  Object.fromEntries(
    Object.entries(files).map(([path, module]) => [path.split('/').at(-1), Object.values(module as object)[0] as Catalogue]),
  )
const en = load(import.meta.glob('./en/*.ts', { eager: true }))
const he = load(import.meta.glob('./he/*.ts', { eager: true }))

test('both languages have the same areas', () => {
  expect(Object.keys(he)).toEqual(Object.keys(en))
})

for (const [area, words] of Object.entries(en)) {
  test(`${area}: both languages have the same words, none of them empty`, () => {
    expect(Object.keys(he[area]!)).toEqual(Object.keys(words))
    for (const entry of [...Object.values(words), ...Object.values(he[area]!)])
      for (const text of typeof entry === 'string' ? [entry] : (Object.values(entry) as string[])) expect(text.trim()).not.toBe('')
  })

  test(`${area}: both languages fill in the same`, () => {
    for (const key of Object.keys(words)) expect([key, placeholdersOf(he[area]![key]!)]).toEqual([key, placeholdersOf(words[key]!)])
  })
}

test('I5: every code of PROTOCOL has words', () => {
  const table = protocol.split('## Commands')[1] ?? ''
  const refusals = [...table.matchAll(/^\|(?:[^|\n]*\|){3}([^|\n]*)\|$/gm)].flatMap((row) => row[1]!.match(/[a-z]+(?:-[a-z]+)+/g) ?? [])
  expect(refusals.length).toBeGreaterThan(20)
  const named = [...protocol.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map((code) => code[1]!).filter((code) => /^(seat|code|workshop|charter|link|organiser|origin|board|too|command|empty|not)-/.test(code))
  for (const code of [...refusals, ...named]) expect(refusalCodes).toContain(code)
})

test('I5: every code of the server has words', () => {
  const codes = [...server.matchAll(/\["([a-z-]+)"\] =/g)].map((code) => code[1]!)
  expect(codes.length).toBeGreaterThan(40)
  for (const code of codes) expect(refusalCodes).toContain(code)
})

test('numbers choose their form, in Hebrew also for two', () => {
  const entry = { one: 'אחד', two: 'שניים', other: '{n} דברים' }
  expect([1, 2, 3, 20].map((n) => say(entry, 'he', { n }))).toEqual(['אחד', 'שניים', '3 דברים', '20 דברים'])
  expect(say({ one: 'one', other: '{n} things' }, 'en', { n: 1200 })).toBe('1,200 things')
})

test('texts that people wrote are isolated within a sentence', () => {
  expect(say('Hello {name}!', 'en', { name: 'נועה' })).toBe('Hello \u2068נועה\u2069!')
})

test('Hebrew and Arabic read from the right', () => {
  expect(['he', 'he-IL', 'ar', 'en', 'en-GB', 'hello'].map(directionOf)).toEqual(['rtl', 'rtl', 'rtl', 'ltr', 'ltr', 'ltr'])
})

test('the page says its language and direction', () => {
  const page = { lang: '', dir: '' }
  const reading = new Reading(page, memoryStore(), ['en-GB'])
  expect(page).toEqual({ lang: 'en', dir: 'ltr' })
  reading.choose('he')
  expect(page).toEqual({ lang: 'he', dir: 'rtl' })
})

test('a workshop’s language is taken until the reader chooses, and what they chose is remembered', () => {
  const store = memoryStore()
  const reading = new Reading({ lang: '', dir: '' }, store, ['en'])
  reading.suggest('he')
  expect(reading.language).toBe('he')
  reading.choose('en')
  reading.suggest('he')
  expect(reading.language).toBe('en')
  const later = new Reading({ lang: '', dir: '' }, store, ['he'])
  later.suggest('he')
  expect(later.language).toBe('en')
})

test('the language of a text is told by its letters, and not guessed where they do not tell', () => {
  expect(languageOf('עצים ליד בית הספר', 'en')).toBe('he')
  expect(languageOf('مقاعد في الظل', 'he')).toBe('ar')
  expect(languageOf('Benches, ספסלים', 'en')).toBe('en')
  expect(languageOf('Bancs à l’ombre', 'he')).toBeUndefined()
  expect(languageOf('123 :-)', 'he')).toBeUndefined()
})
