import { expect, test } from 'vitest'
import { answersOf } from './answers'

test('what is written in different ways is one answer, as most write it', () => {
  expect(answersOf(['Hope', 'hope!', 'Hope', 'tired'], 10)).toEqual([
    { key: 'hope', text: 'Hope', n: 3 },
    { key: 'tired', text: 'tired', n: 1 },
  ])
})

test('Hebrew answers are compared without niqqud and final letters', () => {
  expect(answersOf(['תקווה', 'תִּקְוָוה', 'שלום'], 10)[0]).toMatchObject({ text: 'תקווה', n: 2 })
})

test('of a long answer the words count that several say', () => {
  const long = ['I am full of hope for this neighbourhood today', 'There is so much hope in this room, really']
  expect(answersOf(['hope', ...long], 10)[0]).toEqual({ key: 'hope', text: 'hope', n: 3 })
})

test('a smile is an answer too, and blanks are none', () => {
  expect(answersOf(['🙂', '🙂', '  '], 10)).toEqual([{ key: '🙂', text: '🙂', n: 2 }])
})

test('it stops at the most that are asked for', () => {
  expect(answersOf(Array.from({ length: 90 }, (_, n) => `word${n}`), 40)).toHaveLength(40)
})
