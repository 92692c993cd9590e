import { expect, test } from 'vitest'
import { isFoundIn, markedIn, searchFor } from './search'

const finds = (query: string, text: string) => isFoundIn(searchFor(query), text)

test('a Hebrew word is found with whatever is written before it', () => {
  for (const text of ['לילדים', 'הילדים', 'מקום לילדים ולהורים', 'כשהילדים חוזרים', 'ושלילדים'])
    expect(finds('ילדים', text), text).toBe(true)
  expect(finds('ילדים', 'ילד')).toBe(false)
})

test('a word looked for with its prefix finds the word itself', () => {
  expect(finds('הילדים', 'ילדים')).toBe(true)
  expect(finds('הילדים', 'לילדים')).toBe(true)
  expect(finds('לילדים', 'הילדים')).toBe(true)
})

test('what only looks like a prefix finds nothing else', () => {
  expect(finds('שלום', 'לומדים ביחד')).toBe(false)
  expect(finds('מים', 'ים')).toBe(false)
  expect(finds('בית', 'יתרון')).toBe(false)
})

test('niqqud and final letters make no difference', () => {
  expect(finds('שלום', 'שָׁלוֹם')).toBe(true)
  expect(finds('שָׁלוֹם', 'ושלום')).toBe(true)
  expect(finds('שלומ', 'שלום')).toBe(true)
  expect(finds('מקומ', 'מקומות ישיבה')).toBe(true)
})

test('abbreviations are found with and without their quotes', () => {
  for (const written of ['מתנ״ס', 'מתנ"ס', 'מתנ”ס', 'מתנס'])
    for (const sought of ['מתנס', 'מתנ״ס']) expect(finds(sought, `גינה על גג ה${written}`), `${sought} in ${written}`).toBe(true)
})

test('case and accents make no difference, and a word is found while it is being typed', () => {
  expect(finds('CAFE', 'A café by the pitch')).toBe(true)
  expect(finds('ben', 'Benches in the shade')).toBe(true)
  expect(finds('enches', 'Benches in the shade')).toBe(false)
  expect(finds('wi-fi', 'Free Wi‑Fi in the square')).toBe(true)
})

test('Arabic is found without its vowels, and with any of its alifs', () => {
  expect(finds('مقاعد', 'مَقَاعِد في الظل')).toBe(true)
  expect(finds('اطفال', 'مكان لعب أطفال')).toBe(true)
})

test('each word must be found, in whatever order', () => {
  expect(finds('shade bench', 'Benches in the shade')).toBe(true)
  expect(finds('shade fountain', 'Benches in the shade')).toBe(false)
  expect(finds('', 'Benches')).toBe(true)
  expect(finds('  …!', 'Benches')).toBe(true)
})

test('the words that were looked for are marked, with what is written before them', () => {
  expect(markedIn(searchFor('ילדים'), 'פינה לילדים, בצל')).toEqual([
    { text: 'פינה ', found: false },
    { text: 'לילדים', found: true },
    { text: ', בצל', found: false },
  ])
  expect(markedIn(searchFor('x'), 'ab')).toEqual([{ text: 'ab', found: false }])
})
