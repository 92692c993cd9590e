import { expect, test } from 'vitest'
import { emptyBoard } from '../boards/board'
import type { Board, Idea } from '../live/wire'
import { afterOf, columnsOf, hiddenIn, isSamePlace, nextColour, resultsOf, waitingIn } from './columns'

const idea = (rank: string, more: Partial<Idea> = {}): Idea => ({ lane: 'l', text: rank, rank, at: Number.parseInt(rank, 36), state: 'shown', ...more })
const board: Board = {
  ...emptyBoard('b'),
  lanes: { l: { title: 'L', rank: 'a' }, m: { title: 'M', rank: 'b' } },
  themes: { t: { title: 'T', rank: 'a', colour: 0 }, u: { title: 'U', rank: 'b', colour: 1 } },
  ideas: {
    c: idea('C'), a: idea('A', { theme: 't' }), b: idea('B', { lane: 'm', theme: 'gone' }), w: idea('W', { state: 'waiting' }), v: idea('V', { state: 'waiting' }),
    h: idea('H', { state: 'hidden' }), k: idea('K', { into: 'a' }), p: idea('P', { state: 'unrevealed' }),
  },
}

test('lanes hold what lies on the board, in order; the rest is elsewhere', () => {
  expect(columnsOf(board, 'lanes').map(({ id, ideas }) => [id, ideas])).toEqual([['l', ['a', 'c', 'p']], ['m', ['b']]])
  expect(waitingIn(board)).toEqual(['v', 'w'])
  expect(hiddenIn(board)).toEqual(['h'])
})

test('themes come after those without one; a theme that is gone is none', () => {
  expect(columnsOf(board, 'themes').map(({ id, ideas }) => [id, ideas])).toEqual([[null, ['b', 'c', 'p']], ['t', ['a']], ['u', []]])
})

test('results are sorted, and who has as many shares the place', () => {
  const counted: Board = { ...board, tallies: { x: { a: 2, b: 5, c: 2, p: 0, gone: 9 } } }
  expect(resultsOf(counted, 'x')?.map(({ idea, place, tied }) => [idea, place, tied])).toEqual([['b', 1, false], ['a', 2, true], ['c', 2, true]])
  expect(resultsOf(board, 'x')).toBeNull()
})

test('the next colour is one that is not used yet', () => expect(nextColour(board)).toBe(2))

test('where a drop lands, what is dragged itself not counted', () => {
  const ideas = ['a', 'b', 'c', 'd']
  expect(afterOf(ideas, 'c', true, new Set(['x']))).toBe('b')
  expect(afterOf(ideas, 'c', false, new Set(['x']))).toBe('c')
  expect(afterOf(ideas, 'c', true, new Set(['b']))).toBe('a')
  expect(afterOf(ideas, 'a', true, new Set(['x']))).toBeUndefined()
  expect(afterOf(ideas, null, false, new Set(['d']))).toBe('c')
  expect(afterOf([], null, false, new Set())).toBeUndefined()
})

test('a drop onto its own place is none', () => {
  const ideas = ['a', 'b', 'c', 'd']
  expect(isSamePlace(ideas, 'a', new Set(['b']))).toBe(true)
  expect(isSamePlace(ideas, undefined, new Set(['a']))).toBe(true)
  expect(isSamePlace(ideas, 'c', new Set(['b']))).toBe(false)
  expect(isSamePlace(ideas, 'a', new Set(['b', 'd']))).toBe(false)
  expect(isSamePlace(ideas, 'd', new Set(['elsewhere']))).toBe(false)
})
