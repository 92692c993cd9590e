import { expect, test } from 'vitest'
import { cloudOf } from './cloud'

test('a word counts once for each idea that has it', () => {
  expect(cloudOf(['Shade, shade and more shade', 'Trees for shade', 'Trees'], 10)).toEqual([
    { text: 'shade', ideas: 2 },
    { text: 'Trees', ideas: 2 },
  ])
})

test('Hebrew forms count for the word itself', () => {
  expect(cloudOf(['מקום לילדים', 'הילדים משחקים', 'ילדים וכלבים', 'לכלבים ולילדים', 'כלבים'], 10)).toEqual([
    { text: 'ילדים', ideas: 4 },
    { text: 'כלבים', ideas: 3 },
  ])
})

test('several forms of a word are the word, also where nobody wrote it by itself', () => {
  expect(cloudOf(['מקום לילדים', 'שהילדים ישחקו', 'פינה לילדים'], 10)).toEqual([{ text: 'ילדים', ideas: 3 }])
  // One form alone may be a word that only begins like a prefix.
  expect(cloudOf(['שלום', 'שלום לכולם'], 10)).toEqual([{ text: 'שלום', ideas: 2 }])
})

test('words that say nothing by themselves are left out, with or without a prefix', () => {
  expect(cloudOf(['של כולם ושל אף אחד', 'של', 'ושל', 'the shade of the tree', 'the shade'], 10)).toEqual([{ text: 'shade', ideas: 2 }])
})

test('what only one idea has is no cloud, and no more words are given than asked for', () => {
  expect(cloudOf(['alpha beta', 'gamma'], 10)).toEqual([])
  expect(cloudOf(['alpha beta gamma', 'alpha beta gamma', 'alpha'], 1)).toEqual([{ text: 'alpha', ideas: 3 }])
})

test('a word looks as most people write it', () => {
  expect(cloudOf(['Wi‑Fi: wifi', 'WIFI', 'WIFI please'], 10)[0]).toEqual({ text: 'WIFI', ideas: 3 })
})
