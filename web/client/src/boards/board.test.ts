/// <reference types="vite/client" />
import { expect, test } from 'vitest'
import fixtureText from '../../../../tests/Fast/Boards/merge-fixture.json?raw'
import type { Board, Frame, Idea } from '../live/wire'
import { currentBallot, emptyBoard, idsInOrder, merge, mergedInto, rootOf } from './board'
import { BoardView } from './view.svelte'

interface Case {
  name: string
  before: Board
  frames: Frame[]
  after: Board
}

for (const { name, before, frames, after } of JSON.parse(fixtureText) as Case[])
  test(`F3: ${name}`, () => {
    const view = new BoardView(before.board)
    view.load(before)
    for (const frame of frames) view.show(frame)
    expect(view.board).toEqual(after)
  })

const idea = (rank: string, more: Partial<Idea> = {}): Idea => ({ lane: 'a', text: rank, rank, at: 0, state: 'shown', ...more })

test('an idea that did not change keeps its identity, so that it is not drawn again', () => {
  const before = { ...emptyBoard('b'), ideas: { one: idea('1'), two: idea('2') } }
  const after = merge(before, { board: 'b', since: 0, version: 1, ideas: { two: idea('3') } })
  expect(after.ideas['one']).toBe(before.ideas['one'])
  expect(after.lanes).toBe(before.lanes)
})

test('F7: ideas are ordered by rank as code points, then by id', () => {
  expect(idsInOrder({ b: idea('a'), a: idea('a'), c: idea('Z'), d: idea('a0') })).toEqual(['c', 'a', 'b', 'd'])
})

test('F6: an idea merged into a merged idea is shown within the last one', () => {
  const ideas = { one: idea('1', { into: 'two' }), two: idea('2', { into: 'three' }), three: idea('3') }
  expect(rootOf(ideas, 'one')).toBe('three')
  expect(mergedInto({ ...emptyBoard('b'), ideas })).toEqual(new Map([['three', ['one', 'two']]]))
})

test('an idea merged into one that is not to be seen stands on its own', () => {
  expect(rootOf({ one: idea('1', { into: 'gone' }) }, 'one')).toBe('one')
})

test('the open ballot matters before later closed ones, and the latest round before earlier ones', () => {
  const ballot = (round: number, open: boolean) => ({
    method: 'dots' as const, round, budget: 5, mostPerIdea: 2, counts: 'close' as const, anonymous: true, open, revealed: false,
  })
  const board = { ...emptyBoard('b'), ballots: { x: ballot(1, true), y: ballot(2, false) } }
  expect(currentBallot(board)?.id).toBe('x')
  expect(currentBallot({ ...board, ballots: { x: ballot(1, false), y: ballot(2, false) } })?.id).toBe('y')
  expect(currentBallot(emptyBoard('b'))).toBeNull()
})
