import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Board, Command } from '../live/wire'
import { emptyBoard } from './board'
import { participantGuess } from './guesses'
import { BoardView, settlesWithinMs } from './view.svelte'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const facts = { ...emptyBoard('b').facts, writing: true }
const open: Board = { ...emptyBoard('b'), version: 4, facts, lanes: { l: { title: 'L', rank: 'a' } } }
const add: Command = { command: 'c1', board: 'b', type: 'add-idea', idea: 'i1', lane: 'l', text: 'hello' }

function viewOf(board: Board): BoardView {
  const view = new BoardView('b')
  view.load(board)
  view.loadMine({ board: 'b', version: board.version, ideas: {}, ballots: {}, comments: {}, reactions: {} })
  return view
}

function guessed(view: BoardView, command: Command): BoardView {
  view.guess(command.command, participantGuess(command, 1000)!)
  return view
}

const shown = { lane: 'l', text: 'hello', rank: 'a', at: 1, state: 'shown' as const }

test('a guess shows at once', () => {
  const view = guessed(viewOf(open), add)
  expect(view.board.ideas['i1']?.text).toBe('hello')
  expect(view.mine.ideas['i1']?.state).toBe('shown')
})

test('a refused guess is gone as if it had never been', () => {
  const view = guessed(viewOf(open), add)
  view.drop('c1')
  expect(view.board).toEqual(open)
  expect(view.mine.ideas).toEqual({})
})

test('an accepted guess stays until the board holds its effect', () => {
  const view = guessed(viewOf(open), add)
  view.settle('c1', 6)
  view.show({ board: 'b', since: 4, version: 5 })
  expect(view.board.ideas['i1']).toBeDefined()
  view.show({ board: 'b', since: 5, version: 6, ideas: { i1: shown } })
  expect(view.board.ideas['i1']).toEqual(shown)
})

test('the effect may arrive before the answer', () => {
  const view = guessed(viewOf(open), add)
  view.show({ board: 'b', since: 4, version: 6, ideas: { i1: shown } })
  view.settle('c1', 6)
  expect(view.board.ideas['i1']).toEqual(shown)
})

test('an accepted guess whose effect never shows here goes after a moment', () => {
  const view = guessed(viewOf(open), add)
  view.settle('c1', 6)
  vi.advanceTimersByTime(settlesWithinMs)
  expect(view.board.ideas['i1']).toBeUndefined()
})

test('mine and the board settle each at its own version', () => {
  const view = guessed(viewOf(open), add)
  view.settle('c1', 6)
  view.showMine({ board: 'b', since: 4, version: 6, ideas: { i1: { lane: 'l', text: 'hello', state: 'waiting', at: 1 } } })
  expect(view.mine.ideas['i1']?.state).toBe('waiting')
  expect(view.board.ideas['i1']).toBeDefined()
})

test('privately written ideas are only guessed into mine', () => {
  const view = guessed(viewOf({ ...open, facts: { ...facts, private: true } }), add)
  expect(view.board.ideas).toEqual({})
  expect(view.mine.ideas['i1']?.state).toBe('private')
})

test('a vote is guessed from what is confirmed, whatever was guessed before', () => {
  const ballot = { method: 'dots' as const, round: 1, budget: 5, mostPerIdea: 3, counts: 'close' as const, anonymous: true, open: true, revealed: false }
  const view = viewOf({ ...open, ballots: { v: ballot } })
  const vote = (command: string, idea: string, dots: number): Command => ({ command, board: 'b', type: 'cast-vote', ballot: 'v', idea, dots })
  guessed(view, vote('c1', 'i1', 2))
  guessed(view, vote('c2', 'i2', 1))
  guessed(view, vote('c3', 'i1', 3))
  expect(view.mine.ballots['v']).toEqual({ left: 1, dots: { i1: 3, i2: 1 } })
  view.drop('c3')
  expect(view.mine.ballots['v']).toEqual({ left: 2, dots: { i1: 2, i2: 1 } })
  guessed(view, vote('c4', 'i1', 0))
  expect(view.mine.ballots['v']).toEqual({ left: 4, dots: { i2: 1 } })
})

test('a withdrawn idea leaves the board at once and returns when that is refused', () => {
  const view = viewOf({ ...open, ideas: { i1: shown } })
  guessed(view, { command: 'c1', board: 'b', type: 'withdraw-idea', idea: 'i1' })
  expect(view.board.ideas['i1']).toBeUndefined()
  view.drop('c1')
  expect(view.board.ideas['i1']).toEqual(shown)
})

test('L2: a frame of mine since 0 is the whole of it', () => {
  const view = viewOf(open)
  view.showMine({ board: 'b', since: 4, version: 5, ideas: { old: { lane: 'l', text: 'x', state: 'shown', at: 1 } } })
  view.showMine({ board: 'b', since: 0, version: 7, ideas: { new: { lane: 'l', text: 'y', state: 'shown', at: 1 } } })
  expect(Object.keys(view.mine.ideas)).toEqual(['new'])
})

test('an older view than the one that is held is old news, unless time is to go back', () => {
  const view = viewOf(open)
  view.load({ ...open, version: 3 })
  expect(view.version).toBe(4)
  view.load({ ...open, version: 3 }, true)
  expect(view.version).toBe(3)
})
