import { describe, expect, test } from 'vitest'
import { emptyBoard } from '../boards/board'
import type { Board, Idea } from '../live/wire'
import { waitingIn } from './columns'
import { Duplicates, alike, piecesOf } from './duplicates'

const boardOf = (ideas: Record<string, [text: string, state: Idea['state'], into?: string]>): Board => ({
  ...emptyBoard('b'),
  lanes: { l: { title: 'L', rank: 'a' } },
  ideas: Object.fromEntries(
    Object.entries(ideas).map(([id, [text, state, into]], index) => [id, { lane: 'l', text, rank: id, at: index, state, ...(into ? { into } : {}) }]),
  ),
})
const found = (board: Board) => new Duplicates().of(board, waitingIn(board))
const score = (one: string, other: string) => alike(piecesOf(one), piecesOf(other))

describe('how alike', () => {
  test('the same words written otherwise are the same', () => {
    expect(score('Benches in the shade!', 'benches in the SHADE')).toBe(1)
    expect(score('ספסלים בצל', 'סַפְסָלִים, בצל')).toBe(1)
  })
  test('a prefix, a plural or one word more is near', () => {
    expect(score('יותר ספסלים בצל ליד בית הספר', 'ספסלים בצל ליד בית ספר')).toBeGreaterThan(0.6)
    expect(score('More benches in the shade', 'More benches in the shade please')).toBeGreaterThan(0.6)
  })
  test('what shares a subject only is not', () => {
    expect(score('More benches in the shade', 'More trees for the school yard')).toBeLessThan(0.4)
    expect(score('ספסלים בצל', 'ברזיות מים בצל')).toBeLessThan(0.5)
  })
})

describe('duplicates', () => {
  test('of what waits and what is shown, the shown one stays on top', () => {
    expect(found(boardOf({ a: ['Benches in the shade', 'shown'], b: ['benches in the shade', 'waiting'], c: ['A tap for children', 'waiting'], d: ['Benches in the shade!!', 'waiting'] }))).toEqual([
      { into: 'a', waiting: ['b', 'd'], shown: ['a'] },
    ])
  })
  test('who waits longest stays on top among those that wait', () => {
    expect(found(boardOf({ b: ['More benches please', 'waiting'], a: ['More benches, please', 'waiting'] }))).toEqual([{ into: 'b', waiting: ['b', 'a'], shown: [] }])
  })
  test('hidden and merged ones are nobody’s duplicates, nor is what is too short to tell', () => {
    expect(found(boardOf({ a: ['Benches in the shade', 'hidden'], b: ['Benches in the shade', 'waiting'], c: ['Benches in the shade', 'shown', 'd'], d: ['A tap', 'shown'] }))).toEqual([])
    expect(found(boardOf({ a: ['a', 'waiting'], b: ['a', 'waiting'] }))).toEqual([])
  })
})
