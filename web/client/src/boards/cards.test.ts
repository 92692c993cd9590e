import { expect, test } from 'vitest'
import type { Ballot, Board, Idea, Mine, MyIdea } from '../live/wire'
import { emptyBoard } from './board'
import { byTheme, myIdeas, newest, onlyMine, top } from './cards'
import { nowOn } from './now'

const idea = (at: number, more: Partial<Idea> = {}): Idea => ({ lane: 'l', text: '', rank: `${at}`, at, state: 'shown', ...more })
const my = (at: number, state: MyIdea['state']): MyIdea => ({ lane: 'l', text: '', at, state })
const board: Board = {
  ...emptyBoard('x'),
  themes: { t1: { title: 'B', rank: 'b', colour: 0 }, t2: { title: 'A', rank: 'a', colour: 1 } },
  ideas: { a: idea(1, { theme: 't1' }), b: idea(3, { theme: 't2' }), c: idea(2, { lane: 'other' }), d: idea(4, { into: 'a' }) },
  tallies: { v: { a: 3, c: 1 } },
}
const mine: Mine = { board: 'x', version: 1, ideas: { a: my(1, 'shown'), p: my(5, 'private'), w: my(6, 'waiting'), h: my(7, 'hidden'), c: my(2, 'withdrawn') }, ballots: {}, comments: {}, reactions: {} }

test('newest come first, merged ideas within the one they joined', () => {
  expect(newest(board, null, null)).toEqual(['b', 'c', 'a'])
  expect(newest(board, null, 'other')).toEqual(['c'])
})

test('what I withdrew is gone for me at once', () => {
  expect(newest(board, mine, null)).toEqual(['b', 'a'])
})

test('what only I see is what is private, waiting, on its way or hidden', () => {
  expect(onlyMine(board, mine, null)).toEqual(['h', 'w', 'p'])
})

test('mine has everything I wrote, whatever became of it', () => {
  expect(myIdeas(mine)).toEqual(['h', 'w', 'p', 'c', 'a'])
  expect(myIdeas(null)).toEqual([])
})

test('top orders by dots and keeps the newest first among equals', () => {
  expect(top(board, 'v', newest(board, null, null))).toEqual(['a', 'c', 'b'])
})

test('themes come in their order, ideas without one last', () => {
  expect(byTheme(board, newest(board, null, null))).toEqual([
    { theme: 't2', ideas: ['b'] },
    { theme: 't1', ideas: ['a'] },
    { theme: null, ideas: ['c'] },
  ])
})

test('the room says what is done now', () => {
  const facts = { ...board.facts, writing: true }
  const ballot = (open: boolean): Ballot => ({ method: 'dots', round: 1, budget: 3, mostPerIdea: 2, counts: 'close', anonymous: true, open, revealed: false })
  expect(nowOn(facts, null, false, false, false)).toBe('write')
  expect(nowOn({ ...facts, moderation: 'approve' }, null, false, false, false)).toBe('approve')
  expect(nowOn({ ...facts, private: true }, null, false, false, false)).toBe('private')
  expect(nowOn({ ...facts, private: true, revealed: true }, null, false, true, false)).toBe('write')
  expect(nowOn(facts, ballot(true), false, true, false)).toBe('vote')
  expect(nowOn({ ...facts, writing: false }, ballot(false), false, true, false)).toBe('counting')
  expect(nowOn({ ...facts, writing: false }, ballot(false), true, true, false)).toBe('results')
  expect(nowOn({ ...facts, writing: false }, null, false, true, false)).toBe('read')
  expect(nowOn({ ...facts, writing: false }, null, false, false, false)).toBe('listen')
  expect(nowOn(facts, null, false, false, true)).toBe('ended')
})
