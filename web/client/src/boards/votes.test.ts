import { expect, test } from 'vitest'
import type { Ballot, Board } from '../live/wire'
import { emptyBoard } from './board'
import { dotsOn, givesBack, leftOf, unseenDots, whyNoMore } from './votes'

const ballot: Ballot = { method: 'dots', round: 1, budget: 4, mostPerIdea: 2, counts: 'close', anonymous: true, open: true, revealed: false }

test('who has not voted has the whole budget', () => {
  expect(leftOf(ballot, undefined)).toBe(4)
  expect(whyNoMore(ballot, undefined, ['a'])).toBeNull()
})

test('a spent budget and a full idea say so before anything is sent', () => {
  expect(whyNoMore(ballot, { left: 0, dots: { a: 2, b: 2 } }, ['c'])).toBe('budget-spent')
  expect(whyNoMore(ballot, { left: 2, dots: { a: 2 } }, ['a'])).toBe('most-per-idea')
})

test('F6: dots on merged ideas count together, and can be taken back from any of them', () => {
  const my = { left: 2, dots: { b: 2 } }
  expect(dotsOn(my, ['a', 'b'])).toBe(2)
  expect(whyNoMore(ballot, my, ['a', 'b'])).toBe('most-per-idea')
  expect(givesBack(my, ['a', 'b'])).toBe('b')
  expect(givesBack(my, ['c'])).toBeUndefined()
})

test('dots on an idea that waits again can be found, to take them back', () => {
  const board: Board = { ...emptyBoard('x'), ideas: { a: { lane: 'l', text: 'a', rank: '1', at: 0, state: 'shown' } } }
  expect(unseenDots(board, { left: 1, dots: { a: 1, b: 2, c: 0 } })).toEqual([['b', 2]])
  expect(unseenDots(board, undefined)).toEqual([])
})
