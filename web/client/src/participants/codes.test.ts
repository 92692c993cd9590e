import { expect, test } from 'vitest'
import { codeIn, codeToRead, looksLikeACode } from './codes'

test('I2: a code is read in any case, blanks and dashes do not matter', () => {
  for (const typed of ['k7m2qx', ' K7M 2QX ', 'k7m-2qx', 'K7M–2QX', '\u200eK7M2QX\u200f']) expect(codeIn(typed)).toBe('K7M2QX')
})

test('a pasted join link is its code', () => {
  expect(codeIn('https://example.org/j/k7m2qx')).toBe('K7M2QX')
  expect(codeIn('https://example.org/j/K7M2QX?from=mail#top')).toBe('K7M2QX')
})

test('letters that look like digits are not in codes', () => {
  expect(looksLikeACode('K7M2QX')).toBe(true)
  expect(looksLikeACode('K7M2Q0')).toBe(false)
  expect(looksLikeACode('K7M2QI')).toBe(false)
  expect(looksLikeACode('K7M2Q')).toBe(false)
})

test('a code is shown in two halves', () => {
  expect(codeToRead('K7M2QX')).toBe('K7M 2QX')
})
